/** An `<Event>` element cut out of a text, or why there is none. */
export type XmlPiece =
  | { readonly kind: 'event'; readonly text: string; readonly line: number }
  | { readonly kind: 'damaged'; readonly message: string; readonly line: number }
  | { readonly kind: 'too-large'; readonly line: number };

const START = /<Event(?=[\s>])/g;
const END = '</Event>';
// Longest text that may be the start of a tag cut in two.
const TAIL_CHARS = 12;
const STRAY_CHARS = 200;
// What evtxexport writes around the events.
const BANNER = /evtxexport \d{8}|No (?:recovered )?(?:event )?records to export\.?/g;

/**
 * Cuts Windows events out of XML as it arrives: one, a list, or several in a row. Keeps at most one event in memory;
 * one that is damaged does not touch the next.
 */
export class XmlEventSplitter {
  readonly #maxChars: number;
  #text = '';
  #state: 'outside' | 'inside' | 'skipping' = 'outside';
  #scanFrom = 0;
  /** Line of the first character of `#text`. */
  #line = 1;
  #stray = '';
  #strayLine = 0;

  constructor(options: { readonly maxChars: number }) {
    this.#maxChars = options.maxChars;
  }

  /** Takes the next text; the pieces that end in it, in order. */
  push(text: string): XmlPiece[] {
    this.#text += text;
    const pieces: XmlPiece[] = [];
    while (this.#step(pieces));
    return pieces;
  }

  /** Ends the text. */
  end(): XmlPiece[] {
    const pieces: XmlPiece[] = [];
    if (this.#state === 'inside')
      pieces.push({ kind: 'damaged', message: 'the event does not end', line: this.#line });
    else if (this.#state === 'outside') {
      this.#drop(this.#text.length);
      this.#reportStray(pieces);
    }
    this.#text = '';
    return pieces;
  }

  /** Whether something was found and there may be more. */
  #step(pieces: XmlPiece[]): boolean {
    if (this.#state === 'outside') return this.#findStart(pieces);
    const end = this.#text.indexOf(END, this.#scanFrom);
    // The event's own start is at 0 while it is inside.
    const next = this.#indexOfStart(Math.max(this.#scanFrom, this.#state === 'inside' ? 1 : 0));
    if (next !== -1 && (end === -1 || next < end)) {
      this.#cutShort(pieces, next);
      return true;
    }
    if (end !== -1) {
      this.#finish(pieces, end + END.length);
      return true;
    }
    this.#scanFrom = Math.max(0, this.#text.length - TAIL_CHARS);
    if (this.#state === 'inside' && this.#text.length > this.#maxChars) {
      pieces.push({ kind: 'too-large', line: this.#line });
      this.#state = 'skipping';
    }
    if (this.#state === 'skipping') this.#forget(this.#scanFrom);
    return false;
  }

  #findStart(pieces: XmlPiece[]): boolean {
    const start = this.#indexOfStart(0);
    if (start === -1) {
      this.#drop(Math.max(0, this.#text.length - TAIL_CHARS));
      return false;
    }
    this.#drop(start);
    this.#reportStray(pieces);
    this.#state = 'inside';
    this.#scanFrom = 0;
    return true;
  }

  #cutShort(pieces: XmlPiece[], next: number): void {
    if (this.#state === 'inside')
      pieces.push({ kind: 'damaged', message: 'another event starts in it', line: this.#line });
    this.#forget(next);
    this.#state = 'inside';
    this.#scanFrom = 0;
  }

  #finish(pieces: XmlPiece[], end: number): void {
    if (this.#state === 'inside') {
      const line = this.#line;
      if (end > this.#maxChars) pieces.push({ kind: 'too-large', line });
      else pieces.push({ kind: 'event', text: this.#text.slice(0, end), line });
    }
    this.#forget(end);
    this.#state = 'outside';
  }

  #indexOfStart(from: number): number {
    START.lastIndex = from;
    return START.exec(this.#text)?.index ?? -1;
  }

  /** Passes over text between events; what is no mark-up is kept for a report. */
  #drop(count: number): void {
    if (count === 0) return;
    const room = STRAY_CHARS - this.#stray.length;
    if (room > 0) {
      const found = this.#text.slice(0, Math.min(count, 10_000));
      const start = found.search(/\S/);
      if (this.#stray !== '') this.#stray += found.slice(0, room);
      else if (start >= 0) {
        this.#strayLine = this.#line + (found.slice(0, start).split('\n').length - 1);
        this.#stray = found.slice(start, start + room);
      }
    }
    this.#forget(count);
  }

  #forget(count: number): void {
    let newline = this.#text.indexOf('\n');
    while (newline !== -1 && newline < count) {
      this.#line += 1;
      newline = this.#text.indexOf('\n', newline + 1);
    }
    this.#text = this.#text.slice(count);
    this.#scanFrom = 0;
  }

  #reportStray(pieces: XmlPiece[]): void {
    const other = this.#stray
      .replace(/<[^<>]*>/g, '')
      .replace(BANNER, '')
      .trim();
    if (other !== '') {
      const message = `expected an event, found ${JSON.stringify(other.slice(0, 40))}`;
      pieces.push({ kind: 'damaged', message, line: this.#strayLine });
    }
    this.#stray = '';
  }
}
