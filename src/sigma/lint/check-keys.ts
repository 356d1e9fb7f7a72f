import { isRecord } from '../../model/index.js';
import { SIGMA_LEVELS, SIGMA_STATUSES } from '../sigma-rule.js';
import type { LintNote } from './lint-finding.js';
import { type LintSubject, show } from './lint-subject.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MAX_TITLE = 256;

type KeyType = 'text' | 'texts' | 'map' | 'maps' | 'scalar';

// Source: Sigma specification 2.1, rules, correlations and filters.
const KEYS: Readonly<Record<string, KeyType>> = {
  title: 'text',
  id: 'text',
  name: 'text',
  taxonomy: 'text',
  status: 'text',
  level: 'text',
  description: 'text',
  license: 'text',
  author: 'text',
  date: 'scalar',
  modified: 'scalar',
  references: 'texts',
  fields: 'texts',
  falsepositives: 'texts',
  tags: 'texts',
  scope: 'texts',
  related: 'maps',
  logsource: 'map',
  detection: 'map',
  correlation: 'map',
  filter: 'map',
};
const OTHER_KEYS = new Set([
  'action',
  'sigma-version',
  'generate',
  'regression_tests_path',
  'simulation',
]);
const RELATED_TYPES = ['derived', 'obsolete', 'merged', 'renamed', 'similar'];

/** Keys at the top of a document: which are missing, of the wrong type, misspelt or wrong. */
export function checkKeys({ document, kind }: LintSubject): readonly LintNote[] {
  return [
    ...checkTypes(document),
    ...checkTitle(document),
    ...checkId(document),
    ...checkWords(document, kind),
    ...checkDates(document),
    ...checkRelated(document),
    ...checkReferences(document),
  ];
}

type Document = LintSubject['document'];

function checkTypes(document: Document): readonly LintNote[] {
  return Object.entries(document).flatMap(([key, value]): readonly LintNote[] => {
    const type = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (type === undefined) return misspelt(key);
    if (value === null || value === undefined || isOfType(value, type)) return [];
    return [
      {
        code: 'KEY_TYPE',
        message: `${key}: expected ${WANTED[type]}, found ${show(value)}`,
        fix: `write ${key} as ${WANTED[type]}`,
        path: [key],
      },
    ];
  });
}

const WANTED: Readonly<Record<KeyType, string>> = {
  text: 'a text',
  texts: 'a list of texts',
  map: 'a map',
  maps: 'a list of maps',
  scalar: 'a date',
};

function isOfType(value: unknown, type: KeyType): boolean {
  if (type === 'map') return isRecord(value);
  if (type === 'texts') return Array.isArray(value) && value.every(isScalar);
  if (type === 'maps') return Array.isArray(value) && value.every(isRecord);
  return isScalar(value) || value instanceof Date;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function misspelt(key: string): readonly LintNote[] {
  if (OTHER_KEYS.has(key)) return [];
  const plain = key.toLowerCase().replace(/[-_ ]/g, '');
  const near = Object.keys(KEYS).find(
    (known) =>
      known !== key && (plain === known || `${plain}s` === known || isOneOff(plain, known)),
  );
  if (near === undefined) return [];
  const message = `unknown key "${key}"`;
  // A letter more or less may be a key of the writer's own; another case or hyphen is not.
  const isSure = plain === near || `${plain}s` === near;
  const edit = isSure ? ({ kind: 'replace', found: key, replacement: near } as const) : undefined;
  return [{ code: 'KEY_MISSPELT', message, fix: `"${near}" is probably meant`, edit, path: [key] }];
}

/** Whether one letter was added, left out, changed or two were exchanged. */
function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || b.length < 4) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const shorter = Math.min(a.length, b.length) - start;
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function checkTitle({ title }: Document): readonly LintNote[] {
  if (typeof title !== 'string' || title.trim() === '')
    return [
      {
        code: 'TITLE_MISSING',
        message: 'there is no title',
        fix: 'add a title that says what was seen',
        path: ['title'],
      },
    ];
  if (title.length <= MAX_TITLE) return [];
  const message = `the title has ${title.length} characters`;
  return [
    { code: 'TITLE_TOO_LONG', message, fix: 'move the details to description', path: ['title'] },
  ];
}

