/** Nodes, and what their slots mean in one record. The nodes are those of a template, shared by all who use it. */
export interface XmlFrame {
  readonly nodes: readonly XmlNode[];
  /** Of the slots: added to the number of each, it counts from the record's first. */
  readonly base: number;
  /** What stands in a slot (as the nodes number it) instead of a value. */
  readonly nested: ReadonlyMap<number, XmlFrame>;
}

/** A piece of an event's XML. Slots are numbered from the first of their template. */
export type XmlNode = XmlElement | XmlText | XmlSlot | XmlInstance | XmlInstruction;

export interface XmlElement {
  readonly kind: 'element';
  /** As the log has it; no valid XML name in a hostile one. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly content: readonly XmlNode[];
  /** Slot that must not be null for the element to be shown; -1 for none. Source: MS-EVEN6, "DependencyID". */
  readonly dependency: number;
}

export interface XmlAttribute {
  readonly name: string;
  readonly content: readonly XmlNode[];
}

/** Characters, not escaped. */
export interface XmlText {
  readonly kind: 'text';
  readonly text: string;
}

/** A place that a value of the record fills. */
export interface XmlSlot {
  readonly kind: 'slot';
  readonly index: number;
  /** An attribute of an optional slot that is null is left out. */
  readonly isOptional: boolean;
}

/** A processing instruction. */
export interface XmlInstruction {
  readonly kind: 'instruction';
  readonly target: string;
  readonly text: string;
}

/** A template in use, within a fragment. */
export interface XmlInstance {
  readonly kind: 'instance';
  readonly frame: XmlFrame;
}
