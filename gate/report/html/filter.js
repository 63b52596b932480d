// What rows are looked through by: words, verdicts and a metric.
const controls = document.getElementById('controls');
const found = html('p', { class: 'found', role: 'status' });
const search = html('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
const choice = html('select', {});
const chips = new Map();
const order = html('select', {}); // where the heads of columns have no room

function sayFound(count) {
  const shown = Math.min(count, state.shown);
  found.textContent = count === rows.length && shown === count ? `${commas(count)} row${count === 1 ? '' : 's'}`
    : `${commas(shown)} of ${commas(rows.length)} rows shown` + (count === rows.length ? '' : `; ${commas(count)} match${count === 1 ? 'es' : ''}`);
}
function apply() {
  state.shown = PAGE;
  render();
}
function resetFilters() {
  Object.assign(state, { text: '', metric: '', shown: PAGE });
  state.verdicts.clear();
  search.value = '';
  choice.value = '';
  for (const chip of chips.values()) chip.setAttribute('aria-pressed', 'false');
}

function chipFor(verdict, count) {
  const chip = html('button', { type: 'button', class: 'chip v-' + verdict.name, 'aria-pressed': 'false' },
    html('span', { 'aria-hidden': 'true' }, verdict.sign), ` ${verdict.label} ${commas(count)}`);
  chip.addEventListener('click', () => {
    const isOn = !state.verdicts.has(verdict.name);
    if (isOn) state.verdicts.add(verdict.name);
    else state.verdicts.delete(verdict.name);
    chip.setAttribute('aria-pressed', String(isOn));
    apply();
  });
  chips.set(verdict.name, chip);
  return chip;
}

function makeOrder() {
  order.append(html('option', { value: '' }, 'worst first'));
  for (const [value, text] of [['Row', 'name'], ['Change (95 %)', 'change'], ['Pairs', 'pairs']]) {
    order.append(html('option', { value }, text));
  }
  order.addEventListener('change', () => sortBy(order.value || null, order.value ? KEYS[order.value][1] : false));
}

function makeFilters() {
  const there = [...verdicts].reverse().map((v) => [v, rows.filter((row) => row.verdict === v).length])
    .filter(([, count]) => count);
  const used = metrics.filter((metric) => rows.some((row) => row.metric === metric));
  choice.append(html('option', { value: '' }, 'all metrics'),
    ...used.map((metric) => html('option', { value: metric.name }, metric.name)));
  search.addEventListener('input', () => { state.text = search.value.trim().toLowerCase(); apply(); });
  choice.addEventListener('change', () => { state.metric = choice.value; apply(); });
  makeOrder();
  controls.append(html('label', {}, 'Find rows', search),
    ...(used.length > 1 ? [html('label', {}, 'Metric', choice)] : []),
    html('label', { class: 'narrow' }, 'Order', order),
    html('fieldset', { class: 'chips' }, html('legend', {}, 'Verdict'),
      ...there.map(([verdict, count]) => chipFor(verdict, count))), found);
}