function checkId({ id }: Document): readonly LintNote[] {
  if (id === undefined || id === null)
    return [
      {
        code: 'ID_MISSING',
        message: 'there is no id',
        fix: 'add a random UUID, such as uuidgen makes',
        path: [],
      },
    ];
  if (typeof id === 'string' && UUID.test(id)) return [];
  const message = `${show(id)} is no UUID`;
  const fix = 'use a random UUID, such as uuidgen makes';
  return [{ code: 'ID_INVALID', message, fix, path: ['id'] }];
}

function checkWords(document: Document, kind: LintSubject['kind']): readonly LintNote[] {
  const notes: LintNote[] = [];
  const check = (
    key: 'status' | 'level',
    words: readonly string[],
    codes: readonly ['STATUS_INVALID' | 'LEVEL_INVALID', 'STATUS_MISSING' | 'LEVEL_MISSING'],
  ): void => {
    const value = document[key];
    const [invalid, missing] = codes;
    if (value === undefined || value === null) {
      if (kind !== 'filter')
        notes.push({
          code: missing,
          message: `there is no ${key}`,
          fix: `add one of ${words.join(', ')}`,
          path: [],
        });
    } else if (!words.includes(String(value))) {
      const word = words.find((one) => one === String(value).trim().toLowerCase());
      notes.push({
        code: invalid,
        message: `${key} ${show(value)} is not known`,
        fix: word === undefined ? `use one of ${words.join(', ')}` : `write ${word}`,
        edit:
          word === undefined
            ? undefined
            : { kind: 'replace', found: String(value), replacement: word },
        path: [key],
      });
    }
  };
  check('status', SIGMA_STATUSES, ['STATUS_INVALID', 'STATUS_MISSING']);
  check('level', SIGMA_LEVELS, ['LEVEL_INVALID', 'LEVEL_MISSING']);
  const { description } = document;
  if (description === undefined || description === null || description === '')
    notes.push({
      code: 'DESCRIPTION_MISSING',
      message: 'there is no description',
      fix: 'say what the rule finds and why that matters',
      path: [],
    });
  return notes;
}

function checkDates(document: Document): readonly LintNote[] {
  const notes: LintNote[] = [];
  for (const key of ['date', 'modified']) {
    const value = document[key];
    if (value === undefined || value === null || isDate(value)) continue;
    const date = suggestDate(String(value));
    notes.push({
      code: 'DATE_INVALID',
      message: `${key} ${show(value)} is no date`,
      fix: `write it as ${date}`,
      edit: isDate(date) ? { kind: 'replace', found: String(value), replacement: date } : undefined,
      path: [key],
    });
  }
  const { date, modified } = document;
  if (isDate(date) && isDate(modified) && String(modified) < String(date))
    notes.push({
      code: 'DATE_ORDER',
      message: `modified ${String(modified)} is before date ${String(date)}`,
      fix: 'correct the one that is wrong',
      path: ['modified'],
    });
  return notes;
}

function isDate(value: unknown): value is string {
  const [, year, month, day] = DATE.exec(String(value)) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function suggestDate(text: string): string {
  const [, year, month = '', day = ''] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text) ?? [];
  return year === undefined
    ? 'YYYY-MM-DD'
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function checkRelated({ related }: Document): readonly LintNote[] {
  if (!Array.isArray(related)) return [];
  return related.flatMap((entry: unknown, index): readonly LintNote[] => {
    if (!isRecord(entry)) return [];
    const { id, type } = entry;
    const isId = typeof id === 'string' && UUID.test(id);
    if (isId && RELATED_TYPES.includes(String(type))) return [];
    const message = isId ? `type ${show(type)} is not known` : `${show(id)} is no UUID`;
    const fix = isId ? `use one of ${RELATED_TYPES.join(', ')}` : 'use the id of the other rule';
    return [{ code: 'RELATED_INVALID', message, fix, path: ['related', index] }];
  });
}

function checkReferences({ references }: Document): readonly LintNote[] {
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown, index): readonly LintNote[] =>
    references.indexOf(reference) === index
      ? []
      : [
          {
            code: 'REFERENCE_DUPLICATE',
            message: `${show(reference)} is there twice`,
            fix: 'leave one out',
            edit: { kind: 'remove-item' },
            path: ['references', index],
          },
        ],
  );
}
