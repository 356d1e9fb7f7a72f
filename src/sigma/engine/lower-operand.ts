import { fold } from '../event-view.js';
import { atPosition, bytesPattern } from '../modifiers.js';
import type { Operand, Position } from '../operand.js';
import { parseRegex } from '../regex/parse-regex.js';
import { ANY, DASHES, ONE, type SigmaPattern } from '../sigma-pattern.js';
import { gateOfLiterals, gateOfRegex } from './literal-gate.js';
import { ANY_FIELD, type PredicateTable } from './predicate-table.js';
import { joinExprs, negate, predicate, type RuleExpr, TRUE } from './rule-expr.js';

/** Where an operand looks. */
export interface LoweredPlace {
  /** Index of the field in the table. */
  readonly field: number;
  readonly cased: boolean;
}

// Each dash that windash put there stands for five characters.
const MAX_TEXTS = 25;

/** One value of a field item as a formula. */
export function lowerOperand(
  operand: Operand,
  place: LoweredPlace,
  table: PredicateTable,
): RuleExpr {
  switch (operand.kind) {
    case 'text':
      return lowerPattern(operand.pattern, place, table);
    case 'bytes':
      return lowerPattern(bytesPattern(operand.bytes, operand.position), place, table);
    case 'null':
      return negate(predicate(table.presenceOf(place.field)));
    case 'exists': {
      const exists = predicate(table.existenceOf(place.field));
      return operand.expected ? exists : negate(exists);
    }
    case 'regex': {
      const node = parseRegex(operand.pattern, operand.flags);
      const gate = node.kind === 'problem' ? TRUE : gateOfRegex(node, containsIn(place, table));
      return gated(gate, operand, place, table);
    }
    case 'cidr':
    case 'compare':
    case 'time':
    case 'field':
      return gated(predicate(table.presenceOf(place.field)), operand, place, table);
  }
}

function gated(
  gate: RuleExpr,
  operand: Operand,
  ...[{ field, cased }, table]: [LoweredPlace, PredicateTable]
): RuleExpr {
  return joinExprs('and', [gate, predicate(table.special(field, operand, cased))]);
}

function containsIn({ field }: LoweredPlace, table: PredicateTable) {
  return (text: string) => predicate(table.texts({ field, position: 'contains' }, [text]));
}

function lowerPattern(written: SigmaPattern, place: LoweredPlace, table: PredicateTable): RuleExpr {
  // A keyword may stand anywhere in a value.
  const pattern = place.field === ANY_FIELD ? atPosition(written, 'contains') : written;
  const plain = place.cased ? undefined : plainForm(pattern);
  if (plain === undefined) {
    const literals = pattern.filter((token) => typeof token === 'string');
    const gate = gateOfLiterals(literals, containsIn(place, table));
    return gated(gate, { kind: 'text', pattern }, place, table);
  }
  const { position, texts } = plain;
  if (texts.includes('') && position !== 'equals' && place.field !== ANY_FIELD)
    return predicate(table.presenceOf(place.field));
  if (texts.includes('') && place.field === ANY_FIELD)
    return gated(TRUE, { kind: 'text', pattern }, place, table);
  return predicate(table.texts({ field: place.field, position }, texts));
}

interface PlainForm {
  readonly position: Position;
  /** Folded; any of them will do. */
  readonly texts: readonly string[];
}

/** The forms that an automaton takes: `*` at the ends only, no `?`. */
function plainForm(pattern: SigmaPattern): PlainForm | undefined {
  const opens = pattern[0] === ANY;
  const closes = pattern.length > 1 && pattern.at(-1) === ANY;
  const middle = pattern.slice(opens ? 1 : 0, closes ? -1 : undefined);
  if (middle.includes(ANY) || middle.includes(ONE)) return undefined;
  const texts = textsOfPattern(middle);
  if (texts === undefined) return undefined;
  if (opens) return { position: closes || middle.length === 0 ? 'contains' : 'endswith', texts };
  return { position: closes ? 'startswith' : 'equals', texts };
}

/** Every text that a pattern of literals and dashes stands for, folded; undefined when they are too many. */
function textsOfPattern(pattern: SigmaPattern): readonly string[] | undefined {
  let texts = [''];
  for (const token of pattern) {
    const endings = typeof token === 'string' ? [fold(token)] : DASHES;
    texts = texts.flatMap((start) => endings.map((ending) => start + ending));
    if (texts.length > MAX_TEXTS) return undefined;
  }
  return texts;
}
