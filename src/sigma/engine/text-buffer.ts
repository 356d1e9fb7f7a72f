import { fold } from '../event-view.js';
import { BEFORE, END, type TextClasses } from './text-classes.js';

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

  /** Makes room for a text of `length`. */
  reserve(length: number): void {
    if (length + 2 > this.classes.length) this.classes = new Uint16Array(length * 2 + 2);
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
