// How benchmarks grow: both sides over their sizes, on logarithmic axes.
function decades(low, high) {
  const found = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const m of high - low < 1.2 ? [1, 2, 5] : [1]) {
      const at = power + Math.log10(m);
      if (at >= low && at <= high) found.push(at);
    }
  }
  const every = Math.ceil(found.length / 6);
  return found.filter((_, i) => i % every === 0);
}
function shortCount(value) {
  const [scale, suffix] = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']].find(([s]) => value >= s) ?? [1, ''];
  return +(value / scale).toPrecision(3) + suffix;
}

function curve([name, metric, kind, outcome, sentence, parameter, ceiling, exponent, points]) {
  const drawn = points.filter(([, base, head]) => base > 0 && head > 0)
    .sort((a, b) => a[0] - b[0]).map((point) => point.map(Math.log10));
  if (drawn.length < 2) return null;
  const xs = rangeOf(drawn.map((p) => p[0]), 0.06), first = drawn[0];
  const guide = exponent === null ? null : (x) => first[1] + exponent * (x - first[0]);
  const last = drawn[drawn.length - 1];
  const ys = rangeOf(drawn.flatMap((p) => [p[1], p[2]]).concat(guide ? [guide(last[0])] : []), 0.1);
  const frame = plot(380, 260, `${name}: ${outcome}. ${sentence}.`, xs, ys, { left: 64, bottom: 30 });
  horizontalAxis(frame, decades(...xs), (v) => shortCount(10 ** v));
  verticalAxis(frame, decades(...ys), (v) => formatterOf(metrics[metric].unit, 10 ** v * 1.0000001, 10 ** v)(10 ** v));
  if (guide) path(frame, 'limit', `M${frame.x(first[0]).toFixed(1)} ${frame.y(guide(first[0])).toFixed(1)}L${frame.x(last[0]).toFixed(1)} ${frame.y(guide(last[0])).toFixed(1)}`);
  const together = Math.abs(frame.y(last[1]) - frame.y(last[2])) < 12;
  ['base', 'head'].forEach((side, i) => {
    path(frame, `${side}-line`, 'M' + drawn.map((p) => `${frame.x(p[0]).toFixed(1)} ${frame.y(p[i + 1]).toFixed(1)}`).join('L'));
    for (const p of drawn) dot(frame, frame.x(p[0]), frame.y(p[i + 1]), i === 1);
    if (!together) label(frame, frame.x(last[0]) - 4, frame.y(last[i + 1]) + ((i === 1) === (last[2] >= last[1]) ? -8 : 16), side, 'end', 'strong');
  });
  if (together) label(frame, frame.x(last[0]) - 8, frame.y(last[2]) - 6, 'base, head', 'end', 'strong');
  label(frame, frame.right, frame.bottom + 28, parameter, 'end', 'strong');
  const caption = html('figcaption', {}, html('b', {}, html('code', {}, name)),
    html('span', { class: 'tag ' + kind }, outcome), ' ',
    html('span', {}, sentence + (guide ? '. Dashed: ' + ceiling : '')));
  return html('figure', {}, caption, frame.root);
}

function makeCurves() {
  const place = document.getElementById('curves');
  if (place) place.append(...data.growths.map(curve).filter((made) => made));
}
