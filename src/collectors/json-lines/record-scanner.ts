import { SchemaNode } from './record-schema.js';

/** What stands at a member of an object. */
export const VALUE = {
  /** ASCII, with escapes of one character at most. */
  plainText: 0,
  /** Text with `\u` escapes or beyond ASCII. */
  text: 1,
  number: 2,
  true: 3,
  false: 4,
  null: 5,
  /** List of plain texts, with its brackets. */
  list: 6,
} as const;

/** Words a member takes in `RecordScanner.places`: kind, start, end. Texts are given without their quotes. */
export const PLACE_WORDS = 3;

const MAX_MEMBERS = 400;
const MAX_NAME_BYTES = 200;
// Places of some hundred objects.
const BLOCK_WORDS = 48 * 1024;
// Logs have some hundred forms; beyond that they are made up.
const MAX_NODES = 50_000;

const CODE = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  backslash: 0x5c,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  openBracket: 0x5b,
  closeBracket: 0x5d,
} as const;

/** By byte of a string: 0 stands for itself, 1 ends it or is not allowed, 2 starts an escape, 3 is beyond ASCII. */
const IN_TEXT = new Uint8Array(256).fill(3, 128).fill(1, 0, 32);
IN_TEXT[CODE.quote] = 1;
IN_TEXT[CODE.backslash] = 2;
const ESCAPES = new Uint8Array(256);
for (const letter of '"\\/bfnrt') ESCAPES[letter.charCodeAt(0)] = 1;
const UNICODE_ESCAPE = 0x75;

/**
 * Finds the members of flat JSON objects without reading their values. Takes less than JSON: what it refuses may well be
 * JSON and has to be read in full.
 */
export class RecordScanner {
  /** Holds the members of the last object, from `offset` on; see PLACE_WORDS. What was written stays as it is. */
  places = new Int32Array(BLOCK_WORDS);
  offset = 0;
  /** Whether the last object is ASCII without `\u` escapes. */
  isPlain = true;
  /**
   * Whether texts of ASCII, in any case, stand in the bytes of the last object as they are, but for the characters that JSON
   * or its writers like to escape.
   */
  isSearchable = true;
  readonly #root = new SchemaNode(undefined, new Uint8Array(0), undefined);
  #nodes = 0;
  #used = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /**
   * Reads one object.
   *
   * @returns the node of its names; undefined when it is not a flat object, or not one that is simple to read.
   */
  scan(bytes: Uint8Array, start: number, end: number): SchemaNode | undefined {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.isPlain = true;
    this.isSearchable = true;
    if (bytes[start] !== CODE.openBrace) return undefined;
    this.#at += 1;
    if (this.#used + MAX_MEMBERS * PLACE_WORDS > BLOCK_WORDS) {
      this.places = new Int32Array(BLOCK_WORDS);
      this.#used = 0;
    }
    this.offset = this.#used;
    return this.#scanMembers();
  }

  #scanMembers(): SchemaNode | undefined {
    let node = this.#root;
    const last = this.offset + MAX_MEMBERS * PLACE_WORDS;
    for (let place = this.offset; place < last; place += PLACE_WORDS) {
      const next = this.#scanName(node);
      if (next === undefined || !this.#scanValue(place)) return undefined;
      // A list under another name may be one of records.
      if (this.places[place] === VALUE.list && next.name !== 'tags') return undefined;
      node = next;
      const after = this.#skipBlanks();
      this.#at += 1;
      if (after === CODE.comma) continue;
      if (after !== CODE.closeBrace || this.#skipBlanks() !== -1) return undefined;
      this.#used = place + PLACE_WORDS;
      return node;
    }
    return undefined;
  }

  /** The next byte that is no blank; -1 at the end. */
  #skipBlanks(): number {
    const bytes = this.#bytes;
    for (; this.#at < this.#end; this.#at += 1) {
      const code = bytes[this.#at] ?? 0;
      if (code > 0x20) return code;
      if (code !== 0x20 && code !== 0x09 && code !== 0x0d && code !== 0x0a) return code;
    }
    return -1;
  }

  #scanName(node: SchemaNode): SchemaNode | undefined {
    if (this.#skipBlanks() !== CODE.quote) return undefined;
    const start = this.#at + 1;
    const { likely } = node;
    const next =
      likely !== undefined && this.#isNameAt(likely.nameBytes, start)
        ? likely
        : this.#findName(node, start);
    if (next === undefined) return undefined;
    node.likely = next;
    this.#at = start + next.nameBytes.length + 1;
    if (this.#skipBlanks() !== CODE.colon) return undefined;
    this.#at += 1;
    return next;
  }

  #isNameAt(name: Uint8Array, start: number): boolean {
    const bytes = this.#bytes;
    const { length } = name;
    if (bytes[start + length] !== CODE.quote) return false;
    for (let index = 0; index < length; index += 1)
      if (bytes[start + index] !== name[index]) return false;
    return start + length < this.#end;
  }

  #findName(node: SchemaNode, start: number): SchemaNode | undefined {
    for (const child of node.firstChildren)
      if (this.#isNameAt(child.nameBytes, start)) return child;
    return this.#readName(node, start);
  }

  #readName(node: SchemaNode, start: number): SchemaNode | undefined {
    const end = this.#bytes.indexOf(CODE.quote, start);
    if (end < 0 || end >= this.#end || end - start > MAX_NAME_BYTES) return undefined;
    const nameBytes = this.#bytes.slice(start, end);
    if (!nameBytes.every((code) => IN_TEXT[code] === 0)) return undefined;
    const name = String.fromCharCode(...nameBytes);
    // Objects order such names, and this one they take for something else.
    if (/^\d+$/.test(name) || name === '__proto__') return undefined;
    const known = node.childNamed(name);
    if (known !== undefined) return known;
    // A name twice: JSON.parse keeps the last. Too many forms: made to fill memory.
    if (this.#nodes >= MAX_NODES || node.names().includes(name)) return undefined;
    this.#nodes += 1;
    return node.addChild(name, nameBytes);
  }

  #scanValue(place: number): boolean {
    const code = this.#skipBlanks();
    if (code === CODE.quote) return this.#scanText(place);
    const start = this.#at;
    let kind: number;
    if (code === 0x74) kind = this.#scanWord('true', VALUE.true);
    else if (code === 0x66) kind = this.#scanWord('false', VALUE.false);
    else if (code === CODE.openBracket) kind = this.#scanList(place);
    else if (code === 0x6e) kind = this.#scanWord('null', VALUE.null);
    else kind = this.#scanNumber(code);
    return this.#place(place, kind, start);
  }

  #place(place: number, kind: number, start: number): boolean {
    this.places[place] = kind;
    this.places[place + 1] = start;
    this.places[place + 2] = this.#at;
    return kind >= 0;
  }

