import type { XmlElement, XmlFrame, XmlNode } from './xml-node.js';

/** How a value is read from a record: from one slot, from the template's own text, or from several of both. */
export interface ValueRef {
  /** Counted from the record's first slot; -1 when the value is not just one slot. */
  readonly slot: number;
  /** The value when no slot is in it; empty otherwise. */
  readonly text: string;
  /** Text and slots (counted from the record's first) in order, when there are several. */
  readonly parts: readonly ValuePart[];
  /** Slots that must not be null for the value to be there. */
  readonly dependencies: readonly number[];
}

export type ValuePart = string | number;

/** A field of the event's own part: `EventData`, `UserData` and what else stands beside `System`. */
export interface PayloadField {
  readonly name: string;
  /** More than one when the name occurs several times. */
  readonly refs: readonly ValueRef[];
}

/** Paths below `System` (`Provider`, `Provider/@Name`) and their values. */
export type SystemRefs = ReadonlyMap<string, ValueRef>;

/** The fields of an event's own part. */
export interface PayloadShape {
  readonly fields: readonly PayloadField[];
  /** Name → place in `fields`. */
  readonly places: ReadonlyMap<string, number>;
  /** Whether a name comes from a slot, so that the shape fits one record only. */
  readonly isOfOneRecord: boolean;
}

/** Where all fields of an event are: the same for all events made of the same templates. */
export interface EventShape {
  /** The whole event. */
  readonly frame: XmlFrame;
  readonly system: SystemRefs;
  readonly payload: PayloadShape;
}

export interface ShapeOptions {
  /** Reads a name that is made of slots. */
  readonly textOf: (parts: readonly ValuePart[]) => string;
  /** The header's values when they are known already; undefined: look for them. */
  readonly system: SystemRefs | undefined;
  /** The event's own part when it is known already; undefined: look for it. */
  readonly payload: PayloadShape | undefined;
}

/** Finds the fields in an event's XML. */
export function shapeEvent(frame: XmlFrame, { textOf, system, payload }: ShapeOptions): EventShape {
  if (system !== undefined && payload !== undefined) return { frame, system, payload };
  const header = new SystemCollector();
  const fields = new FieldCollector(textOf);
  const top: Found = { frame, dependencies: NO_DEPENDENCIES };
  const event = elementsIn(frame.nodes, top).find(({ element }) => element.name === 'Event');
  // A fragment that is only the inside of an event is read as that.
  const parts = event === undefined ? elementsIn(frame.nodes, top) : childrenOf(event);
  for (const part of parts) {
    if (part.element.name !== 'System') {
      if (payload === undefined) fields.addPart(part);
    } else if (system === undefined) header.add(part);
  }
  return { frame, system: system ?? header.refs, payload: payload ?? fields.finish() };
}

/**
 * Finds the fields in a fragment that is all that stands beside `System`.
 *
 * @param dependencies slots that the event itself depends on.
 */
export function shapePayload(
  frame: XmlFrame,
  dependencies: readonly number[],
  textOf: (parts: readonly ValuePart[]) => string,
): PayloadShape {
  const fields = new FieldCollector(textOf);
  for (const part of elementsIn(frame.nodes, { frame, dependencies })) fields.addPart(part);
  return fields.finish();
}

interface Found {
  readonly frame: XmlFrame;
  /** Slots, counted from the record's first, that must not be null. */
  readonly dependencies: readonly number[];
}

interface FoundElement extends Found {
  readonly element: XmlElement;
}

/** The elements among nodes, also those in the fragments that stand in their slots. */
function elementsIn(nodes: readonly XmlNode[], place: Found): readonly FoundElement[] {
  const found: FoundElement[] = [];
  addElements(nodes, place, found);
  return found;
}

function addElements(
  nodes: readonly XmlNode[],
  { frame, dependencies }: Found,
  into: FoundElement[],
): void {
  for (const node of nodes) {
    if (node.kind === 'element') {
      const { dependency } = node;
      const inner = dependency < 0 ? dependencies : [...dependencies, frame.base + dependency];
      into.push({ element: node, frame, dependencies: inner });
      continue;
    }
    const nested = nestedFrame(node, frame);
    if (nested !== undefined) addElements(nested.nodes, { frame: nested, dependencies }, into);
  }
}

function nestedFrame(node: XmlNode, frame: XmlFrame): XmlFrame | undefined {
  if (node.kind === 'slot') return frame.nested.get(node.index);
  return node.kind === 'instance' ? node.frame : undefined;
}

function childrenOf(found: FoundElement): readonly FoundElement[] {
  return elementsIn(found.element.content, found);
}

function isLeaf({ element, frame }: FoundElement): boolean {
  return element.content.every(
    (node) => node.kind !== 'element' && nestedFrame(node, frame) === undefined,
  );
}

// As in other formats; what is longer is cut.
const MAX_NAME_LENGTH = 1_000;

class SystemCollector {
  readonly refs = new Map<string, ValueRef>();

