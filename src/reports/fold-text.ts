import { FOLDED_CHARACTERS, LATIN_TWINS } from './fold-text.table.js';

/** A text with its tricks undone, and the way back: offsets of `text` to offsets of the text as it was. */
export interface FoldedText {
  readonly text: string;
  /** Offset in the original of the character at `index`. */
  startOf(index: number): number;
  /** End, exclusive, in the original of what ends at `index`, exclusive. */
  endOf(index: number): number;
}

/**
 * Undoes what hides words from a reader of bytes: full-width letters become plain ones, invisible characters (zero-width,
 * soft hyphen, marks of direction) vanish, the many dashes, spaces and quotes become one of each.
 *
 * @param options `twins`: also turn letters that look Latin (Cyrillic "а", Greek "Ο") into Latin ones, in words that mix
 * alphabets or hold digits. Not for host names, where such a letter is another name.
 * @returns the text itself where nothing is to be done.
 */
export function foldText(
  text: string,
  { twins = false }: { readonly twins?: boolean } = {},
): FoldedText {
  const folder = new TextFolder(text);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) folder.fold(at, foldUnit(unit));
  }
  const folded = folder.finish();
  return twins ? { ...folded, text: withoutTwins(folded.text) } : folded;
}

/** Collects what changes; everything between is taken as it is. */
class TextFolder {
  readonly #text: string;
  readonly #pieces: string[] = [];
  /** Where characters vanished: place in the folded text, and how many had vanished by then. */
  readonly #gaps: number[] = [];
  #taken = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fold(at: number, folded: number): void {
    if (folded === this.#text.charCodeAt(at)) return;
    this.#pieces.push(this.#text.slice(this.#taken, at));
    if (folded === 0) this.#gaps.push(at - this.#gaps.length);
    else this.#pieces.push(String.fromCharCode(folded));
    this.#taken = at + 1;
  }

  finish(): FoldedText {
    const gaps = this.#gaps;
    if (this.#taken === 0) return { text: this.#text, startOf: same, endOf: same };
    const text = this.#pieces.join('') + this.#text.slice(this.#taken);
    if (gaps.length === 0) return { text, startOf: same, endOf: same };
    return {
      text,
      startOf: (index) => index + gapsUntil(gaps, index),
      // The end follows the last character kept, so that invisible ones after it stay outside.
      endOf: (index) => (index === 0 ? 0 : index + gapsUntil(gaps, index - 1)),
    };
  }
}

const same = (index: number): number => index;

/** How many gaps lie at or before a place of the folded text; `gaps` is in order. */
function gapsUntil(gaps: readonly number[], index: number): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((gaps[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 0 for a character that vanishes. */
function foldUnit(unit: number): number {
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0;
  return FOLDED_CHARACTERS.get(unit) ?? unit;
}

const WORD_WITH_TWIN = /[A-Za-z0-9\u0370-\u03ff\u0400-\u04ff]+/g;

/** Same length: a twin is one character as its Latin letter is. */
function withoutTwins(text: string): string {
  if (!/[\u0370-\u03ff\u0400-\u04ff]/.test(text)) return text;
  return text.replace(WORD_WITH_TWIN, (word) => {
    if (!/[A-Za-z0-9]/.test(word)) return word;
    const latin = Array.from(word, (letter) => LATIN_TWINS.get(letter) ?? letter).join('');
    return /^[A-Za-z0-9]+$/.test(latin) ? latin : word;
  });
}
