import { fold } from './event-view.js';
import {
  ANY,
  DASH,
  DASHES,
  literalOf,
  type PatternToken,
  type SigmaPattern,
} from './sigma-pattern.js';

/** A test of one text. */
export type TextTest = (text: string) => boolean;

/** One place of a segment: a code unit, or what a `?` or a dash stands for. */
type Place = number | 'one' | 'dash';
type Segment = readonly Place[];

const DASH_CODES = new Set(DASHES.map((dash) => dash.charCodeAt(0)));

/**
 * Compiles a pattern to a test of a whole text.
 *
 * @param options.cased false: the test wants text in lower case and the pattern is folded.
 */
export function compilePattern(
  pattern: SigmaPattern,
  options: { readonly cased: boolean },
): TextTest {
  const tokens = options.cased
    ? pattern
    : pattern.map((token) => (typeof token === 'string' ? fold(token) : token));
  return compilePlain(tokens) ?? compileSegments(tokens);
}

/** The four forms that nearly all values have, without wildcards inside. */
function compilePlain(tokens: SigmaPattern): TextTest | undefined {
  const opens = tokens[0] === ANY;
  const closes = tokens.length > 1 && tokens.at(-1) === ANY;
  const middle = literalOf(tokens.slice(opens ? 1 : 0, closes ? -1 : undefined));
  if (middle === undefined) return undefined;
  if (opens && (closes || middle === '')) return (text) => text.includes(middle);
  if (opens) return (text) => text.endsWith(middle);
  if (closes) return (text) => text.startsWith(middle);
  return (text) => text === middle;
}

/** Splits at `*` and takes each segment at the leftmost place, which is enough: no backtracking. */
function compileSegments(tokens: SigmaPattern): TextTest {
  const segments = segmentsOf(tokens);
  const first = segments[0] ?? [];
  if (segments.length === 1) return (text) => text.length === first.length && fits(first, text, 0);
  const last = segments.at(-1) ?? [];
  const inner = segments.slice(1, -1);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !fits(first, text, 0) || !fits(last, text, end)) return false;
    let from = first.length;
    for (const segment of inner) {
      const found = findSegment(segment, text, { from, end });
      if (found === -1) return false;
      from = found + segment.length;
    }
    return true;
  };
}

function segmentsOf(tokens: SigmaPattern): Segment[] {
  const segments: Place[][] = [[]];
  for (const token of tokens) {
    if (token === ANY) segments.push([]);
    else segments.at(-1)?.push(...placesOf(token));
  }
  return segments;
}

function placesOf(token: PatternToken): Place[] {
  if (typeof token !== 'string') return [token === DASH ? 'dash' : 'one'];
  return Array.from({ length: token.length }, (_, index) => token.charCodeAt(index));
}

function fits(segment: Segment, text: string, from: number): boolean {
  return segment.every((place, index) => {
    if (place === 'one') return true;
    const code = text.charCodeAt(from + index);
    return place === 'dash' ? DASH_CODES.has(code) : code === place;
  });
}

function findSegment(
  segment: Segment,
  text: string,
  { from, end }: { readonly from: number; readonly end: number },
): number {
  for (let at = from; at + segment.length <= end; at += 1) if (fits(segment, text, at)) return at;
  return -1;
}
