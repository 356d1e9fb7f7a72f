import { modifyItem } from '../compile-item.js';
import { MODIFIERS } from '../modifiers.js';
import type { FieldItem, SigmaScalar } from '../sigma-rule.js';
import { checkRegex } from './check-regex.js';
import type { LintNote } from './lint-finding.js';
import { show } from './lint-subject.js';

const POSITIONS = ['contains', 'startswith', 'endswith'];
const SPECIAL_VALUES = ['re', 'cidr', 'exists', 'fieldref', 'lt', 'lte', 'gt', 'gte', 'expand'];

/** One `Field|modifier: values`: its modifiers, then each value. */
export function checkItem(item: FieldItem): readonly LintNote[] {
  const notes = checkModifiers(item);
  if (notes.some(({ code }) => code === 'MODIFIER_UNKNOWN')) return notes;
  return [...notes, ...checkValues(item)];
}

function checkModifiers(item: FieldItem): readonly LintNote[] {
  const { modifiers, values, path, field } = item;
  const notes: LintNote[] = [];
  const add = (code: LintNote['code'], message: string, fix: string): void => {
    notes.push({ code, message, fix, path });
  };
  const has = (name: string): boolean => modifiers.includes(name);
  for (const [index, name] of modifiers.entries()) {
    if (!MODIFIERS.has(name))
      add('MODIFIER_UNKNOWN', `no modifier is called "${name}"`, nearest(name));
    if (modifiers.indexOf(name) !== index)
      add('MODIFIER_REPEATED', `"${name}" is there twice`, 'leave one out');
  }
  if (has('all') && values.length === 1)
    add('MODIFIER_ALL_SINGLE', '"all" stands at one value', 'leave "all" out');
  if (has('all') && field !== undefined && values.length > 1 && isEquality(item))
    add(
      'MODIFIER_ALL_EQUALS',
      `${field} would have to equal ${values.length} values at once`,
      'add contains before all',
    );
  if (has('base64offset') && !has('contains'))
    add('MODIFIER_OFFSET_EQUALS', 'base64offset stands without contains', 'add contains after it');
  if (has('expand'))
    add('PLACEHOLDER_USED', `needs values for ${show(values)}`, 'give them with --placeholders');
  return notes;
}

/** Plain values without wildcards: the whole field must equal them. */
function isEquality({ modifiers, values }: FieldItem): boolean {
  return (
    !modifiers.some((name) => POSITIONS.includes(name) || SPECIAL_VALUES.includes(name)) &&
    values.every((value) => typeof value !== 'string' || !/[*?]/.test(value))
  );
}

function nearest(name: string): string {
  const lower = name.toLowerCase();
  const near = [...MODIFIERS.keys()].find(
    (known) =>
      known === lower || known.startsWith(lower) || (lower.startsWith(known) && known.length > 3),
  );
  return near === undefined
    ? `known: ${[...MODIFIERS.keys()].join(', ')}`
    : `"${near}" is probably meant`;
}

function checkValues(item: FieldItem): readonly LintNote[] {
  const { modifiers, values } = item;
  const notes: LintNote[] = [...checkTwins(item)];
  const isRegex = modifiers.includes('re');
  for (const [index, value] of values.entries()) {
    const path = values.length > 1 ? [...item.path, index] : item.path;
    if (typeof value === 'string' && isRegex) notes.push(...checkRegex(value, modifiers, path));
    else if (typeof value === 'string')
      notes.push(...checkText(value, item).map((note) => ({ ...note, path })));
  }
  if (isRegex) return notes;
  const modified = modifyItem(
    { ...item, modifiers: modifiers.filter((name) => name !== 'expand') },
    new Map(),
  );
  if ('kind' in modified)
    notes.push({
      code: 'MODIFIER_MISUSED',
      message: modified.message,
      fix: 'change the value or the modifier',
      path: modified.path,
    });
  return notes;
}

