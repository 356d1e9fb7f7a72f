import type { XmlElement, XmlNode } from './xml-node.js';

/** How the nodes of a template become nodes of a record. */
export interface NodeShift {
  /** Added to the number of each slot. */
  readonly by: number;
  /** What stands in a slot (as the template numbers it) instead of a value; undefined for a value. */
  readonly nested: (slot: number) => readonly XmlNode[] | undefined;
}

/** A template's nodes with the slots of the record that uses it, and the fragments in those slots put in. */
export function shiftNodes(nodes: readonly XmlNode[], shift: NodeShift): readonly XmlNode[] {
  return nodes.flatMap((node): readonly XmlNode[] => {
    if (node.kind === 'slot')
      return shift.nested(node.index) ?? [{ ...node, index: node.index + shift.by }];
    return [node.kind === 'element' ? shiftElement(node, shift) : node];
  });
}

function shiftElement(element: XmlElement, shift: NodeShift): XmlElement {
  return {
    kind: 'element',
    name: element.name,
    dependency: element.dependency < 0 ? -1 : element.dependency + shift.by,
    // An attribute holds no elements, whatever the record puts there.
    attributes: element.attributes.map(({ name, content }) => ({
      name,
      content: shiftNodes(content, { by: shift.by, nested: () => undefined }),
    })),
    content: shiftNodes(element.content, shift),
  };
}
