/**
 * What a reading does in a browser: shows the marks of the chosen lanes, goes from mark to mark. Without it every mark that
 * is sure is shown and every link works. It reads the page and the address, writes no HTML, and asks no network.
 */
export const READING_SCRIPT = `(() => {
'use strict';
const marks = [...document.querySelectorAll('mark')];
const rows = [...document.querySelectorAll('.found li[data-lanes]')];
const boxes = [...document.querySelectorAll('.tools input')];
const output = document.getElementById('place');
let shown = marks;
let at = -1;
const wanted = (element, lanes) => element.dataset.lanes.split(' ').some((lane) => lanes.has(lane));
const apply = () => {
  const lanes = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  if (lanes.has('review'))
    for (const lane of ['explicit', 'name', 'model']) if (lanes.has(lane)) lanes.add(lane + '-review');
  for (const mark of marks) mark.classList.toggle('off', !wanted(mark, lanes));
  for (const row of rows) row.hidden = !wanted(row, lanes);
  for (const part of document.querySelectorAll('.found section'))
    part.hidden = part.querySelector('li:not([hidden])') === null;
  shown = marks.filter((mark) => !mark.classList.contains('off'));
  at = -1;
  output.textContent = shown.length + ' marks';
};
const go = (step) => {
  if (shown.length === 0) return;
  if (shown[at]) shown[at].classList.remove('now');
  at = at === -1 && step < 0 ? shown.length - 1 : (at + step + shown.length) % shown.length;
  shown[at].classList.add('now');
  shown[at].scrollIntoView({ block: 'center' });
  output.textContent = (at + 1) + ' of ' + shown.length + ': ' + shown[at].title.split('\\n')[0];
};
for (const box of boxes) box.addEventListener('change', apply);
document.getElementById('next').addEventListener('click', () => go(1));
document.getElementById('previous').addEventListener('click', () => go(-1));
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  if (event.key === 'n') go(1);
  if (event.key === 'p') go(-1);
});
document.querySelector('.tools').hidden = false;
apply();
})();
`;
