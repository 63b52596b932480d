// A row's pairs: one side against the other, both as distributions, and in order of time.
const WIDE = 380, TALL = 250;
const counted = (pairs) => pairs.filter((pair) => !pair.discard);

function allowed(row) {
  return row.metric.largerIsBetter ? 1 / (1 + (row.margin ?? 0)) : 1 + (row.margin ?? 0);
}

function dot(frame, x, y, isHead) {
  const at = { cx: x.toFixed(1), cy: y.toFixed(1) };
  frame.root.append(svg('circle', { ...at, r: isHead ? 3.2 : 2.8, class: isHead ? 'head-dot' : 'base-dot' }));
}
function cross(frame, x, y) {
  path(frame, 'away', `M${(x - 3).toFixed(1)} ${(y - 3).toFixed(1)}l6 6m0 -6l-6 6`);
}
function triangle(frame, x, y) {
  path(frame, 'head-dot', `M${x.toFixed(1)} ${(y - 4).toFixed(1)}l4 7h-8Z`);
}

// Both sides of each pair: what makes both slow moves along the line, a change away from it.
function pairPicture(row, pairs) {
  const good = counted(pairs), values = good.flatMap((pair) => [pair.base, pair.head]);
  const range = rangeOf(values.length ? values : [0, 1], 0.08);
  const { ticks, step } = ticksOf(range[0], range[1], 4);
  const format = formatterOf(row.metric.unit, Math.abs(range[1]), step);
  const worse = good.filter((pair) => (pair.head > pair.base) !== Boolean(row.metric.largerIsBetter)).length;
  const frame = plot(WIDE, TALL, `${good.length} pairs, base against head; head is worse in ${worse} of them.`, range, range, { left: 64 });
  horizontalAxis(frame, ticks, format);
  verticalAxis(frame, ticks, format);
  const line = (slope, kind) => {
    const a = Math.max(range[0], range[0] / slope), b = Math.min(range[1], range[1] / slope);
    if (a < b) path(frame, kind, `M${frame.x(a).toFixed(1)} ${frame.y(a * slope).toFixed(1)}L${frame.x(b).toFixed(1)} ${frame.y(b * slope).toFixed(1)}`);
  };
  line(1, 'axis-line');
  if (row.isJudged && row.margin) line(allowed(row), 'limit');
  for (const pair of good) dot(frame, frame.x(pair.base), frame.y(pair.head), true);
  label(frame, frame.right, frame.bottom - 5, 'base \u2192', 'end', 'strong');
  label(frame, frame.left + 4, frame.top + 9, '\u2191 head', 'start', 'strong');
  return figure('Pair by pair', row.isJudged && row.margin
    ? 'A dot on the line: no change. Beyond the dashed line: worse by more than the margin.'
    : 'A dot on the line: no change.', frame.root);
}

// How dense values lie, by a Gaussian kernel of Silverman's width.
function hill(values, from, to) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, values.length - 1));
  const width = Math.max(1.06 * sd * values.length ** -0.2, (to - from) / 200);
  return Array.from({ length: 81 }, (_, i) => {
    const at = from + (to - from) * i / 80;
    return [at, values.reduce((sum, v) => sum + Math.exp(-0.5 * ((at - v) / width) ** 2), 0) / (values.length * width)];
  });
}

