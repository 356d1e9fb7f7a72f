/** Class of what stands before a text; no needle has it. */
export const BEFORE = 0;
/** Class of the end of a text. */
export const END = 1;
/** Class of every character that no needle has. */
const OTHER = 2;
const FIRST = 3;

/**
 * Numbers the characters of needles, which are lower case. ASCII capitals count as their small letters, so that ASCII
 * text needs no folding.
 */
export interface TextClasses {
  /** By UTF-16 code unit; 65,536 entries. */
  readonly ofCode: Uint16Array;
  /** Highest class + 1. */
  readonly count: number;
}

/** The characters of some texts, the most frequent first: what `textClasses` is made from. */
export function charactersOf(texts: Iterable<string>): string {
  const counts = new Map<number, number>();
  for (const text of texts)
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  const codes = [...counts].sort(([a, left], [b, right]) => right - left || a - b);
  return codes.map(([code]) => String.fromCharCode(code)).join('');
}

export function textClasses(characters: string): TextClasses {
  const ofCode = new Uint16Array(65_536).fill(OTHER);
  for (let index = 0; index < characters.length; index += 1)
    ofCode[characters.charCodeAt(index)] = FIRST + index;
  for (let code = 0x41; code <= 0x5a; code += 1) ofCode[code] = ofCode[code + 32] ?? OTHER;
  return { ofCode, count: FIRST + characters.length };
}