  #scanText(place: number): boolean {
    const start = this.#at + 1;
    const plainEnd = this.#skipPlain(start);
    let kind: number = VALUE.plainText;
    let end = plainEnd;
    while (this.#isOddCharacter(end)) {
      kind = VALUE.text;
      end = this.#skipPlain(end + 1);
    }
    if (end >= this.#end || this.#bytes[end] !== CODE.quote) return false;
    if (kind === VALUE.text) this.isPlain = false;
    this.#at = end;
    this.#place(place, kind, start);
    this.#at = end + 1;
    return true;
  }

  /** The first byte that is no plain character and no escape of one character. */
  #skipPlain(from: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    for (let index = from; index < end; index += 1) {
      const code = bytes[index] ?? 0;
      if (code > 0x5c ? code < 0x80 : code !== 0x5c && code !== 0x22 && code >= 0x20) continue;
      if (code !== 0x5c || ESCAPES[bytes[index + 1] ?? 0] !== 1) return index;
      index += 1;
    }
    return end;
  }

  /** A byte beyond ASCII or the start of a `\u` escape. */
  #isOddCharacter(at: number): boolean {
    if (at >= this.#end) return false;
    const meaning = IN_TEXT[this.#bytes[at] ?? 0];
    if (meaning === 3) {
      if (isAsciiInLowerCase(this.#bytes, at)) this.isSearchable = false;
      return true;
    }
    return meaning === 2 && this.#isUnicodeEscape(at);
  }

  #scanList(place: number): number {
    this.#at += 1;
    if (this.#skipBlanks() === CODE.closeBracket) {
      this.#at += 1;
      return VALUE.list;
    }
    for (;;) {
      if (this.#skipBlanks() !== CODE.quote || !this.#scanText(place)) return -1;
      if (this.places[place] !== VALUE.plainText) return -1;
      const after = this.#skipBlanks();
      this.#at += 1;
      if (after === CODE.closeBracket) return VALUE.list;
      if (after !== CODE.comma) return -1;
    }
  }

  #isUnicodeEscape(at: number): boolean {
    if (this.#bytes[at + 1] !== UNICODE_ESCAPE) return false;
    for (let index = at + 2; index < at + 6; index += 1)
      if (!isHexDigit(this.#bytes[index] ?? 0)) return false;
    const code = Number.parseInt(String.fromCharCode(...this.#bytes.subarray(at + 2, at + 6)), 16);
    if (!isOftenEscaped(code)) this.isSearchable = false;
    return true;
  }

  #scanWord(word: string, kind: number): number {
    for (let index = 0; index < word.length; index += 1)
      if (this.#bytes[this.#at + index] !== word.charCodeAt(index)) return -1;
    this.#at += word.length;
    return kind;
  }

  /** Whole numbers, which is nearly all; others are left to the full reader. */
  #scanNumber(first: number): number {
    const bytes = this.#bytes;
    let index = this.#at + (first === 0x2d ? 1 : 0);
    const start = index;
    while (index < this.#end && isDigit(bytes[index] ?? 0)) index += 1;
    if (index === start || (bytes[start] === 0x30 && index > start + 1)) return -1;
    const after = bytes[index];
    if (after === 0x2e || after === 0x45 || after === 0x65) return -1;
    this.#at = index;
    return VALUE.number;
  }
}

// İ (U+0130) and the Kelvin sign (U+212A) have ASCII in their lower case, and no other characters.
function isAsciiInLowerCase(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === 0xc4) return bytes[at + 1] === 0xb0;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x84 && bytes[at + 2] === 0xaa;
}

/** Control characters, what .NET, Java and Go escape so that JSON may stand in HTML, and what is no ASCII. */
function isOftenEscaped(code: number): boolean {
  if (code < 0x20) return true;
  if (code > 0x7e) return code !== 0x130 && code !== 0x212a;
  return `"\\/<>&'=+\``.includes(String.fromCharCode(code));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}