function spreadPicture(row, pairs) {
  const good = counted(pairs), sides = [['base', good.map((p) => p.base)], ['head', good.map((p) => p.head)]];
  const range = rangeOf(good.length ? sides.flatMap(([, values]) => values) : [0, 1], 0.12);
  const { ticks, step } = ticksOf(range[0], range[1], 4);
  const format = formatterOf(row.metric.unit, Math.abs(range[1]), step);
  const frame = plot(WIDE, TALL, `Distributions of base (median ${row.baseText}) and head (median ${row.headText}).`, range, [0, 1], { left: 40 });
  horizontalAxis(frame, ticks, format);
  const hills = sides.map(([, values]) => (values.length ? hill(values, range[0], range[1]) : []));
  const most = Math.max(...hills.flat().map(([, density]) => density));
  sides.forEach(([side, values], i) => {
    const floor = i ? frame.bottom - 26 : frame.bottom - 134, tall = 76;
    const points = hills[i].map(([at, d]) => `${frame.x(at).toFixed(1)} ${(floor - tall * d / most).toFixed(1)}`);
    if (points.length) {
      path(frame, `${side}-hill`, `M${frame.left} ${floor}L${points.join('L')}L${frame.right} ${floor}Z`);
      path(frame, `${side}-line`, `M${points.join('L')}`);
    }
    values.forEach((value, n) => dot(frame, frame.x(value), floor + 7 + (n * 0.618 % 1) * 14, i === 1));
    const middle = frame.x(median(values));
    if (values.length) path(frame, `${side}-line`, `M${middle.toFixed(1)} ${floor - tall}V${floor + 22}`);
    label(frame, frame.left - 6, floor - 4, side, 'end', 'strong');
  });
  return figure('Both sides', `Each dot is a run, the line the median: ${row.baseText} and ${row.headText}.`, frame.root);
}

function loadStrip(frame, pairs, x) {
  const loads = pairs.map((pair) => pair.load).filter((load) => load !== null);
  if (!loads.length) return '';
  const most = Math.max(1, ...loads), floor = TALL - 6, tall = 26;
  for (const pair of pairs) {
    if (pair.load === null) continue;
    const high = tall * pair.load / most;
    frame.root.append(svg('rect', { class: 'load', x: (x(pair) - 1.5).toFixed(1), y: (floor - high).toFixed(1), width: 3, height: high.toFixed(1) }));
  }
  label(frame, frame.left - 6, floor - 4, 'load', 'end');
  label(frame, frame.left - 6, floor - tall + 8, most.toFixed(1), 'end');
  return ' Below: the machine\u2019s load.';
}

// Differences in the order in which the pairs ran, over how base alone moved meanwhile.
function timePicture(row, pairs) {
  const sorted = [...pairs].sort((a, b) => a.position - b.position), good = counted(sorted);
  const middle = median(good.map((pair) => pair.base));
  const change = (pair) => pair.head / pair.base - 1, drift = (pair) => pair.base / middle - 1;
  const far = row.isJudged && row.margin ? allowed(row) - 1 : 0;
  const values = [...good.map(change), ...good.map(drift), 0, far].filter(Number.isFinite);
  const range = rangeOf(values, 0.08), { ticks, step } = ticksOf(range[0], range[1], 4);
  const name = `${good.length} differences in order of time, from ${percent(Math.min(...good.map(change)), 0.001)} to ${percent(Math.max(...good.map(change)), 0.001)}.`;
  const frame = plot(WIDE, TALL, name, [-0.5, sorted.length - 0.5], range, { bottom: 44, left: 58 });
  const x = (pair) => frame.x(sorted.indexOf(pair)), y = (v) => frame.y(Math.max(range[0], Math.min(range[1], v)));
  if (row.low !== null && row.high !== null) {
    frame.root.append(svg('rect', { class: 'estimate', x: frame.left, width: frame.right - frame.left,
      y: y(row.high).toFixed(1), height: Math.max(1, y(row.low) - y(row.high)).toFixed(1) }));
  }
  verticalAxis(frame, ticks, (v) => percent(v, step));
  path(frame, 'axis-line', `M${frame.left} ${y(0).toFixed(1)}H${frame.right}`);
  if (far) path(frame, 'limit', `M${frame.left} ${y(far).toFixed(1)}H${frame.right}`);
  if (good.length) path(frame, 'base-line', 'M' + good.map((pair) => `${x(pair).toFixed(1)} ${y(drift(pair)).toFixed(1)}`).join('L'));
  for (const pair of sorted) {
    const value = change(pair);
    if (!Number.isFinite(value)) continue;
    if (pair.discard) cross(frame, x(pair), y(value));
    else if (pair.headFirst) triangle(frame, x(pair), y(value));
    else dot(frame, x(pair), y(value), true);
  }
  const load = loadStrip(frame, sorted, x);
  return figure('In order of time', 'Differences of pairs: \u25cf base ran first, \u25b2 head first'
    + (good.length < sorted.length ? ', \u00d7 thrown away' : '') + '. Grey: how base itself moved; the band is the estimate.' + load, frame.root);
}
