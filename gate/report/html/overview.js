// All judged rows in one picture, from the best to the worst: each its interval and its change.
const HIGH = 200;

function overviewTicks() {
  const steps = [1, 3, 10, 30, 100].filter((step) => step <= data.limit);
  const shown = steps.filter((step, i) => steps.length < 4 || i % 2 === (steps.length - 1) % 2 || step === 1);
  return [0, ...shown, ...shown.map((step) => -step)];
}
function overviewPaths(sorted) {
  const paths = new Map();
  sorted.forEach((row, i) => {
    const span = spanOf(row), x = (i + 0.5) * 1000 / sorted.length;
    const y = (v) => (HIGH - HIGH * place(v)).toFixed(1);
    const own = paths.get(row.verdict) ?? { spans: '', dots: '' };
    own.spans += `M${x.toFixed(2)} ${y(span.low)}V${y(span.high)}`;
    own.dots += `M${x.toFixed(2)} ${y(span.change)}h0`;
    paths.set(row.verdict, own);
  });
  return [...paths].sort(([a], [b]) => a.rank - b.rank).flatMap(([verdict, own]) => [
    svg('path', { class: `v-spans v-${verdict.name}`, d: own.spans }),
    svg('path', { class: `v-dots v-${verdict.name}`, d: own.dots })]);
}

function makeOverview() {
  const sorted = rows.filter((row) => row.hasNumbers && row.isJudged && row.change !== null)
    .sort((a, b) => spanOf(a).change - spanOf(b).change);
  if (sorted.length < 3) return;
  const y = (v) => HIGH - HIGH * place(v);
  const name = `All ${commas(sorted.length)} judged rows from the best to the worst, in multiples of their margins, with their intervals.`;
  const picture = svg('svg', { class: 'caterpillar' + (sorted.length > 300 ? ' many' : ''), viewBox: `0 0 1000 ${HIGH}`,
    preserveAspectRatio: 'none', role: 'img', 'aria-label': name },
  svg('rect', { class: 'band', y: y(1), width: 1000, height: y(-1) - y(1) }),
  svg('path', { class: 'zero', d: `M0 ${HIGH / 2}H1000` }), ...overviewPaths(sorted));
  picture.addEventListener('click', (event) => {
    const box = picture.getBoundingClientRect();
    const at = Math.floor((event.clientX - box.left) / box.width * sorted.length);
    showRow(sorted[Math.max(0, Math.min(sorted.length - 1, at))]);
  });
  const ticks = html('div', { class: 'ticks', 'aria-hidden': 'true' });
  for (const at of overviewTicks()) {
    const mark = html('span', {}, at === 0 ? '0' : (at > 0 ? '+' : '\u2212') + Math.abs(at) + '\u00d7');
    mark.style.top = (100 * y(at) / HIGH) + '%';
    ticks.append(mark);
  }
  document.getElementById('overview').append(html('figure', { class: 'overview' },
    html('figcaption', {}, html('b', {}, `All ${commas(sorted.length)} judged rows, from the best to the worst`),
      html('span', {}, 'Each line is a row\u2019s interval, its dot the change; up is worse. A click opens the row.')),
    ticks, picture));
}
