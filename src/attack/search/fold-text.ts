/** Letters that Unicode does not take apart into a base letter and a mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
const ASCII_ONLY = /^[\u0000-\u007f]*$/;

/** Lower case, without diacritics, compatibility forms and invisible characters: `Doppelgänging` → `doppelganging`. */
export function foldText(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[øłđðþßæœı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** The words of a folded text: runs of letters and digits. */
export function splitWords(folded: string): readonly string[] {
  // Twice as fast as by Unicode's classes, and nearly all texts are ASCII.
  return folded.match(ASCII_ONLY.test(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

/** A word without the `s` of its plural, so that `account` and `accounts` are one. */
export function stemWord(word: string): string {
  const isPlural = word.length > 3 && word.endsWith('s') && !word.endsWith('ss');
  return isPlural ? word.slice(0, -1) : word;
}
