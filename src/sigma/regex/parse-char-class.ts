import {
  type CharSet,
  DIGITS,
  ignoringCase,
  invertSet,
  SPACES,
  singleChar,
  unionSets,
  WORD,
} from './char-set.js';
import { type RegexCursor, refuse } from './regex-cursor.js';
import type { RegexEdge } from './regex-node.js';

/** What a backslash and what follows stand for. */
export type ClassEscape =
  | { readonly kind: 'edge'; readonly edge: RegexEdge }
  | { readonly kind: 'class' | 'character'; readonly set: CharSet };

const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: invertSet(DIGITS),
  w: WORD,
  W: invertSet(WORD),
  s: SPACES,
  S: invertSet(SPACES),
  h: [
    [0x09, 0x09],
    [0x20, 0x20],
    [0xa0, 0xa0],
  ],
};
const EDGES: Readonly<Record<string, RegexEdge>> = {
  b: 'word-edge',
  B: 'no-word-edge',
  A: 'text-start',
  z: 'text-end',
  Z: 'text-end',
};
const CONTROLS: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  e: 27,
  a: 7,
};
const HEX = /\\(?:x\{([0-9A-Fa-f]{1,4})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/y;

// Source: POSIX bracket expressions, ASCII.
const POSIX: Readonly<Record<string, CharSet>> = {
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  digit: DIGITS,
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  upper: [[0x41, 0x5a]],
  lower: [[0x61, 0x7a]],
  space: SPACES,
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};
const POSIX_CLASS = /\[:([a-z]+):\]/y;

/** Reads an escape that starts at the cursor's backslash. */
export function parseEscape(cursor: RegexCursor): ClassEscape {
  const letter = cursor.pattern[cursor.index + 1];
  if (letter === undefined) refuse('a backslash ends the pattern');
  const edge = EDGES[letter];
  if (edge !== undefined) {
    cursor.index += 2;
    return { kind: 'edge', edge };
  }
  return parseCharEscape(cursor, letter);
}

function parseCharEscape(cursor: RegexCursor, letter: string): ClassEscape {
  const set = CLASSES[letter];
  if (set !== undefined) {
    cursor.index += 2;
    return { kind: 'class', set };
  }
  HEX.lastIndex = cursor.index;
  const hex = HEX.exec(cursor.pattern);
  if (hex !== null) {
    cursor.index += hex[0].length;
    const digits = hex[1] ?? hex[2] ?? hex[3] ?? '';
    return { kind: 'character', set: singleChar(Number.parseInt(digits, 16)) };
  }
  if (/[1-9]/.test(letter)) refuse('back-references are not supported:');
  const control = letter === '0' ? 0 : CONTROLS[letter];
  if (control === undefined && /[A-Za-z]/.test(letter)) refuse(`"\\${letter}" is not supported:`);
  cursor.index += 2;
  return { kind: 'character', set: singleChar(control ?? letter.charCodeAt(0)) };
}

/** Reads `[a-z\d]`, `[^"]`, `[[:alpha:]]` from the cursor's bracket on. */
export function parseClass(cursor: RegexCursor): CharSet {
  cursor.index += 1;
  const negated = cursor.pattern[cursor.index] === '^';
  if (negated) cursor.index += 1;
  const sets: CharSet[] = [];
  // A bracket that closes at once is itself a member, as in PCRE.
  let first = true;
  while (first || cursor.pattern[cursor.index] !== ']') {
    if (cursor.index >= cursor.pattern.length) refuse('"]" is missing');
    sets.push(parseMember(cursor));
    first = false;
  }
  cursor.index += 1;
  const union = unionSets(sets);
  if (!negated) return union;
  // Folded before it is inverted: [^a] without case must not take "A".
  return invertSet(cursor.flags.ignoreCase ? ignoringCase(union) : union);
}

function parseMember(cursor: RegexCursor): CharSet {
  const from = parseClassAtom(cursor);
  const { pattern, index } = cursor;
  if (pattern[index] !== '-' || pattern[index + 1] === ']' || pattern[index + 1] === undefined)
    return from.set;
  if (from.kind === 'class') return from.set;
  cursor.index += 1;
  const to = parseClassAtom(cursor);
  // `[a-\d]`: the dash is plain.
  if (to.kind === 'class') return unionSets([from.set, singleChar(0x2d), to.set]);
  const start = from.set[0]?.[0] ?? 0;
  const end = to.set[0]?.[0] ?? 0;
  if (end < start) refuse('range out of order');
  return [[start, end]];
}

function parseClassAtom(cursor: RegexCursor): { kind: 'class' | 'character'; set: CharSet } {
  const character = cursor.pattern[cursor.index] ?? '';
  if (character === '\\') {
    const letter = cursor.pattern[cursor.index + 1];
    if (letter === undefined) refuse('a backslash ends the pattern');
    if (letter === 'b') {
      cursor.index += 2;
      return { kind: 'character', set: singleChar(8) };
    }
    const escaped = parseCharEscape(cursor, letter);
    if (escaped.kind !== 'edge') return { kind: escaped.kind, set: escaped.set };
  }
  POSIX_CLASS.lastIndex = cursor.index;
  const posix = POSIX_CLASS.exec(cursor.pattern);
  if (posix !== null) {
    const set = POSIX[posix[1] ?? ''];
    if (set === undefined) refuse(`unknown class ${posix[0]}`);
    cursor.index += posix[0].length;
    return { kind: 'class', set };
  }
  cursor.index += 1;
  return { kind: 'character', set: singleChar(character.charCodeAt(0)) };
}
