import type { EventTemplate } from './event-template.js';
import { VALUE_TYPE } from './value-types.table.js';
import type { XmlElement, XmlNode } from './xml-node.js';

/**
 * A template for values whose own is lost: what is nested stays, and the values become unnamed `Data`, so that a
 * search over all values still finds them.
 *
 * @param types of the values.
 * @param isOuter whether it stands for the whole event; otherwise for its payload.
 */
export function standInTemplate(types: Uint8Array, isOuter: boolean): EventTemplate {
  const nested: XmlNode[] = [];
  const values: XmlNode[] = [];
  types.forEach((type, index) => {
    const slot: XmlNode = { kind: 'slot', index, isOptional: true };
    if (type === VALUE_TYPE.binXml) nested.push(slot);
    else if (type !== VALUE_TYPE.null) values.push({ ...DATA, content: [slot], dependency: index });
  });
  const payload: XmlElement = { ...DATA, name: 'EventData', content: values };
  const event: XmlElement = { ...DATA, name: 'Event', content: [...nested, payload] };
  return {
    nodes: [isOuter ? event : payload],
    slotCount: types.length,
    weight: values.length * 2 + nested.length + 2,
    fault: undefined,
    isKept: false,
    envelope: undefined,
    shapes: [],
    payloads: [],
    repeats: new Map(),
    system: undefined,
  };
}

const DATA: XmlElement = {
  kind: 'element',
  name: 'Data',
  attributes: [],
  content: [],
  dependency: -1,
};
