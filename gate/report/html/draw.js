// Elements, scales and numbers for pictures. Text from outside becomes text nodes, never markup.
function put(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'on') for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
function html(tag, attributes, ...children) {
  return put(document.createElement(tag), attributes, children);
}
function svg(tag, attributes, ...children) {
  return put(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

// "4,840"
function commas(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
function median(values) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  if (!sorted.length) return NaN;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// Steps of 1, 2 or 5 that divide what is between low and high into about so many parts.
function ticksOf(low, high, count) {
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.75);
  const ticks = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) ticks.push(at);
  return { step, ticks };
}

// Numbers at an axis: short, all with the unit of the largest, as exact as steps need.
const UNITS = {
  s: [[1, ' s'], [1e-3, ' ms'], [1e-6, ' \u00b5s'], [1e-9, ' ns']],
  B: [[2 ** 30, ' GiB'], [2 ** 20, ' MiB'], [2 ** 10, ' KiB'], [1, ' B']],
  '1/s': [[1e9, ' G/s'], [1e6, ' M/s'], [1e3, ' k/s'], [1, '/s']],
  '': [[1e9, ' G'], [1e6, ' M'], [1e3, ' k'], [1, '']],
};
function formatterOf(unit, largest, step) {
  const known = UNITS[unit] ?? UNITS[''];
  const [scale, suffix] = known.find(([size]) => largest >= size) ?? known[known.length - 1];
  const digits = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / scale) - 1e-9)));
  return (value) => (value / scale).toFixed(digits) + suffix;
}
function percent(value, step) {
  const digits = Math.max(0, Math.min(4, Math.ceil(-Math.log10(step * 100) - 1e-9)));
  const text = (Math.abs(value) * 100).toFixed(digits);
  return (+text === 0 ? '' : value < 0 ? '\u2212' : '+') + text + ' %';
}

// A little more than what lies between the least and the most of the values.
function rangeOf(values, share) {
  const known = values.filter(Number.isFinite);
  let low = Math.min(...known), high = Math.max(...known);
  const room = (high - low) * share || Math.abs(high) * 0.01 || 1;
  return [low - room, high + room];
}

// A picture with a name for those who don't see it, and its frame: x(value), y(value).
function plot(width, height, name, [x0, x1], [y0, y1], edges) {
  const e = { left: 56, right: 12, top: 10, bottom: 24, ...edges };
  const x = (v) => e.left + (v - x0) / (x1 - x0) * (width - e.left - e.right);
  const y = (v) => height - e.bottom - (v - y0) / (y1 - y0) * (height - e.top - e.bottom);
  const root = svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': name },
    svg('title', {}, name));
  return { root, x, y, left: e.left, right: width - e.right, top: e.top, bottom: height - e.bottom };
}
function label(frame, x, y, text, anchor, extra) {
  frame.root.append(svg('text', { x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': anchor, class: extra }, text));
}
function path(frame, kind, d) {
  frame.root.append(svg('path', { class: kind, d }));
}
function horizontalAxis(frame, ticks, format) {
  for (const at of ticks) {
    path(frame, 'grid', `M${frame.x(at).toFixed(1)} ${frame.top}V${frame.bottom}`);
    label(frame, frame.x(at), frame.bottom + 15, format(at), 'middle');
  }
  path(frame, 'axis-line', `M${frame.left} ${frame.bottom}H${frame.right}`);
}
function verticalAxis(frame, ticks, format) {
  for (const at of ticks) {
    path(frame, 'grid', `M${frame.left} ${frame.y(at).toFixed(1)}H${frame.right}`);
    label(frame, frame.left - 6, frame.y(at) + 4, format(at), 'end');
  }
}
function figure(title, says, picture) {
  return html('figure', {}, html('figcaption', {}, html('b', {}, title), html('span', {}, says)), picture);
}
