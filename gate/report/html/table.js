// The table of rows: which of them are shown, in which order, and what opens below them.
const table = document.querySelector('#rows table.rows');
const body = table?.querySelector('tbody');
const PAGE = 100;
const MANY = 1000; // more at once would keep a browser busy for seconds
const NO_FIGURES = 4; // columns that a row without numbers leaves empty
const state = { text: '', verdicts: new Set(), metric: '', sort: null, isDown: false, shown: PAGE };

// By what a column is sorted, and whether its first click brings the largest up.
const KEYS = {
  Row: [(row) => row.name, false],
  Verdict: [(row) => row.verdict.rank, true],
  Base: [(row) => row.base ?? -Infinity, true],
  Stored: [(row) => row.base ?? -Infinity, true],
  Head: [(row) => row.head ?? -Infinity, true],
  'Change (95 %)': [worsening, true],
  'Against its margin': [(row) => (row.hasNumbers && row.isJudged ? spanOf(row).change : -Infinity), true],
  Pairs: [(row) => row.pairCount, true],
};

function matches(row) {
  return (!state.verdicts.size || state.verdicts.has(row.verdict.name))
    && (!state.metric || row.metric.name === state.metric)
    && state.text.split(' ').every((word) => row.words.includes(word));
}
function chosenRows() {
  const chosen = rows.filter(matches);
  if (!state.sort) return chosen;
  const key = KEYS[state.sort][0], sign = state.isDown ? -1 : 1;
  const keyed = chosen.map((row) => [key(row), row]);
  keyed.sort(([a, p], [b, q]) => (a < b ? -sign : a > b ? sign : p.index - q.index));
  return keyed.map(([, row]) => row);
}

function forest(row) {
  const span = spanOf(row), x = (v) => (6 + 228 * place(v)).toFixed(1);
  const cutLeft = !(span.low >= -data.limit), cutRight = !(span.high <= data.limit);
  const name = `${row.changeText} ${row.intervalText}, margin ${row.marginText}`;
  return svg('svg', { class: 'forest', viewBox: '0 0 240 22', role: 'img', 'aria-label': name },
    svg('rect', { class: 'band', x: x(-1), width: (x(1) - x(-1)).toFixed(1), height: 22 }),
    svg('path', { class: 'zero', d: 'M120 0V22' }),
    svg('path', { class: 'span', d: `M${cutLeft ? 6 : x(span.low)} 11H${cutRight ? 234 : x(span.high)}` }),
    cutLeft ? svg('path', { class: 'tip', d: 'M6 6 1 11 6 16Z' }) : null,
    cutRight ? svg('path', { class: 'tip', d: 'M234 6 239 11 234 16Z' }) : null,
    Math.abs(span.change) <= data.limit ? svg('circle', { class: 'dot', cx: x(span.change), cy: 11, r: 4 }) : null);
}
function tag(verdict) {
  return html('span', { class: 'tag v-' + verdict.name },
    html('span', { 'aria-hidden': 'true' }, verdict.sign), ' ' + verdict.label);
}
function cell(kind, ...children) {
  return html('td', { class: kind, role: 'cell' }, ...children);
}
function figures(row) {
  if (!row.hasNumbers) return [html('td', { class: 'nothing', role: 'cell', colspan: NO_FIGURES }, 'no figures')];
  return [cell('number base', row.baseText), cell('number head', row.headText),
    cell('number change', html('b', {}, row.changeText), ' ', html('span', { class: 'interval' }, row.intervalText)),
    row.isJudged ? cell('picture', forest(row), html('span', { class: 'margin' }, '\u00b1' + row.marginText))
      : cell('picture')];
}
function rowElement(row) {
  const open = html('button', { class: 'open', type: 'button', 'aria-expanded': 'false' },
    html('code', {}, row.bench.id), ' ', html('span', { class: 'metric' }, row.metric.name));
  const line = html('tr', { class: 'v-' + row.verdict.name, role: 'row', 'data-row': row.index },
    html('th', { scope: 'row', role: 'rowheader' }, open,
      row.reason ? html('p', { class: 'reason' }, row.reason) : null),
    cell('verdict', tag(row.verdict)), ...figures(row), cell('number pairs', String(row.pairCount)));
  open.addEventListener('click', () => toggle(row, line, open));
  return line;
}

function toggle(row, line, open) {
  const isOpen = open.getAttribute('aria-expanded') === 'true';
  open.setAttribute('aria-expanded', String(!isOpen));
  line.classList.toggle('is-open', !isOpen);
  if (isOpen) line.nextElementSibling.remove();
  else line.after(html('tr', { class: 'more v-' + row.verdict.name, role: 'row' },
    html('td', { colspan: 7, role: 'cell' }, detailOf(row))));
}

// Shows one row, whatever is filtered, opened and in view.
function showRow(row) {
  if (!matches(row)) resetFilters();
  const at = chosenRows().indexOf(row);
  if (at >= state.shown) { state.shown = at + 1; }
  render();
  const line = body.querySelector(`[data-row="${row.index}"]`), open = line.querySelector('.open');
  if (open.getAttribute('aria-expanded') === 'false') open.click();
  line.scrollIntoView({ block: 'start' });
  open.focus({ preventScroll: true });
}

function moreButtons(count) {
  const left = count - state.shown, more = document.getElementById('more');
  const button = (text, shown) => html('button', { type: 'button', on: { click: () => {
    const first = body.querySelectorAll('tr[data-row]').length;
    state.shown = shown;
    render();
    body.querySelectorAll('tr[data-row] .open')[first]?.focus({ preventScroll: true });
  } } }, text);
  const notes = data.without_rows
    ? [html('p', { class: 'aside' }, `${commas(data.without_rows)} rows, none worse than those here, were left out to keep this page small; the JSON result has all of them.`)] : [];
  if (left > 0) notes.push(button(`Show ${Math.min(PAGE, left)} more`, state.shown + PAGE));
  if (left > MANY) notes.push(button(`Show ${commas(MANY)} more`, state.shown + MANY));
  else if (left > PAGE) notes.push(button(`Show all ${commas(count)}`, count));
  more.replaceChildren(...notes);
}

function render() {
  const chosen = chosenRows();
  body.replaceChildren(...chosen.slice(0, state.shown).map(rowElement));
  if (!chosen.length) body.append(html('tr', { role: 'row' }, html('td', { colspan: 7, class: 'nothing', role: 'cell' }, 'No row matches.')));
  moreButtons(chosen.length);
  sayFound(chosen.length);
}

function headName(head) {
  return head.querySelector('.sort').textContent;
}
function sortBy(name, isDown) {
  Object.assign(state, { sort: name, isDown });
  order.value = name in KEYS && [...order.options].some((option) => option.value === name) ? name : '';
  for (const head of table.querySelectorAll('thead th')) {
    if (headName(head) === name) head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  }
  render();
}

// Column heads become buttons: what Enter and the mouse do is the same.
function makeSortable() {
  for (const head of table.querySelectorAll('thead th')) {
    const name = head.firstChild.textContent, axis = head.querySelector('svg');
    const button = html('button', { class: 'sort', type: 'button' }, name);
    button.addEventListener('click', () => sortBy(name, state.sort === name ? !state.isDown : KEYS[name][1]));
    head.replaceChildren(button, ...(axis ? [axis] : []));
  }
}
