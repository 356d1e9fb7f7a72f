import type { Command } from 'commander';
import type { SearchAnswer, SearchHit } from '../app/attack-search.js';
import type { ObjectReference } from '../app/describe-object.js';
import { printJson } from './print-json.js';
import { safeText } from './safe-text.js';
import { styleText } from './style-text.js';

interface Options {
  readonly domain?: string;
  readonly attackVersion?: string;
  readonly kind?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

const nameOf = ({ attackId, name }: ObjectReference): string =>
  safeText(attackId === undefined ? name : `${attackId} ${name}`);

/** Why the object is in the list, where its name does not show it. */
function reasonOf({ object, why, matched }: SearchHit): string {
  const text = safeText(matched);
  if (why === 'log-source') return `reads ${text}`;
  if (why === 'old-name') return `was called "${text}"`;
  if (why === 'description') return `"${text}"`;
  if (matched === object.name || why === 'parent-sub-name') return '';
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

/** Says what was searched. */
function summaryOf({ query, results, searched }: SearchAnswer): string {
  const where = searched
    .map(({ domain, version }) => `${domain.replace('-attack', '')} ${version}`)
    .join(', ');
  if (results.length > 0) return `${results.length} found in ATT&CK ${where}`;
  return `nothing in ATT&CK ${where} resembles "${safeText(query.slice(0, 60))}"`;
}

function print(answer: SearchAnswer): void {
  for (const hit of answer.results) process.stdout.write(`${lineOf(hit, answer)}\n`);
  process.stderr.write(styleText('dim', `${summaryOf(answer)}\n`));
}

/** `portolan attack search QUERY…` */
export function registerAttackSearch(attack: Command): void {
  attack
    .command('search')
    .description(
      'find objects by id (also old or in part), name, alias, log source; typing errors are forgiven',
    )
    .argument('<query...>', 'powershell, "cozy bear", T1562.001, EventCode=4688, …')
    .option(
      '--domain <domain>',
      'enterprise, mobile or ics (default: enterprise, the others where it has nothing)',
    )
    .option('--attack-version <version>', 'ATT&CK version (default: the newest there is)')
    .option('--kind <kinds>', 'these kinds only, comma between: technique,group,software')
    .option('--limit <count>', 'results at most, 1 to 1000 (default: 20)')
    .option('--json', 'one JSON document')
    .action(async (words: readonly string[], options: Options) => {
      const { searchObjects } = await import('../app/attack-search.js');
      const answer = searchObjects(words.join(' '), {
        domain: options.domain,
        version: options.attackVersion,
        kinds: options.kind?.split(','),
        limit: options.limit === undefined ? undefined : Number(options.limit),
      });
      if (options.json === true) printJson(answer);
      else print(answer);
    });
}
