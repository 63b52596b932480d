// The result as the page holds it (gate/report/html_data.c writes it), and as objects.
const data = JSON.parse(document.getElementById('data').textContent);
const metrics = data.metrics.map(([name, unit, largerIsBetter]) => ({ name, unit, largerIsBetter }));
const verdicts = data.verdicts.map(([name, label, sign], rank) => ({ name, label, sign, rank }));
const benches = data.benches.map(([id, suite, isCpuBound, isPinned, isTogether]) =>
  ({ id, suite, isCpuBound, isPinned, isTogether }));

const NUMBERS = ['low', 'change', 'high', 'margin', 'base', 'head', 'pRegressed', 'pOk',
  'pImproved', 'noise', 'order', 'orderLow', 'orderHigh'];
const TEXTS = ['baseText', 'headText', 'changeText', 'intervalText', 'marginText', 'seesText'];

const KEYS_OF_FIGURES = NUMBERS.concat(TEXTS);
const rows = data.rows.map((list, index) => {
  const row = { index, bench: benches[list[0]], metric: metrics[list[1]],
    verdict: verdicts[list[2]], isExact: list[3] === 1, pairCount: list[4],
    discardedCount: list[5], reason: list[6], hasNumbers: list.length > 7 };
  for (let i = 0; i < KEYS_OF_FIGURES.length; i++) row[KEYS_OF_FIGURES[i]] = list[7 + i] ?? null;
  row.isJudged = row.verdict.name !== 'none';
  row.name = row.bench.id + ' ' + row.metric.name;
  row.words = (row.name + ' ' + row.bench.suite + ' ' + row.reason).toLowerCase();
  return row;
});

// A row's change and interval in margins, turned so that worse is above 0. A bound that is
// not known lies beyond any axis.
function spanOf(row) {
  const margin = row.margin > 0 ? row.margin : 0.01;
  const low = row.low === null ? -Infinity : row.low / margin;
  const high = row.high === null ? Infinity : row.high / margin;
  const change = row.change === null ? NaN : row.change / margin;
  return row.metric.largerIsBetter ? { low: -high, change: -change, high: -low }
    : { low, change, high };
}
// Where on the axis, 0 to 1: steps get wider with distance.
function place(margins) {
  const within = Math.max(-data.limit, Math.min(data.limit, margins));
  return 0.5 + 0.5 * Math.asinh(within) / Math.asinh(data.limit);
}

// How much worse, for sorting: rows without numbers come last.
function worsening(row) {
  if (!row.hasNumbers) return -Infinity;
  return row.metric.largerIsBetter ? -row.change : row.change;
}

// Read once a row is opened: they are most of the page.
let pairData = null;
function allPairs() {
  pairData ??= JSON.parse(document.getElementById('pairs').textContent);
  return pairData;
}
// The row's pairs that can be drawn, or null where the page has none of them.
function pairsOf(row) {
  const found = allPairs().pairs[row.index];
  if (!found) return null;
  const [runs, base, head] = found;
  return allPairs().runs[runs].map(([position, headFirst, load, discard], i) =>
    ({ position, headFirst: headFirst === 1, load, discard, base: base[i], head: head[i] }))
    .filter((pair) => pair.base !== null && pair.head !== null);
}
