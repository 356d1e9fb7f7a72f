import {
  type CharSet,
  EVERYTHING,
  ignoringCase,
  invertSet,
  NEWLINES,
  singleChar,
} from './char-set.js';
import { type ClassEscape, parseClass, parseEscape } from './parse-char-class.js';
import { type RegexCursor, RegexSyntaxError, refuse } from './regex-cursor.js';
import type { RegexFlags, RegexNode } from './regex-node.js';

/** Why a pattern cannot be used. */
export interface RegexProblem {
  readonly kind: 'problem';
  readonly message: string;
}

const MAX_DEPTH = 100;
const MAX_REPEAT = 1_000;
const DOT = invertSet(NEWLINES);

/**
 * Parses the part of PCRE that is regular: sets, groups, alternation, repetition, anchors, `\b`, inline flags.
 * Look-around, back-references, atomic groups and possessive repetition are refused: they have no linear-time match.
 */
export function parseRegex(pattern: string, flags: RegexFlags): RegexNode | RegexProblem {
  const cursor: RegexCursor = { pattern, index: 0, flags, depth: 0 };
  try {
    const node = parseChoice(cursor);
    if (cursor.index < pattern.length) refuse('")" without "("');
    return node;
  } catch (error) {
    if (error instanceof RegexSyntaxError) {
      const message = `regular expression: ${error.message} at character ${cursor.index + 1}`;
      return { kind: 'problem', message };
    }
    throw error;
  }
}

function parseChoice(cursor: RegexCursor): RegexNode {
  if (cursor.depth > MAX_DEPTH) refuse(`groups nested deeper than ${MAX_DEPTH}`);
  const parts: RegexNode[] = [parseSequence(cursor)];
  while (cursor.pattern[cursor.index] === '|') {
    cursor.index += 1;
    parts.push(parseSequence(cursor));
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'choice', parts };
}

function parseSequence(cursor: RegexCursor): RegexNode {
  const parts: RegexNode[] = [];
  for (;;) {
    const character = cursor.pattern[cursor.index];
    if (character === undefined || character === '|' || character === ')') break;
    const atom = parseAtom(cursor, character);
    if (atom !== undefined) parts.push(parseRepeats(cursor, atom));
  }
  return { kind: 'sequence', parts };
}

/** Undefined: flags that hold from here, `(?i)`. */
function parseAtom(cursor: RegexCursor, character: string): RegexNode | undefined {
  if (character === '(') return parseGroup(cursor);
  if (character === '[') return setNode(cursor, parseClass(cursor));
  if (character === '\\') return escapeNode(cursor, parseEscape(cursor));
  if ('*+?'.includes(character)) refuse(`nothing for "${character}" to repeat`);
  cursor.index += 1;
  const { dotAll, multiLine } = cursor.flags;
  if (character === '.') return { kind: 'set', set: dotAll ? EVERYTHING : DOT };
  if (character === '^') return { kind: 'edge', edge: multiLine ? 'line-start' : 'text-start' };
  if (character === '$') return { kind: 'edge', edge: multiLine ? 'line-end' : 'text-end' };
  return setNode(cursor, singleChar(character.charCodeAt(0)));
}

function setNode(cursor: RegexCursor, set: CharSet): RegexNode {
  return { kind: 'set', set: cursor.flags.ignoreCase ? ignoringCase(set) : set };
}

function escapeNode(cursor: RegexCursor, escaped: ClassEscape): RegexNode {
  if (escaped.kind === 'edge') return { kind: 'edge', edge: escaped.edge };
  // \w and its like mean the same in either case, and folding \W would make it everything.
  return escaped.kind === 'class'
    ? { kind: 'set', set: escaped.set }
    : setNode(cursor, escaped.set);
}

const GROUP_START = /\((?:\?(?:P?<[A-Za-z_]\w*>|:|([ims]*)(?:-([ims]*))?([:)])))?/y;

function parseGroup(cursor: RegexCursor): RegexNode | undefined {
  GROUP_START.lastIndex = cursor.index;
  const found = GROUP_START.exec(cursor.pattern);
  const start = found?.[0] ?? '(';
  if (start === '(' && cursor.pattern[cursor.index + 1] === '?')
    refuse('look-around, atomic groups and conditions are not supported:');
  if (start === '(' && cursor.pattern[cursor.index + 1] === '*') refuse('verbs are not supported:');
  cursor.index += start.length;
  const outer = cursor.flags;
  if (found?.[3] !== undefined) cursor.flags = withFlags(outer, found[1] ?? '', found[2] ?? '');
  if (found?.[3] === ')') return undefined;
  cursor.depth += 1;
  const inner = parseChoice(cursor);
  cursor.depth -= 1;
  if (cursor.pattern[cursor.index] !== ')') refuse('")" is missing');
  cursor.index += 1;
  cursor.flags = outer;
  return inner;
}

function withFlags(flags: RegexFlags, on: string, off: string): RegexFlags {
  const decide = (letter: string, before: boolean) =>
    off.includes(letter) ? false : before || on.includes(letter);
  return {
    ignoreCase: decide('i', flags.ignoreCase),
    multiLine: decide('m', flags.multiLine),
    dotAll: decide('s', flags.dotAll),
  };
}

const REPEAT = /(?:([*+?])|\{(\d+)(,(\d*))?\})([?+]?)/y;

function parseRepeats(cursor: RegexCursor, atom: RegexNode): RegexNode {
  REPEAT.lastIndex = cursor.index;
  const found = REPEAT.exec(cursor.pattern);
  if (found === null) return atom;
  if (found[5] === '+') refuse('possessive repetition is not supported:');
  cursor.index += found[0].length;
  const { min, max } = boundsOf(found);
  if (max < min) refuse('repetition with bounds out of order');
  if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT))
    refuse(`repetition of more than ${MAX_REPEAT}`);
  REPEAT.lastIndex = cursor.index;
  if (REPEAT.test(cursor.pattern)) refuse('repetition of a repetition');
  return { kind: 'repeat', part: atom, min, max };
}

function boundsOf(found: RegExpExecArray): { readonly min: number; readonly max: number } {
  if (found[1] === '*') return { min: 0, max: Infinity };
  if (found[1] === '+') return { min: 1, max: Infinity };
  if (found[1] === '?') return { min: 0, max: 1 };
  const min = Number(found[2]);
  if (found[3] === undefined) return { min, max: min };
  return { min, max: found[4] === '' || found[4] === undefined ? Infinity : Number(found[4]) };
}
