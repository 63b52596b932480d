// Light or dark as one likes; what is folded opens on paper; and all of it begins here.
function makeTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)'), root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const button = html('button', { type: 'button' });
  const say = () => { button.textContent = isDark() ? 'Light mode' : 'Dark mode'; };
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; say(); });
  dark.addEventListener('change', say);
  say();
  document.getElementById('theme').append(button);
}

function makePrintable() {
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => { for (const details of closed) details.open = false; });
}

makeTheme();
makePrintable();
makeCurves();
if (table) {
  makeFilters();
  makeSortable();
  makeOverview();
  render();
  followAddress();
  addEventListener('hashchange', followAddress);
}
