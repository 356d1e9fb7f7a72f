/** A piece of text with its defanging undone, and the way back. */
export interface Refanged {
  readonly text: string;
  /** Offset in the piece of the character at `index`; `index` may be the length. */
  startOf(index: number): number;
  /** End, exclusive, in the piece of what ends at `index`, exclusive. */
  endOf(index: number): number;
  /** Whether something between the two places of `text` was defanged. */
  isDefanged(start: number, end: number): boolean;
}

interface Rule {
  readonly pattern: RegExp;
  readonly to: string;
}

// Sticky: tried at their first character only. Each is a fixed handful of characters long, so that all is linear.
const OPEN = '[\\[({]';
const CLOSE = '[\\])}]';
const RULES: readonly Rule[] = [
  { pattern: new RegExp(` ?${OPEN} ?(?:\\.|d[o0]t|punkt) ?${CLOSE} ?`, 'iy'), to: '.' },
  { pattern: new RegExp(` ?${OPEN} ?(?:@|at) ?${CLOSE} ?`, 'iy'), to: '@' },
  { pattern: new RegExp(`${OPEN}://${CLOSE}`, 'y'), to: '://' },
  { pattern: new RegExp(`${OPEN}:/${CLOSE}/`, 'y'), to: '://' },
  { pattern: new RegExp(`${OPEN}:${CLOSE}`, 'y'), to: ':' },
  { pattern: new RegExp(`${OPEN}//${CLOSE}`, 'y'), to: '//' },
  { pattern: new RegExp(`${OPEN}/${CLOSE}`, 'y'), to: '/' },
  // Half a pair, as a lost bracket leaves it: `www[.example.com`, `1.2.3.]4`.
  { pattern: /[[({]\.(?=[A-Za-z0-9\u00a1-\uffff])/y, to: '.' },
  { pattern: /\.[\])}](?=[A-Za-z0-9\u00a1-\uffff])/y, to: '.' },
  { pattern: /\\\.(?=[A-Za-z0-9\u00a1-\uffff])/y, to: '.' },
  { pattern: / (?:dot|DOT) /y, to: '.' },
];
const STARTS = new Set(Array.from('[({.\\ ', (character) => character.charCodeAt(0)));

const SCHEMES: readonly Rule[] = [
  { pattern: /(?:h(?:xx|XX|\*\*|__|tx|xt|tt)p|meow|hxxx)s?(?=[:[({]|s?[[({])/iy, to: 'http' },
  { pattern: /fxp(?=s?[:[({])/iy, to: 'ftp' },
];
const SCHEME_STARTS = new Set(Array.from('hHmMfF', (character) => character.charCodeAt(0)));
const AFTER_SCHEME =
  /(?:[[({]s[\])}])?(?:[[({]:[\])}]|:)(?:\\\\|[[({]\/\/[\])}]|\/\/)|[[({]:\/\/[\])}]|[[({]:\/[\])}]\//y;

/**
 * Undoes defanging: `hxxp`, `h**p`, `meow`, `[.]`, `(dot)`, `{.}`, `[:]//`, `[@]`, `[at]`, `[/]`, `\.`, `:\\` after a scheme,
 * and half pairs of brackets. What stands for one character becomes that one, so that every place leads back.
 *
 * @param piece without invisible and full-width characters; spaces only where a separate ` dot ` or ` [.] ` is to be read.
 */
export function refang(piece: string): Refanged {
  if (!TRICKS.test(piece)) return asItIs(piece);
  const [units, places, ends, defanged]: [string[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
  ];
  for (let at = 0; at < piece.length; ) {
    const found = ruleAt(piece, at);
    const [to, end] = [found?.to ?? piece.charAt(at), at + (found?.length ?? 1)];
    if (found !== undefined && piece.slice(at, end) !== to) defanged.push(units.length);
    for (let index = 0; index < to.length; index += 1) {
      units.push(to.charAt(index));
      places.push(Math.min(at + index, end - 1));
      // The last character of a replacement ends where what it replaces does.
      ends.push(index === to.length - 1 ? end : Math.min(at + index + 1, end));
    }
    at = end;
  }
  places.push(piece.length);
  return {
    text: units.join(''),
    startOf: (index) => places[index] ?? piece.length,
    endOf: (index) => (index === 0 ? 0 : (ends[index - 1] ?? piece.length)),
    isDefanged: (start, end) => defanged.some((one) => one >= start && one < end),
  };
}

/** What most pieces have none of, so that they are taken as they are. */
const TRICKS = /[[({\\ ]|\.[\])}]|h(?:xx|\*\*|__|tx|xt)p|hxxx|meow|fxp/i;

function asItIs(text: string): Refanged {
  return { text, startOf: (index) => index, endOf: (index) => index, isDefanged: () => false };
}

interface Replacement {
  readonly to: string;
  readonly length: number;
}

function ruleAt(piece: string, at: number): Replacement | undefined {
  const unit = piece.charCodeAt(at);
  if (SCHEME_STARTS.has(unit)) return schemeAt(piece, at);
  if (!STARTS.has(unit)) return undefined;
  for (const { pattern, to } of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(piece);
    if (match !== null) return { to, length: match[0].length };
  }
  return undefined;
}

function schemeAt(piece: string, at: number): Replacement | undefined {
  if (at > 0 && /[A-Za-z0-9]/.test(piece.charAt(at - 1))) return undefined;
  for (const { pattern, to } of SCHEMES) {
    pattern.lastIndex = at;
    const match = pattern.exec(piece);
    if (match === null) continue;
    AFTER_SCHEME.lastIndex = at + match[0].length;
    const after = AFTER_SCHEME.exec(piece);
    if (after === null) continue;
    const isSecure = /s$/i.test(match[0]) || /^[[({]s/.test(after[0]);
    return { to: `${to}${isSecure ? 's' : ''}://`, length: match[0].length + after[0].length };
  }
  return undefined;
}
