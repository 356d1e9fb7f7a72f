import { decodeUtf16 } from './decode-utf16.js';
import { readUint16, readUint32 } from './little-endian.js';
import { type NameTable, nameBytes } from './name-table.js';
import { readValue } from './read-value.js';
import { ELEMENT_BYTES, TOKEN, VALUE_TYPE } from './value-types.table.js';
import type { XmlElement, XmlFrame, XmlNode, XmlSlot } from './xml-node.js';

// Windows' own schema is 6 deep; what is deeper is no event.
const MAX_DEPTH = 64;
const MAX_NODES = 20_000;
/** Highest slot that a template may use, plus one; real ones have fewer than 300. */
const MAX_SLOTS = 4_096;
const MORE = 0x40;

/** What to parse. */
export interface BinXmlSource {
  readonly names: NameTable;
  readonly start: number;
  readonly end: number;
  /**
   * Reads the template instance at an offset, up to `end`; undefined where none may stand: within a definition.
   *
   * @returns the instance and the offset behind it, or what is wrong.
   */
  readonly readInstance:
    | ((start: number, end: number) => { readonly frame: XmlFrame; readonly end: number } | string)
    | undefined;
}

interface OpenElement extends XmlElement {
  readonly attributes: { readonly name: string; readonly content: XmlNode[] }[];
  readonly content: XmlNode[];
}

/**
 * Reads the tokens of one fragment to a tree. What is damaged ends it, with the parts before in the tree.
 *
 * Source: MS-EVEN6, "BinXml"; libevtx, EVTX format documentation, "Binary XML".
 */
export class BinXmlParser {
  readonly nodes: XmlNode[] = [];
  /** What is wrong, and where in the chunk; undefined while nothing is. */
  fault: string | undefined;
  /** Offset behind what was read. */
  position: number;
  /** Slots mentioned: the highest plus one. */
  slotCount = 0;
  /** How often each slot occurs, for those that do more than once. */
  readonly repeats = new Map<number, number>();
  /** Nodes and attributes read. */
  weight = 0;
  /** Offsets of the places that refer to a name by its offset in the chunk. */
  readonly nameRefs: number[] = [];
  readonly #bytes: Uint8Array;
  readonly #source: BinXmlSource;
  readonly #slots = new Set<number>();
  #isEnded = false;

  constructor(source: BinXmlSource) {
    this.#source = source;
    this.#bytes = source.names.bytes;
    this.position = source.start;
  }

  parse(): this {
    this.#parseContent(this.nodes, 0);
    return this;
  }

  /** Reads nodes up to the end of the element or fragment that they are in. */
  #parseContent(into: XmlNode[], depth: number): undefined {
    while (this.fault === undefined && !this.#isEnded) {
      if (this.position >= this.#source.end) {
        if (depth > 0) this.#fail('the fragment ends within an element');
        return;
      }
      const token = (this.#bytes[this.position] ?? 0) & ~MORE;
      if (token === TOKEN.endElement && depth > 0) {
        this.position += 1;
        return;
      }
      if (token === TOKEN.endOfFragment) return this.#endFragment(depth);
      this.#parseNode(into, token, depth);
    }
  }

