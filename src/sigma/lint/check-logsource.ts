import { isRecord } from '../../model/index.js';
import type { FieldItem, Selection } from '../sigma-rule.js';
import type { LintNote } from './lint-finding.js';
import { type LintSubject, show } from './lint-subject.js';
import { LOGSOURCE_TAXONOMY } from './logsource-taxonomy.table.js';

const PARTS = ['product', 'category', 'service'] as const;
const KNOWN_KEYS = new Set<string>([...PARTS, 'definition']);

/** The logsource: whether it is there, says something, and is one that logs are known to be of. */
export function checkLogsource({ document, kind, read }: LintSubject): readonly LintNote[] {
  if (kind === 'correlation') return [];
  const { logsource, taxonomy } = document;
  const path = ['logsource'];
  if (!isRecord(logsource) || PARTS.every((part) => !isText(logsource[part])))
    return [
      {
        code: 'LOGSOURCE_MISSING',
        message: 'the logsource has no product, category or service',
        fix: 'say which logs the rule is about',
        path,
      },
    ];
  const notes: LintNote[] = Object.keys(logsource)
    .filter((key) => !KNOWN_KEYS.has(key))
    .map((key) => ({
      code: 'LOGSOURCE_KEY',
      message: `"${key}" says nothing in a logsource`,
      fix: 'leave it out, or describe it in definition',
      path: [...path, key],
    }));
  // Another taxonomy has other logsources.
  if (taxonomy !== undefined && taxonomy !== 'sigma') return notes;
  const parts = PARTS.map((part) => (isText(logsource[part]) ? String(logsource[part]) : ''));
  const written = parts.join('/').toLowerCase();
  // A filter is for all rules of its logsource, so that it may say less.
  const isKnown = kind === 'filter' ? isPartKnown(written) : LOGSOURCE_TAXONOMY.has(written);
  notes.push(...checkSysmon(written, read));
  if (isKnown) return notes;
  return [
    ...notes,
    {
      code: 'LOGSOURCE_UNKNOWN',
      message: `no rule in common use has the logsource ${describe(parts)}`,
      fix: suggest(written),
      path,
    },
  ];
}

// Source: Sysmon's events, and the categories that Sigma's taxonomy has for them.
const CATEGORY_OF_SYSMON: Readonly<Record<number, string>> = {
  1: 'process_creation',
  2: 'file_change',
  3: 'network_connection',
  5: 'process_termination',
  6: 'driver_load',
  7: 'image_load',
  8: 'create_remote_thread',
  9: 'raw_access_thread',
  10: 'process_access',
  11: 'file_event',
  12: 'registry_add or registry_delete',
  13: 'registry_set',
  14: 'registry_rename',
  15: 'create_stream_hash',
  17: 'pipe_created',
  18: 'pipe_created',
  19: 'wmi_event',
  20: 'wmi_event',
  21: 'wmi_event',
  22: 'dns_query',
  23: 'file_delete',
  25: 'process_tampering',
  26: 'file_delete',
};

/** An event id of Sysmon where a category says the same for other sources, too. */
function checkSysmon(written: string, read: LintSubject['read']): readonly LintNote[] {
  if (written !== 'windows//sysmon' || read?.kind !== 'rule') return [];
  const items = [...read.selections.values()].flatMap(itemsIn);
  return items.flatMap(({ field, modifiers, values, path }): readonly LintNote[] => {
    const [value, second] = values;
    const category = CATEGORY_OF_SYSMON[Number(value)];
    if (field !== 'EventID' || modifiers.length > 0 || second !== undefined) return [];
    if (category === undefined) return [];
    const message = `event id ${value} of Sysmon is the category ${category}`;
    const fix = `write category: ${category} instead of service: sysmon and the event id`;
    return [{ code: 'LOGSOURCE_TOO_SPECIFIC', message, fix, path }];
  });
}

function itemsIn(selection: Selection): readonly FieldItem[] {
  return selection.kind === 'item' ? [selection] : selection.parts.flatMap(itemsIn);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isPartKnown(written: string): boolean {
  const wanted = written.split('/');
  return [...LOGSOURCE_TAXONOMY].some((known) => {
    const parts = known.split('/');
    return wanted.every((part, index) => part === '' || part === parts[index]);
  });
}

function describe(parts: readonly string[]): string {
  const named = PARTS.flatMap((part, index) => {
    const text = parts[index] ?? '';
    return text === '' ? [] : [`${part} ${show(text)}`];
  });
  return named.join(', ');
}

/** Known logsources that differ in one part only, those that are spelt alike first. */
function suggest(written: string): string {
  const wanted = written.split('/');
  const near = [...LOGSOURCE_TAXONOMY].filter((known) => {
    const parts = known.split('/');
    return parts.filter((part, index) => part === wanted[index]).length === 2;
  });
  near.sort((a, b) => likeness(b, written) - likeness(a, written) || (a < b ? -1 : 1));
  const named = near.slice(0, 3).map((known) => describe(known.split('/')));
  return named.length === 0
    ? 'name it as the taxonomy of Sigma does, or set taxonomy'
    : `is one of these meant: ${named.join('; ')}?`;
}

/** How many letters two texts share at their start and end. */
function likeness(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return start + end;
}
