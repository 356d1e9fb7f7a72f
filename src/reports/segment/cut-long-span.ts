/** A stretch of text: UTF-16 offsets, end exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Longest sentence, in UTF-16 units: what is longer is cut. */
export const MAX_SENTENCE_LENGTH = 2_000;
/** The least that a cut leaves before it, so that one comma early on does not make crumbs. */
const MIN_PIECE_LENGTH = 1_000;

/** Where a long sentence may be cut, the best first. */
const CUTS: readonly RegExp[] = [/\n/g, /[;。] */g, /[,，、] +/g, /\s/g];

/**
 * Adds a span, cut into pieces of at most 2,000 units: after a line, a semicolon, a comma or a word, in that order, and
 * only within a word when the word itself is longer, and then never between the halves of a character.
 *
 * @param spans what it is added to.
 */
export function cutLongSpan(text: string, span: TextSpan, spans: TextSpan[]): void {
  let { start } = span;
  while (span.end - start > MAX_SENTENCE_LENGTH) {
    const cut = start + cutOf(text.slice(start, start + MAX_SENTENCE_LENGTH));
    pushTrimmed(text, { start, end: cut }, spans);
    start = cut;
    while (start < span.end && /\s/.test(text.charAt(start))) start += 1;
  }
  pushTrimmed(text, { start, end: span.end }, spans);
}

function cutOf(piece: string): number {
  for (const pattern of CUTS) {
    let last = -1;
    for (const { index, 0: found } of piece.matchAll(pattern)) last = index + found.length;
    if (last >= MIN_PIECE_LENGTH) return last;
  }
  const word = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\t'), piece.lastIndexOf('\n'));
  if (word > 0) return word + 1;
  const last = piece.charCodeAt(piece.length - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return isHalf ? piece.length - 1 : piece.length;
}

function pushTrimmed(text: string, { start, end }: TextSpan, spans: TextSpan[]): void {
  const piece = text.slice(start, end);
  const from = start + (piece.length - piece.trimStart().length);
  const to = end - (piece.length - piece.trimEnd().length);
  if (from < to) spans.push({ start: from, end: to });
}
