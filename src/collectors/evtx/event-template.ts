import type { EventShape, SystemRefs } from './event-shape.js';
import type { XmlNode } from './xml-node.js';

/** The XML of a sort of events, with slots for what differs. Compiled once, shared by chunks and files. */
export interface EventTemplate {
  readonly nodes: readonly XmlNode[];
  /** Slots that the template mentions: its highest plus one. */
  readonly slotCount: number;
  /** How often each slot occurs, for those that do more than once. */
  readonly repeats: ReadonlyMap<number, number>;
  /** Nodes and attributes: what one use of it costs at most. */
  readonly weight: number;
  /** Why only a part of the definition is there; undefined when it is whole. */
  readonly fault: string | undefined;
  /** Shapes of the events seen of it; filled as they come, and emptied when there are too many. */
  readonly shapes: ShapeRow[];
  /** The header's values when this is the outermost template; undefined until they are looked for. */
  system: SystemRefs | undefined;
}

/** Shape of an event that is this template, with another one or none in one of its slots. */
export interface ShapeRow {
  /** Slots that the record gave the outer template. */
  readonly slotCount: number;
  /** Slot that holds the inner template; -1 when there is none. */
  readonly innerSlot: number;
  readonly inner: EventTemplate | undefined;
  readonly shape: EventShape;
}
