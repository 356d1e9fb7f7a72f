/** `*`, `?`, and the place of a dash that `windash` put there. */
export type PatternToken = string | { readonly kind: 'any' | 'one' | 'dash' };

/** A text with wildcards: literal pieces between special places. No two literals or `any` are neighbours. */
export type SigmaPattern = readonly PatternToken[];

export const ANY: PatternToken = { kind: 'any' };
export const ONE: PatternToken = { kind: 'one' };
export const DASH: PatternToken = { kind: 'dash' };

// Source: Sigma specification 2.1, modifiers appendix, "windash".
export const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;

/**
 * Reads the wildcards and escapes of a Sigma value: `\*`, `\?` and `\\` are plain; a backslash before
 * anything else is itself.
 */
export function parsePattern(text: string): SigmaPattern {
  const tokens: PatternToken[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const next = text.charAt(index + 1);
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      tokens.push(next);
      index += 1;
    } else if (character === '*') tokens.push(ANY);
    else tokens.push(character === '?' ? ONE : character);
  }
  return joinPattern(tokens);
}

/** Joins neighbouring literals and drops repeated `*`. */
export function joinPattern(tokens: Iterable<PatternToken>): SigmaPattern {
  const joined: PatternToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token === '') continue;
    if (typeof token === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + token;
    else if (token !== ANY || last !== ANY) joined.push(token);
  }
  return joined;
}

// Source: pySigma, which replaces `\B[-/]\b`: a dash that a word follows and none precedes.
const DASH_BEFORE_WORD = /(?<![\p{L}\p{N}_])[-/](?=[\p{L}\p{N}_])/gu;

/** Puts a `dash` place wherever a `-` or `/` starts a word, each on its own. */
export function withDashes(pattern: SigmaPattern): SigmaPattern {
  return joinPattern(
    pattern.flatMap((token) => (typeof token === 'string' ? splitAtDashes(token) : [token])),
  );
}

function splitAtDashes(literal: string): PatternToken[] {
  const pieces = literal.split(DASH_BEFORE_WORD);
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [DASH, piece]));
}

/** The literal text, when nothing in the pattern is special. */
export function literalOf(pattern: SigmaPattern): string | undefined {
  if (pattern.length === 0) return '';
  const [first] = pattern;
  return pattern.length === 1 && typeof first === 'string' ? first : undefined;
}

/**
 * Every literal that a pattern of literals and dashes stands for.
 *
 * @returns undefined when there are wildcards, or more than four dashes (625 literals).
 */
export function literalsOf(pattern: SigmaPattern): readonly string[] | undefined {
  let literals: string[] = [''];
  for (const token of pattern) {
    if (token === ANY || token === ONE || literals.length > 125) return undefined;
    const endings = typeof token === 'string' ? [token] : DASHES;
    literals = literals.flatMap((start) => endings.map((ending) => start + ending));
  }
  return literals;
}
