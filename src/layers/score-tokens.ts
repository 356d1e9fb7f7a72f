/** A word of a score expression; `column` is 1-based. */
export type ScoreToken =
  | { readonly kind: 'number'; readonly value: number; readonly column: number }
  | { readonly kind: 'name'; readonly name: string; readonly column: number }
  | { readonly kind: 'sign'; readonly sign: string; readonly column: number }
  | { readonly kind: 'end'; readonly column: number };

/** Something in a score expression that cannot be read. */
export interface ScoreSyntaxError {
  readonly message: string;
  /** 1-based. */
  readonly column: number;
}

// Sticky, so that each match starts where the last one ended and no text is copied.
const SPACE = /\s*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const NAME = /[a-z_][a-z0-9_]*/iy;
const SIGN = /&&|\|\||[<>=!]=|[-+*/%^()<>!?:,]/y;

// Words that mean the same as a sign.
const SIGN_OF_WORD: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['xor', 'xor'],
  ['not', '!'],
  ['mod', '%'],
]);

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readToken(text: string, at: number): { token: ScoreToken; length: number } | undefined {
  const column = at + 1;
  const number = matchAt(NUMBER, text, at);
  if (number !== undefined) {
    return { token: { kind: 'number', value: Number(number), column }, length: number.length };
  }
  const word = matchAt(NAME, text, at);
  if (word !== undefined) {
    const name = word.toLowerCase();
    const sign = SIGN_OF_WORD.get(name);
    const token: ScoreToken =
      sign === undefined ? { kind: 'name', name, column } : { kind: 'sign', sign, column };
    return { token, length: word.length };
  }
  const sign = matchAt(SIGN, text, at);
  return sign === undefined
    ? undefined
    : { token: { kind: 'sign', sign, column }, length: sign.length };
}

/** Splits a score expression into words; the last one is `end`. Names are lower case. */
export function tokenizeScore(text: string): readonly ScoreToken[] | ScoreSyntaxError {
  const tokens: ScoreToken[] = [];
  let at = 0;
  for (;;) {
    at += matchAt(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) break;
    const read = readToken(text, at);
    if (read === undefined) {
      const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const seen = /[\p{C}\p{Z}]/u.test(found) ? 'an invisible character' : `"${found}"`;
      return { message: `expected a number, layer or operator, found ${seen}`, column: at + 1 };
    }
    tokens.push(read.token);
    at += read.length;
  }
  tokens.push({ kind: 'end', column: text.length + 1 });
  return tokens;
}
