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
  const first = firstFoldable(text);
  if (first === -1) return { text, startOf: (index) => index, endOf: (index) => index };
  const folder = new TextFolder(text, first);
  for (let at = first; at < text.length; at += 1) folder.add(text, at);
  const folded = folder.finish();
  return twins ? { ...folded, text: withoutTwins(folded.text) } : folded;
}

function firstFoldable(text: string): number {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return at;
  return -1;
}

/** Characters a string is made of at once: `String.fromCharCode` takes its characters as arguments. */
const PIECE = 8_192;

class TextFolder {
  readonly #units: Uint16Array;
  /** Place in the original of every unit kept. */
  readonly #places: Uint32Array;
  readonly #length: number;
  #count = 0;

  constructor(text: string, first: number) {
    this.#units = new Uint16Array(text.length);
    this.#places = new Uint32Array(text.length + 1);
    this.#length = text.length;
    for (; this.#count < first; this.#count += 1) {
      this.#units[this.#count] = text.charCodeAt(this.#count);
      this.#places[this.#count] = this.#count;
    }
  }

  add(text: string, at: number): void {
    const unit = text.charCodeAt(at);
    const folded = unit > 0x7f ? foldUnit(unit) : unit;
    if (folded === 0) return;
    this.#units[this.#count] = folded;
    this.#places[this.#count] = at;
    this.#count += 1;
  }

  finish(): FoldedText {
    const [count, places] = [this.#count, this.#places];
    places[count] = this.#length;
    const pieces: string[] = [];
    for (let at = 0; at < count; at += PIECE)
      pieces.push(String.fromCharCode(...this.#units.subarray(at, Math.min(at + PIECE, count))));
    return {
      text: pieces.join(''),
      startOf: (index) => places[index] ?? this.#length,
      // The end follows the last character kept, so that invisible ones after it stay outside.
      endOf: (index) => (index === 0 ? 0 : (places[index - 1] ?? this.#length - 1) + 1),
    };
  }
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
