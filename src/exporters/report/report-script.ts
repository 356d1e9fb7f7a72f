/**
 * What a report does in a browser: closes the evidence, opens what a link leads to, filters. Without it everything is
 * open. It reads the page and the address, writes no HTML, and asks no network.
 */
export const REPORT_SCRIPT = `(() => {
'use strict';
const all = [...document.querySelectorAll('details.technique')];
const filter = document.getElementById('filter');
const output = document.getElementById('filter-count');
const setAll = (open) => { for (const one of all) one.open = open; };
const show = (scroll) => {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const wanted = id === '' ? null : document.getElementById(id);
  if (!(wanted instanceof HTMLDetailsElement)) return;
  if (wanted.hidden) { filter.value = ''; apply(); }
  wanted.open = true;
  if (scroll) wanted.scrollIntoView();
};
const apply = () => {
  const words = filter.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
  let count = 0;
  for (const one of all) {
    const text = one.textContent.toLowerCase();
    one.hidden = !words.every((word) => text.includes(word));
    if (!one.hidden) count += 1;
  }
  for (const section of document.querySelectorAll('section.tactic'))
    section.hidden = section.querySelector('details.technique:not([hidden])') === null;
  output.textContent = words.length === 0 ? '' : count + ' of ' + all.length + ' techniques';
};
setAll(false);
document.querySelector('.tools').hidden = false;
filter.addEventListener('input', apply);
document.getElementById('open-all').addEventListener('click', () => setAll(true));
document.getElementById('close-all').addEventListener('click', () => setAll(false));
addEventListener('hashchange', () => show(true));
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (link !== null && link.getAttribute('href') === location.hash) show(true);
});
let before = [];
addEventListener('beforeprint', () => { before = all.filter((one) => one.open); setAll(true); });
addEventListener('afterprint', () => { setAll(false); for (const one of before) one.open = true; });
show(true);
})();
`;
