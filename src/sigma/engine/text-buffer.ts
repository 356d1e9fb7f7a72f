import { fold } from '../event-view.js';
import { BEFORE, END, type TextClasses } from './text-classes.js';

// By the letter after a backslash in JSON: the character that it stands for.
const UNESCAPED = new Uint8Array(256).map((_, code) => code);
for (const [letter, character] of Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13 }))
  UNESCAPED[letter.charCodeAt(0)] = character;

/** A text as classes: `classes[1..length]`, with BEFORE and END around it, so that walks need no bounds. */
export class TextBuffer {
  classes = new Uint16Array(4_098);
  length = 0;
  readonly #ofCode: Uint16Array;

  constructor({ ofCode }: TextClasses) {
    this.#ofCode = ofCode;
  }

  load(text: string): void {
    let length = text.length;
    this.reserve(length);
    const { classes } = this;
    const ofCode = this.#ofCode;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        length = this.#loadFolded(fold(text));
        break;
      }
      classes[index + 1] = ofCode[code] ?? 0;
    }
    this.close(length);
  }

  /**
   * Loads the text of a JSON string, given without its quotes: ASCII, escapes of one character at most.
   */
  loadJson(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { classes } = this;
    const ofCode = this.#ofCode;
    let length = 0;
    for (let index = start; index < end; index += 1) {
      let code = bytes[index] ?? 0;
      if (code === 0x5c) {
        index += 1;
        code = UNESCAPED[bytes[index] ?? 0] ?? 0;
      }
      length += 1;
      classes[length] = ofCode[code] ?? 0;
    }
    this.close(length);
  }

  /**
   * Loads UTF-16LE, `end - start` even.
   *
   * @returns false when it is not ASCII: it has to be folded as a text then.
   */
  loadUtf16(bytes: Uint8Array, start: number, end: number): boolean {
    const length = (end - start) >> 1;
    this.reserve(length);
    const { classes } = this;
    const ofCode = this.#ofCode;
    let beyond = 0;
    for (let index = 0, at = start; index < length; index += 1, at += 2) {
      const code = bytes[at] ?? 0;
      beyond |= (code & 0x80) | (bytes[at + 1] ?? 0);
      classes[index + 1] = ofCode[code] ?? 0;
    }
    this.close(length);
    return beyond === 0;
  }

  /** Makes room for a text of `length`. */
  reserve(length: number): void {
    // One more than needed, for those who look ahead.
    if (length + 3 > this.classes.length) this.classes = new Uint16Array(length * 2 + 3);
  }

  /** Says how long the text is that stands in `classes`. */
  close(length: number): void {
    this.length = length;
    this.classes[0] = BEFORE;
    this.classes[length + 1] = END;
  }

  /** Lower case may be longer than the text. */
  #loadFolded(text: string): number {
    this.reserve(text.length);
    const { classes } = this;
    for (let index = 0; index < text.length; index += 1)
      classes[index + 1] = this.#ofCode[text.charCodeAt(index)] ?? 0;
    return text.length;
  }
}
