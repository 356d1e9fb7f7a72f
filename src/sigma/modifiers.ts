import { toBase64, toBase64Offsets } from './base64.js';
import { parseCidr } from './cidr.js';
import { bytesAsText, toUtf8, toUtf16, toUtf16WithMark } from './encode-text.js';
import { expandPlaceholders } from './expand-placeholders.js';
import type { Comparison, ModifiedItem, Operand, Position, TimeUnit } from './operand.js';
import type { RegexFlags } from './regex/regex-node.js';
import { regexFlag } from './regex-flag.js';
import { ANY, joinPattern, literalsOf, type SigmaPattern, withDashes } from './sigma-pattern.js';
import type { SigmaScalar } from './sigma-rule.js';

/** What a modifier may need beside the item. */
export interface ModifierContext {
  /** The values as the rule has them, for modifiers that do not read wildcards. */
  readonly raw: readonly SigmaScalar[];
  /** Values of `%name%`, for `expand`. */
  readonly placeholders: ReadonlyMap<string, readonly string[]>;
}

/** Applies one modifier; a string says in one line why that cannot be done. */
export type Modifier = (item: ModifiedItem, context: ModifierContext) => ModifiedItem | string;

/** Every modifier of Sigma 2.1, by name. A new one is a row and cases in test/sigma/cases. */
export const MODIFIERS: ReadonlyMap<string, Modifier> = new Map<string, Modifier>([
  ['contains', positioned('contains')],
  ['startswith', positioned('startswith')],
  ['endswith', positioned('endswith')],
  ['all', (item) => ({ ...item, linking: 'all' })],
  ['cased', (item) => ({ ...item, cased: true })],
  ['neq', (item) => ({ ...item, negated: true })],
  ['exists', exists],
  ['re', regex],
  ['i', regexFlag('ignoreCase')],
  ['m', regexFlag('multiLine')],
  ['s', regexFlag('dotAll')],
  ['cidr', cidr],
  ['base64', encoded((bytes) => [toBase64(bytes)])],
  ['base64offset', encoded(toBase64Offsets)],
  ['utf16le', asBytes((text) => toUtf16(text, 'le'))],
  ['wide', asBytes((text) => toUtf16(text, 'le'))],
  ['utf16be', asBytes((text) => toUtf16(text, 'be'))],
  ['utf16', asBytes(toUtf16WithMark)],
  ['windash', eachText('windash', (pattern) => [{ kind: 'text', pattern: withDashes(pattern) }])],
  ['expand', expand],
  ['lt', compared('lt')],
  ['lte', compared('lte')],
  ['gt', compared('gt')],
  ['gte', compared('gte')],
  ['fieldref', fieldReference],
  ['minute', timePart('minute')],
  ['hour', timePart('hour')],
  ['day', timePart('day')],
  ['week', timePart('week')],
  ['month', timePart('month')],
  ['year', timePart('year')],
]);

type OperandChange = (operand: Operand) => readonly Operand[] | string;

/** Changes each operand by itself; the first that cannot be changed stops it. */
function eachOperand(item: ModifiedItem, change: OperandChange): ModifiedItem | string {
  const values: Operand[][] = [];
  for (const alternatives of item.values) {
    const changed: Operand[] = [];
    for (const operand of alternatives) {
      const result = change(operand);
      if (typeof result === 'string') return result;
      changed.push(...result);
    }
    values.push(changed);
  }
  return { ...item, values };
}

function eachText(
  name: string,
  change: (pattern: SigmaPattern) => readonly Operand[] | string,
): Modifier {
  return (item) =>
    eachOperand(item, (operand) =>
      operand.kind === 'text' ? change(operand.pattern) : `${name} needs text`,
    );
}

function positioned(position: Exclude<Position, 'equals'>): Modifier {
  return (item) =>
    eachOperand(item, (operand) => {
      if (operand.kind === 'field' || operand.kind === 'bytes') return [{ ...operand, position }];
      if (operand.kind !== 'text') return `${position} needs text`;
      return [{ kind: 'text', pattern: atPosition(operand.pattern, position) }];
    });
}

/** Puts `*` where the position leaves the text open. */
export function atPosition(pattern: SigmaPattern, position: Position): SigmaPattern {
  if (position === 'equals') return pattern;
  const before = position === 'startswith' ? [] : [ANY];
  const after = position === 'endswith' ? [] : [ANY];
  return joinPattern([...before, ...pattern, ...after]);
}

const EXISTS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
]);

function exists(item: ModifiedItem, { raw }: ModifierContext): ModifiedItem | string {
  const expected = EXISTS.get(typeof raw[0] === 'string' ? raw[0].toLowerCase() : raw[0]);
  if (expected === undefined || raw.length > 1) return 'exists needs true or false';
  return { ...item, values: [[{ kind: 'exists', expected }]] };
}

