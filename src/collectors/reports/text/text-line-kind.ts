/** What a line of plain text looks like by itself. */
export type TextLineKind =
  | 'empty'
  | 'underline'
  | 'rule'
  | 'bullet'
  | 'cells'
  | 'token'
  | 'title'
  | 'words';

/** A bullet or number and the white space after it. `*` needs the space: `*.exe` is a name. */
const BULLET =
  /^(?:[-*+•●○◦▪■□▶►‣⁃·–—»✓✔➢➤]|o(?= {2,})|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)/iu;
const UNDERLINE = /^(?:=+|-+|~+|\^+|#+|\*+)$/;
const RULE = /^[-=_*~#+|. ]{3,}$/;
const CELLS = /\S\t+ *\S|\S {3,}\S.* {3,}\S/;
const PIPES = /^\|.*\|$|\S \| \S.* \| \S/;
const MAX_TITLE_LENGTH = 90;
const MAX_TITLE_WORDS = 12;
const MAX_BULLET_LENGTH = 20;

/** Length of the bullet or number that a line starts with, white space included; 0 when it has none. */
export function bulletLength(line: string): number {
  return BULLET.exec(line.slice(0, MAX_BULLET_LENGTH))?.[0].length ?? 0;
}

/** @param line without white space at its ends. */
export function textLineKind(line: string): TextLineKind {
  if (line === '') return 'empty';
  if (line.length >= 3 && UNDERLINE.test(line)) return 'underline';
  if (RULE.test(line)) return 'rule';
  if (isShouted(line) || isNumberedTitle(line)) return 'title';
  if (bulletLength(line) > 0) return 'bullet';
  if (line.length < 2_000 && (CELLS.test(line) || PIPES.test(line))) return 'cells';
  return /\s/.test(line) ? 'words' : 'token';
}

/** `EXECUTIVE SUMMARY`, `2. IOCS`; no hash, path, id or host name. */
function isShouted(line: string): boolean {
  if (line.length < 4 || line.length > MAX_TITLE_LENGTH || /[a-z.,;]$|[\\/@=]|\d{5}/.test(line)) {
    return false;
  }
  const letters = line.replace(/[^\p{L}]/gu, '');
  if (letters.length < 4 || letters !== letters.toUpperCase()) return false;
  return (
    letters.length >= line.replace(/\s/g, '').length * 0.7 && letters !== letters.toLowerCase()
  );
}

/** `1. Introduction`, `2.3 Initial Access`: a chapter number and few words in which each long one is capitalised. */
function isNumberedTitle(line: string): boolean {
  if (line.length > MAX_TITLE_LENGTH) return false;
  const number = /^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\p{Lu})/u.exec(line);
  return number !== null && isTitleCase(line.slice(number[0].length));
}

/** Few words, no sentence: `Initial Access and Persistence`. */
export function isTitleCase(line: string): boolean {
  if (line.length > MAX_TITLE_LENGTH || /[.,;!?]$/.test(line) || !/^[\p{Lu}\d"“]/u.test(line)) {
    return false;
  }
  const words = line.split(/\s+/);
  if (words.length > MAX_TITLE_WORDS) return false;
  const long = words.filter((word) => word.length > 3 && /^\p{L}/u.test(word));
  return long.length > 0 && long.every((word) => /^\p{Lu}/u.test(word));
}

/** May stand alone as a heading above text: short, begins with a capital, and does not end as a sentence does. */
export function mayBeHeading(line: string): boolean {
  if (line.length > MAX_TITLE_LENGTH || line.length < 3 || /[.,;!?]$/.test(line)) return false;
  if (!/^[\p{Lu}\d"“]/u.test(line) || /[\\/@=<>{}]|https?:|\[\.\]/.test(line)) return false;
  return line.split(/\s+/).length <= MAX_TITLE_WORDS && /\p{Ll}{2}/u.test(line);
}
