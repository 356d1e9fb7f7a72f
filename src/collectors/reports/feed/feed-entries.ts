import type { XmlSink } from '../xml/parse-xml.js';

/** An entry of a feed. */
export interface FeedEntry {
  readonly title: string | undefined;
  /** As the feed writes it. */
  readonly date: string | undefined;
  /** The fullest text that the entry has. */
  readonly content: string;
  /** Whether the content is HTML. */
  readonly isMarkup: boolean;
}

/** Fields of entries, the fullest content and the most telling date first. Source: RSS 2.0; RFC 4287. */
const CONTENT = ['encoded', 'content', 'description', 'summary'];
const DATES = ['published', 'pubDate', 'issued', 'date', 'updated', 'modified'];
const FIELDS = new Set([...CONTENT, ...DATES, 'title']);
const MAX_FIELD_LENGTH = 8 * 1024 * 1024;

interface Field {
  readonly name: string;
  readonly isMarkup: boolean;
  readonly parts: string[];
  length: number;
  /** Elements open within it: XHTML of Atom. */
  depth: number;
}

/**
 * A sink that tells of each entry of a feed as it ends.
 *
 * @param onEntry returns false when it wants no more.
 */
export function createEntryReader(onEntry: (entry: FeedEntry) => boolean): {
  readonly sink: XmlSink;
  isFull(): boolean;
} {
  const reader = new EntryReader(onEntry);
  return { sink: reader, isFull: () => reader.isFull };
}

class EntryReader implements XmlSink {
  isFull = false;
  readonly #onEntry: (entry: FeedEntry) => boolean;
  #fields: Map<string, Field> | undefined;
  #open: Field | undefined;
  #depth = 0;

  constructor(onEntry: (entry: FeedEntry) => boolean) {
    this.#onEntry = onEntry;
  }

  open(name: string, attributes: ReadonlyMap<string, string>, prefix: string): void {
    if (this.#open !== undefined) this.#addTag(name, this.#open);
    else if (name === 'item' || name === 'entry') {
      this.#fields ??= new Map();
      this.#depth = 0;
    } else if (this.#fields !== undefined) {
      this.#depth += 1;
      // Fields of pictures and of the feed that an entry comes from stand deeper, or have a prefix of their own.
      if (this.#depth === 1 && FIELDS.has(name) && prefix !== 'media' && prefix !== 'itunes') {
        this.#open = { name, isMarkup: isMarkup(name, attributes), parts: [], length: 0, depth: 0 };
      }
    }
  }

  close(name: string): void {
    const open = this.#open;
    if (open !== undefined && open.depth > 0) {
      open.depth -= 1;
      this.#add(open, `</${name}>`);
      return;
    }
    if (open !== undefined) this.#endField(open);
    if (name === 'item' || name === 'entry') this.#endEntry();
    else if (this.#fields !== undefined) this.#depth = Math.max(0, this.#depth - 1);
  }

  text(text: string): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#add(open, open.depth > 0 ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text);
  }

  #addTag(name: string, open: Field): void {
    open.depth += 1;
    this.#add(open, `<${name}>`);
  }

  #add(open: Field, piece: string): void {
    if (open.length > MAX_FIELD_LENGTH) return;
    open.length += piece.length;
    open.parts.push(piece);
  }

  #endField(field: Field): void {
    this.#open = undefined;
    if (this.#fields?.has(field.name) === false) this.#fields.set(field.name, field);
  }

  #endEntry(): void {
    const fields = this.#fields;
    this.#fields = undefined;
    if (fields === undefined || this.isFull) return;
    const text = (name: string): string | undefined => fields.get(name)?.parts.join('');
    const name = CONTENT.find((field) => (text(field) ?? '').trim() !== '');
    const entry: FeedEntry = {
      title: text('title'),
      date: DATES.map(text).find((date) => date !== undefined),
      content: name === undefined ? '' : (text(name) ?? ''),
      isMarkup: name !== undefined && fields.get(name)?.isMarkup === true,
    };
    if (!this.#onEntry(entry)) this.isFull = true;
  }
}

/** RSS takes HTML in its content; Atom says so. */
function isMarkup(name: string, attributes: ReadonlyMap<string, string>): boolean {
  const type = attributes.get('type');
  if (name === 'encoded' || name === 'description') return true;
  return type === 'html' || type === 'xhtml' || type === 'text/html';
}