  #endFragment(depth: number): undefined {
    this.#isEnded = true;
    if (depth > 0) this.#fail('the fragment ends within an element');
    else this.position += 1;
  }

  #parseNode(into: XmlNode[], token: number, depth: number): undefined {
    this.weight += 1;
    if (this.weight > MAX_NODES) return this.#fail(`more than ${MAX_NODES} parts`);
    switch (token) {
      case TOKEN.openStartElement:
        return this.#parseElement(into, depth);
      case TOKEN.value:
        return this.#parseValue(into);
      case TOKEN.cdata:
        this.position += 1;
        return this.#pushText(into, this.#readCounted());
      case TOKEN.charRef:
        return this.#parseCharRef(into);
      case TOKEN.entityRef:
        return this.#parseEntity(into);
      case TOKEN.piTarget:
        return this.#parseInstruction(into);
      case TOKEN.normalSubstitution:
      case TOKEN.optionalSubstitution:
        return this.#parseSlot(into, token === TOKEN.optionalSubstitution);
      case TOKEN.templateInstance:
        return this.#parseInstance(into);
      case TOKEN.fragmentHeader:
        this.position += 4;
        return;
      default:
        return this.#fail(`a token 0x${token.toString(16)} where none can be`);
    }
  }

  #parseElement(into: XmlNode[], depth: number): undefined {
    if (depth >= MAX_DEPTH) return this.#fail(`elements nested deeper than ${MAX_DEPTH}`);
    const hasAttributes = ((this.#bytes[this.position] ?? 0) & MORE) !== 0;
    const dependency = this.#readDependency();
    // Past the size of the element: its tokens tell where it ends.
    this.position += 4;
    const name = this.#readName();
    if (name === undefined) return;
    if (hasAttributes) this.position += 4;
    const element: OpenElement = { kind: 'element', name, attributes: [], content: [], dependency };
    into.push(element);
    this.#parseAttributes(element);
    if (this.fault !== undefined) return;
    const token = this.#bytes[this.position];
    this.position += 1;
    if (token === TOKEN.closeStartElement) this.#parseContent(element.content, depth + 1);
    else if (token !== TOKEN.closeEmptyElement) this.#fail('a start tag that does not close');
  }

  /** Only the elements of a definition have one: beside it, there are no slots to depend on. */
  #readDependency(): number {
    this.position += 1;
    if (this.#source.readInstance !== undefined) return -1;
    const dependency = readUint16(this.#bytes, this.position);
    this.position += 2;
    if (dependency === 0xffff) return -1;
    this.#countSlot(dependency);
    return dependency;
  }

  #parseAttributes(element: OpenElement): undefined {
    while (this.fault === undefined && this.#token() === TOKEN.attribute) {
      this.weight += 1;
      this.position += 1;
      const name = this.#readName();
      if (name === undefined) return;
      const content: XmlNode[] = [];
      element.attributes.push({ name, content });
      while (this.fault === undefined && isAttributeContent(this.#token()))
        this.#parseNode(content, this.#token(), MAX_DEPTH);
    }
  }

  /** The token at the position, without its flag; -1 behind the end. */
  #token(): number {
    return this.position < this.#source.end ? (this.#bytes[this.position] ?? 0) & ~MORE : -1;
  }

  /** Reads a name's offset and, when the name stands right behind it, moves past the name. */
  #readName(): string | undefined {
    const offset = readUint32(this.#bytes, this.position);
    if (this.position + 4 > this.#source.end) return this.#fail('the fragment ends within a name');
    this.nameRefs.push(this.position);
    this.position += 4;
    const name = this.#source.names.read(offset);
    if (name === undefined) return this.#fail('a name that is not there');
    if (offset === this.position) this.position += nameBytes(this.#bytes, offset);
    return name;
  }

  #parseValue(into: XmlNode[]): undefined {
    const type = this.#bytes[this.position + 1] ?? 0;
    this.position += 2;
    if (type === VALUE_TYPE.string) return this.#pushText(into, this.#readCounted());
    const size = ELEMENT_BYTES[type];
    if (size === undefined) return this.#fail(`text of type 0x${type.toString(16)}`);
    if (this.position + size > this.#source.end)
      return this.#fail('the fragment ends within a value');
    const value = readValue(this.#bytes, type, (this.position << 16) | size);
    this.position += size;
    this.#pushText(into, String(value));
  }

  /** Reads text behind its count of characters. */
  #readCounted(): string | undefined {
    const start = this.position + 2;
    const end = start + 2 * readUint16(this.#bytes, this.position);
    if (end > this.#source.end) return this.#fail('the fragment ends within a text');
    this.position = end;
    return decodeUtf16(this.#bytes, start, end);
  }

  #pushText(into: XmlNode[], text: string | undefined): undefined {
    if (text !== undefined && text !== '') into.push({ kind: 'text', text });
  }

  #parseCharRef(into: XmlNode[]): undefined {
    const code = readUint16(this.#bytes, this.position + 1);
    this.position += 3;
    this.#pushText(into, String.fromCharCode(code));
  }

  #parseEntity(into: XmlNode[]): undefined {
    this.position += 1;
    const name = this.#readName();
    // An entity that XML does not define stays as it is written.
    if (name !== undefined) this.#pushText(into, ENTITIES.get(name) ?? `&${name};`);
  }

  #parseInstruction(into: XmlNode[]): undefined {
    this.position += 1;
    const target = this.#readName();
    if (target === undefined) return;
    let text: string | undefined = '';
    if (this.#token() === TOKEN.piText) {
      this.position += 1;
      text = this.#readCounted();
    }
    if (text !== undefined) into.push({ kind: 'instruction', target, text });
  }

  #parseSlot(into: XmlNode[], isOptional: boolean): undefined {
    const index = readUint16(this.#bytes, this.position + 1);
    // Past the type: the record says of which type the value is.
    this.position += 4;
    if (this.#source.readInstance !== undefined)
      return this.#fail('a slot outside a template definition');
    if (!this.#countSlot(index)) return;
    if (this.#slots.has(index)) this.repeats.set(index, (this.repeats.get(index) ?? 1) + 1);
    this.#slots.add(index);
    into.push(slotNode(index, isOptional));
  }

  #countSlot(index: number): boolean {
    if (index >= MAX_SLOTS) this.#fail(`a slot beyond ${MAX_SLOTS}`);
    else this.slotCount = Math.max(this.slotCount, index + 1);
    return index < MAX_SLOTS;
  }

  #parseInstance(into: XmlNode[]): undefined {
    const instance = this.#source.readInstance?.(this.position, this.#source.end);
    if (instance === undefined) return this.#fail('a template within a template definition');
    if (typeof instance === 'string') return this.#fail(instance);
    into.push({ kind: 'instance', frame: instance.frame });
    this.position = instance.end;
  }

  #fail(what: string): undefined {
    this.fault ??= `${what}, at ${this.position} of its chunk`;
  }
}

// Most nodes of a template are slots: those of all templates are the same few.
const SHARED_SLOTS = 256;
const SLOTS: readonly XmlSlot[] = Array.from({ length: SHARED_SLOTS }, (_, index) => ({
  kind: 'slot',
  index,
  isOptional: false,
}));
const OPTIONAL_SLOTS: readonly XmlSlot[] = SLOTS.map((slot) => ({ ...slot, isOptional: true }));

function slotNode(index: number, isOptional: boolean): XmlSlot {
  return (isOptional ? OPTIONAL_SLOTS : SLOTS)[index] ?? { kind: 'slot', index, isOptional };
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function isAttributeContent(token: number): boolean {
  return (
    token === TOKEN.value ||
    token === TOKEN.charRef ||
    token === TOKEN.entityRef ||
    token === TOKEN.normalSubstitution ||
    token === TOKEN.optionalSubstitution
  );
}
