// What opens below a row: its figures in words, and its pairs in three pictures.
function chance(p) {
  if (p === null) return null;
  return p < 0.0001 ? 'below 0.0001' : p.toPrecision(2);
}
// Three digits, as everywhere in the report.
function share(value, isSigned) {
  if (value === null) return '?';
  const size = Math.abs(value) * 100, digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return (value < 0 ? '-' : isSigned ? '+' : '') + size.toFixed(digits) + ' %';
}

function chancesOf(row) {
  const isOpen = row.verdict.name === 'inconclusive';
  const says = [];
  if (!row.isJudged || data.is_stored) return says;
  if (row.isExact) return [['Compared', 'outright: such counts repeat']];
  if (row.verdict.name === 'regressed' || isOpen) says.push(['Chance of such pairs were it not worse', chance(row.pRegressed)]);
  if (row.verdict.name === 'improved') says.push(['Chance of such pairs were it not better', chance(row.pImproved)]);
  if (row.verdict.name === 'ok' || isOpen) says.push(['Chance of such pairs were it worse', chance(row.pOk)]);
  return says;
}

function factsOf(row) {
  const facts = [
    ['Suite', row.bench.suite],
    ['Pairs that count', `${row.pairCount}` + (row.discardedCount ? `, ${row.discardedCount} thrown away` : '')],
    ['Smallest change seen 9 times in 10', row.seesText],
    ['Spread of the pairs', row.noise === null ? null : share(row.noise, false)],
    ['Second run against the first', row.order === null ? null
      : `${share(row.order, true)} (${share(row.orderLow, true)} .. ${share(row.orderHigh, true)})`],
    ...chancesOf(row),
  ];
  return html('dl', { class: 'facts' }, ...facts.filter(([, text]) => text).map(([name, text]) =>
    html('div', {}, html('dt', {}, name), html('dd', {}, text))));
}

function linkTo(row) {
  return html('p', { class: 'aside' },
    html('a', { href: '#row=' + encodeURIComponent(row.name) }, 'Link to this row'));
}
function detailOf(row) {
  const pairs = pairsOf(row);
  const parts = [];
  if (row.hasNumbers) parts.push(factsOf(row));
  else parts.push(html('p', {}, `There are no figures: ${row.verdict.label}. `
    + (row.bench.suite ? `The benchmark is of the suite \u201c${row.bench.suite}\u201d.` : '')));
  if (pairs?.length) {
    parts.push(html('div', { class: 'figures' }, pairPicture(row, pairs), spreadPicture(row, pairs),
      timePicture(row, pairs)));
  } else if (row.hasNumbers) {
    parts.push(html('p', { class: 'aside' }, allPairs().without_pairs
      ? 'Its pairs were left out to keep this page small; the JSON result has them.'
      : 'No pairs of this row are known.'));
  }
  parts.push(linkTo(row));
  return html('div', { class: 'detail-of-row' }, ...parts);
}

// "#row=NAME" behind the page's address opens that row.
function followAddress() {
  const name = new URLSearchParams(location.hash.slice(1)).get('row');
  const row = name && rows.find((candidate) => candidate.name === name);
  if (row) showRow(row);
}