function checkTwins({ values, path, modifiers }: FieldItem): readonly LintNote[] {
  const seen = new Set<string>();
  const isExact = modifiers.includes('cased') || modifiers.includes('re');
  return values.flatMap((value: SigmaScalar, index): readonly LintNote[] => {
    const key = isExact ? String(value) : String(value).toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `${show(value)} is there twice`;
    return [{ code: 'VALUE_DUPLICATE', message, fix: 'leave one out', path: [...path, index] }];
  });
}

type TextNote = Omit<LintNote, 'path'>;

function checkText(value: string, item: FieldItem): readonly TextNote[] {
  const { modifiers } = item;
  const notes: TextNote[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value))
    notes.push({
      code: 'VALUE_CONTROL_CHARACTER',
      message: `${show(value)} has a control character`,
      fix: 'put the value in single quotes, in which a backslash is itself',
    });
  if (modifiers.some((name) => SPECIAL_VALUES.includes(name))) return notes;
  return [...notes, ...checkEnds(value, item), ...checkEscapes(value)];
}

function checkEnds(value: string, { modifiers, field }: FieldItem): readonly TextNote[] {
  const position = modifiers.find((name) => POSITIONS.includes(name));
  if (value === '' && position !== undefined)
    return [
      {
        code: 'VALUE_EMPTY',
        message: `${position} of the empty text holds for every text`,
        fix: `use ${field ?? 'Field'}|exists: true, or leave it out`,
      },
    ];
  if (/^\*+$/.test(value))
    return field === undefined
      ? []
      : [
          {
            code: 'VALUE_ANY',
            message: `"${value}" alone asks only whether ${field} has a value`,
            fix: `write ${field}|exists: true; for the character itself write '\\\\*'`,
          },
        ];
  const opens = value.startsWith('*');
  // After an odd number of backslashes the star is itself.
  const closes = /(?<!\\)(?:\\\\)*\*$/.test(value);
  if (position !== undefined) return redundantEnds(value, position, { opens, closes });
  return plainEnds(value, { opens, closes, field });
}

interface Ends {
  readonly opens: boolean;
  readonly closes: boolean;
}

function redundantEnds(
  value: string,
  position: string,
  { opens, closes }: Ends,
): readonly TextNote[] {
  const isRedundant = (opens && position !== 'startswith') || (closes && position !== 'endswith');
  if (!isRedundant) return [];
  return [
    {
      code: 'VALUE_WILDCARD_REDUNDANT',
      message: `${show(value)} has a wildcard where ${position} leaves it open already`,
      fix: 'leave the wildcard out; for the character itself write \\\\*',
    },
  ];
}

function plainEnds(
  value: string,
  { opens, closes, field }: Ends & { readonly field: string | undefined },
): readonly TextNote[] {
  const inner = value.slice(opens ? 1 : 0, closes ? -1 : undefined);
  // Keywords are looked for in the middle anyway; wildcards inside have no modifier.
  if (field === undefined || !(opens || closes) || /[*?]/.test(inner)) return [];
  const modifier = opens && closes ? 'contains' : opens ? 'endswith' : 'startswith';
  return [
    {
      code: 'VALUE_WILDCARD_PLAIN',
      message: `${show(value)} has a wildcard at an end`,
      fix: `write ${field}|${modifier}: ${show(inner)}`,
    },
  ];
}

function checkEscapes(value: string): readonly TextNote[] {
  const notes: TextNote[] = [];
  if (/(?<!\\)\*\*/.test(value))
    notes.push({
      code: 'VALUE_WILDCARD_DOUBLE',
      message: `${show(value)} has several wildcards in a row`,
      fix: 'write one',
    });
  if (/(?<!\\)(?:\\\\)*\\[*?]/.test(value))
    notes.push({
      code: 'VALUE_WILDCARD_ESCAPED',
      message: `${show(value)} has an escaped wildcard, which is the character itself`,
      fix: 'right if that is meant; for a backslash and a wildcard write \\\\*',
    });
  return notes;
}