const NO_FLAGS: RegexFlags = { ignoreCase: false, multiLine: false, dotAll: false };

function regex(item: ModifiedItem, { raw }: ModifierContext): ModifiedItem | string {
  if (raw.some((value) => value === null)) return 're needs text';
  const values = raw.map((value): Operand[] => [
    { kind: 'regex', pattern: String(value), flags: NO_FLAGS },
  ]);
  return { ...item, values };
}

function cidr(item: ModifiedItem, { raw }: ModifierContext): ModifiedItem | string {
  const values: Operand[][] = [];
  for (const value of raw) {
    const block = typeof value === 'string' ? parseCidr(value) : undefined;
    if (block === undefined) return `cidr needs a block such as 10.0.0.0/8, found "${value}"`;
    values.push([{ kind: 'cidr', block }]);
  }
  return { ...item, values };
}

function literalsOfText(name: string, pattern: SigmaPattern): readonly string[] | string {
  return literalsOf(pattern) ?? `${name} needs text without wildcards and with at most 4 dashes`;
}

function asBytes(encode: (text: string) => Uint8Array): Modifier {
  return eachText('an encoding', (pattern) => {
    const literals = literalsOfText('an encoding', pattern);
    if (typeof literals === 'string') return literals;
    return literals.map((text) => ({ kind: 'bytes', bytes: encode(text), position: 'equals' }));
  });
}

function encoded(encode: (bytes: Uint8Array) => readonly string[]): Modifier {
  return (item) =>
    eachOperand(item, (operand) => {
      if (operand.kind === 'bytes') return encode(operand.bytes).map(textOperand);
      if (operand.kind !== 'text') return 'base64 needs text';
      const literals = literalsOfText('base64', operand.pattern);
      if (typeof literals === 'string') return literals;
      return literals.flatMap((text) => encode(toUtf8(text)).map(textOperand));
    });
}

function textOperand(text: string): Operand {
  return { kind: 'text', pattern: [text] };
}

/** Bytes that no later modifier encoded: looked for as characters. */
export function bytesPattern(bytes: Uint8Array, position: Position): SigmaPattern {
  return atPosition([bytesAsText(bytes)], position);
}

function expand(item: ModifiedItem, { placeholders }: ModifierContext): ModifiedItem | string {
  return eachText('expand', (pattern) => {
    const patterns = expandPlaceholders(pattern, placeholders);
    if (typeof patterns === 'string') return patterns;
    return patterns.map((expanded) => ({ kind: 'text', pattern: expanded }));
  })(item, { raw: [], placeholders });
}

function numberOf(value: SigmaScalar | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim())
    ? Number(value)
    : undefined;
}

function compared(comparison: Comparison): Modifier {
  return (item, { raw }) => {
    const values: Operand[][] = [];
    for (const [index, source] of raw.entries()) {
      const before = item.values[index]?.[0];
      const value = numberOf(source);
      if (value === undefined) return `${comparison} needs a number, found "${source}"`;
      values.push([
        before?.kind === 'time'
          ? { ...before, comparison }
          : { kind: 'compare', comparison, value },
      ]);
    }
    return { ...item, values };
  };
}

function timePart(unit: TimeUnit): Modifier {
  return (item, { raw }) => {
    const values: Operand[][] = [];
    for (const [index, source] of raw.entries()) {
      const before = item.values[index]?.[0];
      const value = numberOf(source);
      if (value === undefined) return `${unit} needs a number, found "${source}"`;
      const comparison = before?.kind === 'compare' ? before.comparison : undefined;
      values.push([{ kind: 'time', unit, comparison, value }]);
    }
    return { ...item, values };
  };
}

function fieldReference(item: ModifiedItem, { raw }: ModifierContext): ModifiedItem | string {
  const values: Operand[][] = [];
  for (const [index, field] of raw.entries()) {
    if (typeof field !== 'string' || field === '') return 'fieldref needs the name of a field';
    values.push([{ kind: 'field', field, position: positionOf(item.values[index]?.[0]) }]);
  }
  return { ...item, values };
}

/** Where `startswith` and its like before `fieldref` put the text. */
function positionOf(operand: Operand | undefined): Position {
  if (operand?.kind !== 'text') return 'equals';
  const opens = operand.pattern[0] === ANY;
  const closes = operand.pattern.length > 1 && operand.pattern.at(-1) === ANY;
  if (opens) return closes ? 'contains' : 'endswith';
  return closes ? 'startswith' : 'equals';
}
