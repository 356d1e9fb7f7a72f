import type { SearchAnswer, SearchHit } from '../app/attack-search.js';
import type { ObjectReference } from '../app/describe-object.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

const nameOf = ({ attackId, name }: ObjectReference): string =>
  safeText(attackId === undefined ? name : `${attackId} ${name}`);

/** Why the object is in the list, where its name does not show it. */
function reasonOf({ object, why, matched }: SearchHit): string {
  const text = safeText(matched);
  if (why === 'log-source') return `reads ${text}`;
  if (matched === object.name) return '';
  if (why === 'old-name') return `in another version "${text}"`;
  if (why === 'description') return `"${text}"`;
  return object.aliases.includes(matched) ? `also called "${text}"` : '';
}

function statusOf({ object, successors }: SearchHit, missingIn: string | undefined): string {
  const now = successors.map(nameOf).join(', ');
  if (missingIn !== undefined) return `not in ${missingIn}${now === '' ? '' : `, there ${now}`}`;
  if (object.status === 'active') return now === '' ? '' : `now ${now}`;
  return `${object.status.toUpperCase()}${now === '' ? '' : `, now ${now}`}`;
}

/** The version searched, when the object is of another one. */
function missingIn(
  { attackVersion, domain }: SearchHit,
  { searched }: SearchAnswer,
): string | undefined {
  const asked = searched.find((one) => one.domain === domain)?.version;
  return asked === attackVersion ? undefined : asked;
}

function lineOf(hit: SearchHit, answer: SearchAnswer): string {
  const { object, parentName, domain, leadsTo } = hit;
  const isOfMany = answer.results.some((other) => other.domain !== 'enterprise-attack');
  const id = (object.attackId ?? '–').padEnd(10);
  const name = safeText(parentName === undefined ? object.name : `${parentName}: ${object.name}`);
  const where = isOfMany ? `, ${domain.replace('-attack', '')}` : '';
  const leads = leadsTo.length === 0 ? '' : `for ${leadsTo.map(nameOf).join(', ')}`;
  const notes = [reasonOf(hit), leads].filter((note) => note !== '').join('; ');
  const status = statusOf(hit, missingIn(hit, answer));
  return [
    `${styleText('bold', id)} ${name}`,
    styleText('dim', `  ${object.kind}${where}`),
    status === '' ? '' : styleText('yellow', `  ${status}`),
    notes === '' ? '' : `  ${notes}`,
  ].join('');
}

/** Says what was searched, in one line. */
export function summarizeSearch({ query, results, searched }: SearchAnswer): string {
  const where = searched
    .map(({ domain, version }) => `${domain.replace('-attack', '')} ${version}`)
    .join(', ');
  if (results.length > 0) return `${results.length} found in ATT&CK ${where}`;
  return `nothing in ATT&CK ${where} resembles "${safeText(query.slice(0, 60))}"`;
}

/** The objects found, a line each; empty when there are none. */
export function formatSearch(answer: SearchAnswer): string {
  return answer.results.map((hit) => `${lineOf(hit, answer)}\n`).join('');
}
