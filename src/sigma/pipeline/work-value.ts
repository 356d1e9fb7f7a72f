import { modifyItem } from '../compile-item.js';
import {
  ANY,
  joinPattern,
  ONE,
  type PatternToken,
  parsePattern,
  type SigmaPattern,
} from '../sigma-pattern.js';
import type { FieldItem, SigmaScalar } from '../sigma-rule.js';

/** A value of a field item while pipelines work on it: text has the wildcards that modifiers put there. */
export type WorkValue =
  | { readonly kind: 'text'; readonly pattern: SigmaPattern }
  | { readonly kind: 'plain'; readonly value: number | boolean | null }
  /** What its modifiers make of it is not text: a regular expression, a block of addresses, another field. */
  | { readonly kind: 'opaque'; readonly modifiers: readonly string[]; readonly value: SigmaScalar };

const TEXT_MODIFIERS = new Set([
  'contains',
  'startswith',
  'endswith',
  'base64',
  'utf16le',
  'utf16be',
  'utf16',
  'wide',
]);

/** The value that modifiers, those that are about the whole item apart, make of one value of a rule. */
export function toWorkValue(value: SigmaScalar, modifiers: readonly string[]): WorkValue {
  if (modifiers.length === 0)
    return typeof value === 'string'
      ? { kind: 'text', pattern: parsePattern(value) }
      : { kind: 'plain', value };
  const opaque: WorkValue = { kind: 'opaque', modifiers, value };
  if (!modifiers.every((modifier) => TEXT_MODIFIERS.has(modifier))) return opaque;
  const item: FieldItem = { kind: 'item', field: 'x', modifiers, values: [value], path: [] };
  const modified = modifyItem(item, new Map());
  if ('kind' in modified) return opaque;
  const operands = modified.values[0] ?? [];
  const [operand] = operands;
  return operands.length === 1 && operand?.kind === 'text'
    ? { kind: 'text', pattern: operand.pattern }
    : opaque;
}

/** A field reference's field, when a value is one. */
export function referencedField(value: WorkValue): string | undefined {
  return value.kind === 'opaque' &&
    value.modifiers.includes('fieldref') &&
    typeof value.value === 'string'
    ? value.value
    : undefined;
}

/** A pattern as pySigma shows it: `*` and `?` for wildcards, `\*` and `\?` for the characters, backslashes as they are. */
export function plainText(pattern: SigmaPattern): string {
  return pattern.map(plainToken).join('');
}

/** One token of it. */
export function plainToken(token: PatternToken): string {
  if (typeof token === 'string') return token.replace(/[*?]/g, '\\$&');
  return token === ANY ? '*' : '?';
}

/** A pattern as a rule writes it: reading it again gives the same. */
export function ruleText(pattern: SigmaPattern): string {
  return pattern
    .map((token) => {
      if (typeof token === 'string') return token.replace(/[*?\\]/g, '\\$&');
      return token === ANY ? '*' : '?';
    })
    .join('');
}

/** The opposite of `plainText`: a backslash is itself unless a wildcard follows. */
export function parsePlain(text: string): SigmaPattern {
  const tokens: PatternToken[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '\\' && (next === '*' || next === '?')) {
      tokens.push(next);
      index += 1;
    } else if (character === '*') tokens.push(ANY);
    else tokens.push(character === '?' ? ONE : character);
  }
  return joinPattern(tokens);
}
