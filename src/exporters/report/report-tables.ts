import { htmlCount, htmlText, htmlTime } from './html-text.js';
import type { MapReport, ReportGap } from './map-report.js';

const MAX_ROWS = 500;
const MAX_ITEMS = 100;

/** Hosts and accounts in the order of first signs, with what was seen on each. */
export function reportHosts({ subjects }: MapReport): string {
  const rows = subjects.map(({ subject, firstSeen, lastSeen, techniques }) => [
    `<th scope="row">${htmlText(subject)}</th>`,
    `<td class="time">${htmlTime(firstSeen)}</td><td class="time">${htmlTime(lastSeen)}</td>`,
    `<td class="number">${htmlCount(techniques.length)}</td>`,
    `<td>${links(techniques.map(({ techniqueId }) => techniqueId))}</td>`,
  ]);
  return table(
    ['Host or account', 'First seen (UTC)', 'Last seen (UTC)', 'Techniques', 'Which'],
    rows,
  );
}

/** Users with the techniques of which an event names them; empty when no event names one. */
export function reportUsers({ techniques }: MapReport): string {
  const byUser = new Map<string, string[]>();
  for (const { users, techniqueId } of techniques)
    for (const user of users) {
      const ids = byUser.get(user) ?? [];
      byUser.set(user, ids);
      ids.push(techniqueId);
    }
  if (byUser.size === 0) return '';
  const rows = [...byUser]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([user, ids]) => [
      `<th scope="row">${htmlText(user)}</th>`,
      `<td class="number">${htmlCount(ids.length)}</td><td>${links(ids)}</td>`,
    ]);
  return table(['User', 'Techniques', 'Which'], rows);
}

/** The files of the input and what came of each. */
export function reportFiles({ files }: MapReport): string {
  const rows = files.map(({ source, format, events, coveredEvents, issueCount }) => [
    `<th scope="row"><code>${htmlText(source)}</code></th><td>${htmlText(format ?? 'not recognised')}</td>`,
    `<td class="number">${htmlCount(events)}</td><td class="number">${htmlCount(coveredEvents)}</td>`,
    `<td class="number">${htmlCount(issueCount)}</td>`,
  ]);
  return table(['File', 'Format', 'Events', 'Met by a rule', 'Problems'], rows);
}

/** What the result cannot say. */
export function reportGaps({ gaps }: MapReport): string {
  if (gaps.length === 0) return '<p>Every event was read and met a rule.</p>';
  return `<ul class="gaps">${gaps.map(drawGap).join('')}</ul>`;
}

function drawGap({ title, items, more }: ReportGap): string {
  const shown = items.slice(0, MAX_ITEMS);
  const rest = more + items.length - shown.length;
  const last = rest > 0 ? `<li>and ${htmlCount(rest)} more</li>` : '';
  const list =
    shown.length === 0
      ? ''
      : `<ul>${shown.map((item) => `<li>${htmlText(item)}</li>`).join('')}${last}</ul>`;
  return `<li><b>${htmlText(title)}</b>${list}</li>`;
}

function links(techniqueIds: readonly string[]): string {
  return techniqueIds.map((id) => `<a href="#${htmlText(id)}">${htmlText(id)}</a>`).join(' ');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.slice(0, MAX_ROWS).map((row) => `<tr>${row.join('')}</tr>`);
  const more =
    rows.length > MAX_ROWS
      ? `<p class="note">and ${htmlCount(rows.length - MAX_ROWS)} more</p>`
      : '';
  return `<div class="scroll" tabindex="0" role="region" aria-label="${columns[0]}"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${more}`;
}
