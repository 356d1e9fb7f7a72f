import type { MapEvidence, MapOutcome, MappedSubject, MappedTechnique } from '../app/map-result.js';
import { formatMapCoverage } from './format-map-coverage.js';
import { safeText } from './safe-text.js';
import { outputWidth, styleText } from './style-text.js';

/** Hosts in the order of events, the techniques by tactic in matrix order with their evidence, what was not covered. */
export function formatMap(outcome: MapOutcome): string {
  const blocks = [formatSummary(outcome)];
  if (outcome.subjects.length > 0) blocks.push(formatSubjects(outcome.subjects));
  if (outcome.result.techniques.length > 0) blocks.push(LEGEND);
  for (const { shortname, name } of outcome.tactics) {
    const rows = outcome.result.techniques.filter(
      (technique) => homeTactic(technique, outcome) === shortname,
    );
    if (rows.length > 0)
      blocks.push(heading(name) + rows.map((row) => formatTechnique(row, outcome)).join(''));
  }
  blocks.push(formatMapCoverage(outcome));
  return blocks.join('\n');
}

const LEGEND =
  'By tactic: technique, confidence (0 to 1), matches, first and last seen (UTC), the best evidence.\n';

function heading(text: string): string {
  return `${styleText(['bold', 'underline'], text)}\n`;
}

/** Where a technique stands: the first tactic that its rules name, else the first of its own. */
function homeTactic({ techniqueId, tactics }: MappedTechnique, outcome: MapOutcome) {
  return outcome.namedTactics.get(techniqueId)?.[0] ?? tactics[0];
}

function formatSummary({ result, subjects }: MapOutcome): string {
  const { techniques, input, attackVersion } = result;
  const times = subjects.flatMap(({ firstSeen, lastSeen }) =>
    [firstSeen ?? [], lastSeen ?? []].flat(),
  );
  const span = formatSpan(times.sort()[0] ?? null, times.at(-1));
  const found = [
    `${count(techniques.length, 'technique')} of ATT&CK ${attackVersion}`,
    subjects.length === 0
      ? ''
      : ` on ${count(subjects.length, 'host or account', 'hosts and accounts')}`,
    span === '' ? '' : `, ${span} UTC`,
  ];
  const { loaded, applicable } = result.rules;
  const read = `${count(input.events, 'event')} from ${count(input.files, 'file')} (${formatBytes(input.bytes)})`;
  const rules = `${count(loaded, 'rule')}, ${applicable} of them about events of these kinds`;
  return `${styleText('bold', found.join(''))}\n${read}; ${rules}\n`;
}

const LISTED_SUBJECTS = 20;

function formatSubjects(subjects: readonly MappedSubject[]): string {
  const shown = subjects.slice(0, LISTED_SUBJECTS);
  const width = Math.min(40, Math.max(...shown.map(({ subject }) => safeText(subject).length)));
  const lines = shown.map(({ subject, firstSeen, lastSeen, techniqueIds }) => {
    const name = clip(safeText(subject), width).padEnd(width);
    const seen = formatSpan(firstSeen, lastSeen).padEnd(31);
    return `  ${styleText('bold', name)}  ${seen}  ${count(techniqueIds.length, 'technique')}\n`;
  });
  const rest = subjects.length - shown.length;
  const more = rest > 0 ? `  and ${rest} more\n` : '';
  return `${heading('Where, in the order of first signs')}${lines.join('')}${more}`;
}

const ID_WIDTH = 11;
const INDENT = ' '.repeat(ID_WIDTH + 2);
const FACTS_WIDTH = 50;

/** Three lines: the technique and its numbers; the best rule and where its event is; what that event says. */
function formatTechnique(technique: MappedTechnique, outcome: MapOutcome): string {
  const { techniqueId, name, confidence, matches } = technique;
  const nameWidth = Math.max(30, outputWidth() - INDENT.length - FACTS_WIDTH);
  const also = otherTactics(technique, outcome).find(
    (text) => name.length + text.length <= nameWidth,
  );
  const title = clip(name + (also ?? ''), nameWidth).padEnd(nameWidth);
  const color = confidence >= 0.7 ? 'red' : 'yellow';
  const facts = [
    styleText(color, confidence.toFixed(2)),
    `${matches}×`.padStart(6),
    formatSpan(technique.firstSeen, technique.lastSeen),
  ];
  const head = `  ${styleText('bold', techniqueId.padEnd(ID_WIDTH) + title)} ${facts.join('  ')}`;
  return `${[head.trimEnd(), ...formatEvidence(technique)].join('\n')}\n`;
}

/** The tactics that a technique also stands for, in the longest form first. */
function otherTactics({ techniqueId }: MappedTechnique, outcome: MapOutcome): readonly string[] {
  const others = outcome.namedTactics.get(techniqueId)?.slice(1) ?? [];
  const names = others.map(
    (shortname) => outcome.tactics.find((one) => one.shortname === shortname)?.name ?? shortname,
  );
  if (names.length === 0) return [''];
  return [
    ` (also ${names.join(', ')})`,
    ` (+${count(names.length, 'tactic')})`,
    ` (+${names.length})`,
  ];
}

/** The best event: which rule, where it is, on which host, and what it says. */
function formatEvidence({ evidence, hosts, users }: MappedTechnique): string[] {
  const [best] = evidence;
  if (best === undefined) return [];
  const others = new Set(evidence.map(({ ruleId }) => ruleId)).size - 1;
  const more = others === 0 ? '' : ` (and ${count(others, 'other rule')})`;
  const place = `${safeText(best.source)}:${safeText(best.record)}`;
  const title = safeText(best.title) + more;
  const isShort = INDENT.length + title.length + place.length + 3 <= outputWidth();
  const where = formatNames(hosts.length > 0 ? hosts : users);
  const said = [where, quoteOf(best.fields)].filter((part) => part !== '').join('  ');
  return [
    `${INDENT}${title}${isShort ? ' ' : `\n${INDENT}`}@ ${styleText('cyan', place)}`,
    ...(said === '' ? [] : [INDENT + styleText('dim', clip(said, outputWidth() - INDENT.length))]),
  ];
}

function formatNames(names: readonly string[]): string {
  const shown = names.slice(0, 2).map((name) => clip(safeText(name), 40));
  const rest = names.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

// The same for every event of a rule, or said better by another field.
const LESS_TELLING = new Set([
  'EventID',
  'Provider_Name',
  'Channel',
  'OriginalFileName',
  'eventSource',
  'type',
]);

function quoteOf(fields: MapEvidence['fields']): string {
  const told = Object.entries(fields).filter(
    ([field]) => !LESS_TELLING.has(field) && !(field === 'Image' && 'CommandLine' in fields),
  );
  return safeText(told.map(([field, value]) => `${field}: ${value}`).join('; '));
}

/** `2026-03-03 08:42:10`, or two of them; the second without what it shares with the first. */
function formatSpan(first: string | null, last: string | null | undefined): string {
  if (first === null) return '';
  const start = first.slice(0, 19).replace('T', ' ');
  const end = (last ?? first).slice(0, 19).replace('T', ' ');
  if (start === end) return start;
  return `${start} to ${end.startsWith(start.slice(0, 10)) ? end.slice(11) : end}`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}