  add(system: FoundElement): void {
    for (const found of childrenOf(system)) {
      const { name, attributes, content } = found.element;
      this.refs.set(name, valueRef(content, found));
      for (const attribute of attributes)
        this.refs.set(`${name}/@${attribute.name}`, valueRef(attribute.content, found));
    }
  }
}

class FieldCollector {
  readonly #payload: { readonly name: string; readonly refs: ValueRef[] }[] = [];
  readonly #places = new Map<string, number>();
  readonly #textOf: (parts: readonly ValuePart[]) => string;
  #isOfOneRecord = false;

  constructor(textOf: (parts: readonly ValuePart[]) => string) {
    this.#textOf = textOf;
  }

  finish(): PayloadShape {
    return { fields: this.#payload, places: this.#places, isOfOneRecord: this.#isOfOneRecord };
  }

  /** A part of the event beside `System`. */
  addPart(part: FoundElement): void {
    const { name } = part.element;
    if (name === 'EventData') this.#addChildren(part, '');
    else if (name === 'UserData') this.#addUserData(part);
    else this.#addChildren(part, `${name}.`);
  }

  /** One element, named as the provider likes, around the fields. */
  #addUserData(userData: FoundElement): void {
    for (const wrapper of childrenOf(userData)) {
      if (!isLeaf(wrapper)) this.#addChildren(wrapper, '');
      else if (wrapper.element.content.length > 0) this.#addLeaf(wrapper.element.name, wrapper);
    }
  }

  /** @param prefix of the names of the fields. */
  #addChildren(parent: FoundElement, prefix: string): void {
    for (const found of childrenOf(parent)) {
      const name = `${prefix}${this.#fieldName(found)}`.slice(0, MAX_NAME_LENGTH);
      for (const attribute of found.element.attributes)
        if (!isNaming(attribute.name))
          this.#add(`${name}.@${attribute.name}`, valueRef(attribute.content, found));
      if (isLeaf(found)) this.#addLeaf(name, found);
      else this.#addChildren(found, `${name}.`);
    }
  }

  /** `Data` is named by its attribute; where it has none, it is one of a list. */
  #fieldName(found: FoundElement): string {
    const { name, attributes } = found.element;
    if (name !== 'Data' && name !== 'ComplexData') return name;
    const attribute = attributes.find((item) => item.name === 'Name');
    if (attribute === undefined) return name;
    const ref = valueRef(attribute.content, found);
    if (ref.slot < 0 && ref.parts.length === 0) return ref.text || name;
    this.#isOfOneRecord = true;
    return this.#textOf(ref.slot < 0 ? ref.parts : [ref.slot]) || name;
  }

  #addLeaf(name: string, found: FoundElement): void {
    this.#add(name, valueRef(found.element.content, found));
  }

  #add(name: string, ref: ValueRef): void {
    const place = this.#places.get(name);
    if (place !== undefined) this.#payload[place]?.refs.push(ref);
    else {
      this.#places.set(name, this.#payload.length);
      this.#payload.push({ name, refs: [ref] });
    }
  }
}

function isNaming(attribute: string): boolean {
  return attribute === 'Name' || attribute === 'xmlns' || attribute.startsWith('xmlns:');
}

const NO_PARTS: readonly ValuePart[] = [];
const NO_DEPENDENCIES: readonly number[] = [];

function valueRef(content: readonly XmlNode[], { frame, dependencies }: Found): ValueRef {
  if (content.length === 0) return { slot: -1, text: '', parts: NO_PARTS, dependencies };
  const first = content[0];
  if (content.length === 1 && first?.kind === 'slot')
    return slotRef(frame.base + first.index, dependencies);
  if (content.length === 1 && first?.kind === 'text')
    return { slot: -1, text: first.text, parts: NO_PARTS, dependencies };
  const parts = content.flatMap((node): readonly ValuePart[] => {
    if (node.kind === 'text') return [node.text];
    return node.kind === 'slot' ? [frame.base + node.index] : [];
  });
  if (parts.some((part) => typeof part === 'number'))
    return { slot: -1, text: '', parts, dependencies };
  return { slot: -1, text: parts.join(''), parts: NO_PARTS, dependencies };
}

// Most values of headers depend on nothing or on their own slot: those of all headers are the same few.
const SHARED_REFS = 64;
const FREE_REFS = Array.from({ length: SHARED_REFS }, (_, slot) => newRef(slot, NO_DEPENDENCIES));
const OWN_REFS = Array.from({ length: SHARED_REFS }, (_, slot) => newRef(slot, [slot]));

function slotRef(slot: number, dependencies: readonly number[]): ValueRef {
  if (dependencies.length === 0) return FREE_REFS[slot] ?? newRef(slot, dependencies);
  const isOwn = dependencies.length === 1 && dependencies[0] === slot;
  return (isOwn ? OWN_REFS[slot] : undefined) ?? newRef(slot, dependencies);
}

function newRef(slot: number, dependencies: readonly number[]): ValueRef {
  return { slot, text: '', parts: NO_PARTS, dependencies };
}
