/** Words of a document, in lower case, that no line end cuts. */
export type WordSet = ReadonlySet<string>;

const WORD = /[\p{L}]{2,}(?:-[\p{L}]{2,})*/gu;
const MAX_WORDS = 200_000;
const HASH_LENGTHS = new Set([32, 40, 64, 96, 128]);
/** Beginnings that English writes with a hyphen more often than not. */
const HYPHENATED = new Set(
  (
    'self non anti cyber multi co pre re cross well third first second two three four high low long short state zero ex ' +
    'end hard open real full part custom user web host in on off out up down back so all over under built spear water ' +
    'password domain cloud data time day command post semi sub inter intra counter double single half fast large small ' +
    'wide deep near far left right top client server publicly newly previously remotely highly read write dual'
  ).split(' '),
);

/** Collects words, to tell a hyphen that a line end put in from one that belongs to the word. */
export function collectWords(lines: Iterable<{ readonly text: string }>): WordSet {
  const words = new Set<string>();
  for (const { text } of lines) {
    const whole = text.replace(/[\p{L}]+[-\u00ad\u2010]$/u, '').replace(/^\p{Ll}+/u, '');
    for (const [word] of whole.matchAll(WORD)) {
      const lower = word.toLowerCase();
      words.add(lower);
      if (lower.includes('-')) for (const part of lower.split('-')) words.add(part);
    }
    if (words.size > MAX_WORDS) break;
  }
  return words;
}

/** Lines of a paragraph as one, with words that were hyphenated put together where that is sure. */
export function joinWrapped(lines: readonly string[], words: WordSet): string {
  const parts: string[] = [];
  lines.forEach((line, index) => {
    const above = index === 0 ? undefined : lines[index - 1]?.trimEnd();
    if (above === undefined) parts.push(line.trim());
    else {
      const next = line.trim();
      const { dropped, glue } = jointOf(above, next, words);
      if (dropped > 0) parts[parts.length - 1] = (parts.at(-1) ?? '').slice(0, -dropped);
      parts.push(glue, next);
    }
  });
  return parts.join('');
}

interface Joint {
  /** Characters at the end of the line above that go. */
  readonly dropped: 0 | 1;
  readonly glue: '' | ' ';
}

function jointOf(above: string, next: string, words: WordSet): Joint {
  if (isCutToken(above, next)) return { dropped: 0, glue: '' };
  const tail = /([\p{L}]+)([-\u00ad\u2010])$/u.exec(above.slice(-60));
  const [, start = '', hyphen] = tail ?? [];
  const [rest = ''] = /^\p{Ll}[\p{L}]*/u.exec(next.slice(0, 60)) ?? [];
  if (hyphen === undefined) return { dropped: 0, glue: ' ' };
  if (rest === '') return { dropped: 0, glue: /^[\p{Lu}\d]/u.test(next) ? '' : ' ' };
  // A hyphen in a path or name of a file is its own.
  const [token = ''] = /\S+$/.exec(above.slice(-200)) ?? [];
  if (/[/\\._@]|-.*-/.test(token)) return { dropped: 0, glue: '' };
  if (hyphen === '\u00ad') return { dropped: 1, glue: '' };
  return {
    dropped: isHyphenation(start.toLowerCase(), rest.toLowerCase(), words) ? 1 : 0,
    glue: '',
  };
}

/** Whether the hyphen between two parts is the line end's and not the word's. */
function isHyphenation(start: string, rest: string, words: WordSet): boolean {
  if (words.has(`${start}-${rest}`)) return false;
  if (words.has(start + rest)) return true;
  if (HYPHENATED.has(start)) return false;
  return !(words.has(start) && words.has(rest));
}

/** A hash or a URL that a line end cut. */
function isCutToken(above: string, next: string): boolean {
  const [start = ''] = /[\da-fA-F]{8,}$/.exec(above.slice(-130)) ?? [];
  const [rest = ''] = /^[\da-fA-F]{4,}(?![\p{L}\d])/u.exec(next.slice(0, 130)) ?? [];
  if (start !== '' && rest !== '' && HASH_LENGTHS.has(start.length + rest.length)) return true;
  const isLink = /(?:^|\s)h(?:tt|xx)ps?:?\[?:?\]?\/\/\S+$/i.test(above.slice(-300));
  return isLink && (/[/\-_=&?.%]$/.test(above) || /^[/_=&?.%]/.test(next)) && !/\.$/.test(above);
}
