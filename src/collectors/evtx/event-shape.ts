import type { XmlAttribute, XmlElement, XmlNode } from './xml-node.js';

/** How a value is read from a record: from one slot, from the template's own text, or from several of both. */
export interface ValueRef {
  /** Counted from the record's first slot; -1 when the value is not just one slot. */
  readonly slot: number;
  /** The value, when no slot is in it. */
  readonly text: string | undefined;
  /** Text and slots in order, when there are several. */
  readonly parts: readonly XmlNode[];
  /** Slots that must not be null for the value to be there. */
  readonly dependencies: readonly number[];
}

/** A field of the event's own part: `EventData`, `UserData` and what else stands beside `System`. */
export interface PayloadField {
  readonly name: string;
  /** More than one when the name occurs several times. */
  readonly refs: readonly ValueRef[];
}

/** Where all fields of an event are: the same for all events made of the same templates. */
export interface EventShape {
  /** The whole event; its slots are counted from the record's first. */
  readonly nodes: readonly XmlNode[];
  /** By `Provider`, `Provider/@Name`: the paths below `System`. */
  readonly system: ReadonlyMap<string, ValueRef>;
  readonly payload: readonly PayloadField[];
  /** Name → place in `payload`. */
  readonly places: ReadonlyMap<string, number>;
  /** Whether a name comes from a slot, so that the shape fits one record only. */
  readonly isOfOneRecord: boolean;
}

/**
 * Finds the fields in an event's XML.
 *
 * @param textOf reads a name that is made of slots.
 */
export function shapeEvent(
  nodes: readonly XmlNode[],
  textOf: (parts: readonly XmlNode[]) => string,
): EventShape {
  const collector = new FieldCollector(textOf);
  const event = elementsOf(nodes).find(({ name }) => name === 'Event');
  // A fragment that is only the inside of an event is read as that.
  const top = event === undefined ? nodes : event.content;
  const dependencies = event === undefined ? [] : dependenciesOf(event, []);
  for (const part of elementsOf(top)) {
    const inner = dependenciesOf(part, dependencies);
    if (part.name === 'System') collector.addSystem(part, inner);
    else if (part.name === 'EventData') collector.addChildren(part, { prefix: '', inner });
    else if (part.name === 'UserData') collector.addUserData(part, inner);
    else collector.addChildren(part, { prefix: `${part.name}.`, inner });
  }
  return collector.finish(nodes);
}

function elementsOf(nodes: readonly XmlNode[]): readonly XmlElement[] {
  return nodes.filter((node) => node.kind === 'element');
}

function dependenciesOf(element: XmlElement, outer: readonly number[]): readonly number[] {
  return element.dependency < 0 ? outer : [...outer, element.dependency];
}

interface Place {
  /** Of the names of the fields. */
  readonly prefix: string;
  readonly inner: readonly number[];
}

class FieldCollector {
  readonly #system = new Map<string, ValueRef>();
  readonly #payload: { readonly name: string; readonly refs: ValueRef[] }[] = [];
  readonly #places = new Map<string, number>();
  readonly #textOf: (parts: readonly XmlNode[]) => string;
  #isOfOneRecord = false;

  constructor(textOf: (parts: readonly XmlNode[]) => string) {
    this.#textOf = textOf;
  }

  finish(nodes: readonly XmlNode[]): EventShape {
    return {
      nodes,
      system: this.#system,
      payload: this.#payload,
      places: this.#places,
      isOfOneRecord: this.#isOfOneRecord,
    };
  }

  addSystem(system: XmlElement, dependencies: readonly number[]): void {
    for (const element of elementsOf(system.content)) {
      const inner = dependenciesOf(element, dependencies);
      this.#system.set(element.name, valueRef(element.content, inner));
      for (const { name, content } of element.attributes)
        this.#system.set(`${element.name}/@${name}`, valueRef(content, inner));
    }
  }

  /** One element, named as the provider likes, around the fields. */
  addUserData(userData: XmlElement, dependencies: readonly number[]): void {
    for (const wrapper of elementsOf(userData.content)) {
      const inner = dependenciesOf(wrapper, dependencies);
      if (elementsOf(wrapper.content).length > 0) this.addChildren(wrapper, { prefix: '', inner });
      else if (wrapper.content.length > 0)
        this.#add(wrapper.name, valueRef(wrapper.content, inner));
    }
  }

  addChildren(parent: XmlElement, { prefix, inner: outer }: Place): void {
    for (const element of elementsOf(parent.content)) {
      const inner = dependenciesOf(element, outer);
      const name = `${prefix}${this.#fieldName(element)}`;
      for (const attribute of element.attributes)
        if (!isNaming(attribute))
          this.#add(`${name}.@${attribute.name}`, valueRef(attribute.content, inner));
      if (elementsOf(element.content).length > 0)
        this.addChildren(element, { prefix: `${name}.`, inner });
      else this.#add(name, valueRef(element.content, inner));
    }
  }

  /** `Data` is named by its attribute; where it has none, it is one of a list. */
  #fieldName(element: XmlElement): string {
    if (element.name !== 'Data' && element.name !== 'ComplexData') return element.name;
    const attribute = element.attributes.find(({ name }) => name === 'Name');
    if (attribute === undefined) return element.name;
    const ref = valueRef(attribute.content, []);
    if (ref.text !== undefined) return ref.text;
    this.#isOfOneRecord = true;
    return this.#textOf(attribute.content) || element.name;
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

function isNaming({ name }: XmlAttribute): boolean {
  return name === 'Name' || name === 'xmlns' || name.startsWith('xmlns:');
}

function valueRef(content: readonly XmlNode[], dependencies: readonly number[]): ValueRef {
  const parts = content.filter(({ kind }) => kind === 'text' || kind === 'slot');
  const [first] = parts;
  if (parts.length === 1 && first?.kind === 'slot')
    return { slot: first.index, text: undefined, parts: [], dependencies };
  if (parts.some(({ kind }) => kind === 'slot'))
    return { slot: -1, text: undefined, parts, dependencies };
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return { slot: -1, text, parts: [], dependencies };
}
