import type { Condition } from './condition.js';

/** Why a condition cannot be read. */
export interface ConditionProblem {
  readonly kind: 'problem';
  readonly message: string;
}

// Rules in use nest fewer than 6 deep; deeper is an attack on the stack.
const MAX_DEPTH = 64;
const MAX_TOKENS = 2_000;
const TOKEN = /\s+|\(|\)|\||[^\s()|]+/y;

interface Cursor {
  readonly tokens: readonly string[];
  index: number;
}

/**
 * Parses a Sigma condition: `selection and not 1 of filter_*`. Binding, strongest first: `of`, `not`, `and`, `or`.
 * Operators may be written in any case; names of selections may not.
 */
export function parseCondition(text: string): Condition | ConditionProblem {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return problem('expected a condition, found nothing');
  if (tokens.length > MAX_TOKENS) return problem(`expected at most ${MAX_TOKENS} words`);
  if (tokens.includes('|'))
    return problem('aggregations after "|" left Sigma with version 2; write a correlation');
  const cursor: Cursor = { tokens, index: 0 };
  const condition = parseOr(cursor, 0);
  if (condition.kind === 'problem') return condition;
  const rest = tokens[cursor.index];
  return rest === undefined ? condition : problem(`expected "and" or "or", found "${rest}"`);
}

function problem(message: string): ConditionProblem {
  return { kind: 'problem', message };
}

function tokensOf(text: string): string[] {
  return (text.match(new RegExp(TOKEN, 'g')) ?? []).filter((token) => token.trim() !== '');
}

function isWord(cursor: Cursor, word: string): boolean {
  return cursor.tokens[cursor.index]?.toLowerCase() === word;
}

function parseOr(cursor: Cursor, depth: number): Condition | ConditionProblem {
  return parseJoined(cursor, depth, 'or');
}

function parseJoined(
  cursor: Cursor,
  depth: number,
  operator: 'and' | 'or',
): Condition | ConditionProblem {
  const parts: Condition[] = [];
  do {
    if (parts.length > 0) cursor.index += 1;
    const part = operator === 'or' ? parseJoined(cursor, depth, 'and') : parseNot(cursor, depth);
    if (part.kind === 'problem') return part;
    parts.push(part);
  } while (isWord(cursor, operator));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: operator, parts };
}

function parseNot(cursor: Cursor, depth: number): Condition | ConditionProblem {
  if (depth > MAX_DEPTH) return problem(`expected at most ${MAX_DEPTH} levels of nesting`);
  if (!isWord(cursor, 'not')) return parsePrimary(cursor, depth);
  cursor.index += 1;
  const part = parseNot(cursor, depth + 1);
  return part.kind === 'problem' ? part : { kind: 'not', part };
}

const RESERVED = new Set(['and', 'or', 'not', 'of', ')']);

function parsePrimary(cursor: Cursor, depth: number): Condition | ConditionProblem {
  const token = cursor.tokens[cursor.index];
  if (token === undefined) return problem('the condition ends where a selection was expected');
  cursor.index += 1;
  if (token === '(') return parseGroup(cursor, depth);
  if (cursor.tokens[cursor.index]?.toLowerCase() === 'of') return parseOf(cursor, token);
  if (RESERVED.has(token.toLowerCase()))
    return problem(`expected the name of a selection, found "${token}"`);
  return { kind: 'selection', name: token };
}

function parseGroup(cursor: Cursor, depth: number): Condition | ConditionProblem {
  const inner = parseOr(cursor, depth + 1);
  if (inner.kind === 'problem') return inner;
  if (cursor.tokens[cursor.index] !== ')')
    return problem(`expected ")", found ${quoted(cursor.tokens[cursor.index])}`);
  cursor.index += 1;
  return inner;
}

function parseOf(cursor: Cursor, quantifier: string): Condition | ConditionProblem {
  const word = quantifier.toLowerCase();
  if (word !== '1' && word !== 'any' && word !== 'all')
    return problem(`expected "1", "any" or "all" before "of", found "${quantifier}"`);
  cursor.index += 1;
  const pattern = cursor.tokens[cursor.index];
  if (pattern === undefined || RESERVED.has(pattern) || pattern === '(')
    return problem(`expected "them" or a name after "of", found ${quoted(pattern)}`);
  cursor.index += 1;
  return { kind: 'of', quantity: word === 'all' ? 'all' : 'any', pattern };
}

function quoted(token: string | undefined): string {
  return token === undefined ? 'the end' : `"${token}"`;
}
