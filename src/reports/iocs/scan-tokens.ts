/** What stands in a token, as bits of its mask. */
export const TOKEN = {
  dot: 1,
  at: 2,
  colon: 4,
  backslash: 8,
  slash: 16,
  bracket: 32,
  digit: 64,
  dash: 128,
  /** Twenty or more letters and digits in a row: hashes, keys, wallets. */
  longRun: 256,
  other: 512,
} as const;

const SEPARATOR = 1_024;
const ALNUM = 2_048;
const LIST = 4_096;
const LETTER = 8_192;
/** Bits that a mask is made of. */
const SIGNS = 1_023;
const LONG_RUN = 20;

const CLASSES = classesOfCharacters();

function classesOfCharacters(): Uint16Array {
  const classes = new Uint16Array(128).fill(TOKEN.other);
  classes.fill(SEPARATOR, 0, 33);
  const mark = (characters: string, bits: number): void => {
    for (const character of characters) classes[character.charCodeAt(0)] = bits;
  };
  mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', ALNUM | LETTER);
  mark('0123456789', ALNUM | TOKEN.digit);
  mark('"\'<>|`\u007f', SEPARATOR);
  mark(',;', LIST);
  mark('.', TOKEN.dot);
  mark('@', TOKEN.at);
  mark(':', TOKEN.colon);
  mark('\\', TOKEN.backslash);
  mark('/', TOKEN.slash);
  mark('[](){}', TOKEN.bracket);
  mark('-_', TOKEN.dash);
  return classes;
}

/** Told of every token: where it stands, what stands in it, and a hash of the letters that it starts with. */
export type TokenVisitor = (start: number, end: number, token: TokenSigns) => void;

/** Changed from token to token: read it at once. */
export interface TokenSigns {
  mask: number;
  /** Of its leading letters in small letters: `leadHash`. */
  hash: number;
}

/** The hash that `scanTokens` gives to a token that starts with `letters`, in small letters. */
export function leadHash(letters: string): number {
  let hash = 0;
  for (let at = 0; at < letters.length; at += 1)
    hash = (Math.imul(hash, 33) + letters.charCodeAt(at)) | 0;
  return hash;
}

/**
 * Cuts a text at spaces, quotes, angle brackets, bars, and at the commas of lists (but not of links), and tells of every piece
 * what it holds. One pass, no memory: what makes extraction fast is that most words of a text hold nothing.
 */
export function scanTokens(text: string, visit: TokenVisitor): void {
  const signs: TokenSigns = { mask: 0, hash: 0 };
  const length = text.length;
  let [start, mask, hash, run, lead] = [0, 0, 0, 0, LETTER];
  for (let at = 0; at <= length; at += 1) {
    const bits = bitsAt(text, at);
    if (isCut(text, at, { bits, mask })) {
      signs.mask = mask;
      signs.hash = hash;
      if (at > start) visit(start, at, signs);
      [start, mask, hash, run, lead] = [at + 1, 0, 0, 0, LETTER];
      continue;
    }
    run = (bits & ALNUM) === 0 ? 0 : run + 1;
    mask |= (bits & SIGNS) | (run === LONG_RUN ? TOKEN.longRun : 0);
    lead &= bits;
    hash = lead === 0 ? hash : (Math.imul(hash, 33) + (text.charCodeAt(at) | 32)) | 0;
  }
}

/** Past the end stands a separator. */
function bitsAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 128) return CLASSES[unit] ?? 0;
  return at < text.length ? 0 : SEPARATOR;
}

interface Cut {
  readonly bits: number;
  readonly mask: number;
}

function isCut(text: string, at: number, { bits, mask }: Cut): boolean {
  if ((bits & (SEPARATOR | LIST)) === 0) return false;
  return (bits & SEPARATOR) !== 0 || endsAtComma(text, at, mask);
}

/** A comma within a link is a part of it, unless a space or another link follows. */
function endsAtComma(text: string, at: number, mask: number): boolean {
  if ((mask & (TOKEN.slash | TOKEN.colon)) !== (TOKEN.slash | TOKEN.colon)) return true;
  const next = text.charCodeAt(at + 1) | 32;
  return next <= 34 || next === 104;
}
