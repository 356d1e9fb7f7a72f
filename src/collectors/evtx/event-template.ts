import type { EventShape, PayloadShape, SystemRefs } from './event-shape.js';
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
  /** Whether it may come up again: it is whole, and was not made up. */
  readonly isKept: boolean;
  /** Where the event's own part goes when the template is just a header around it. */
  readonly envelope: Envelope | undefined;
  /** Shapes of the events seen of it; filled as they come, and emptied when there are too many. */
  readonly shapes: ShapeRow[];
  /** The event's own part when the template is that, by where it stood. */
  readonly payloads: PayloadRow[];
  /** The header's values when this is the outermost template; undefined until they are looked for. */
  system: SystemRefs | undefined;
}

/** An `Event` of `System` and one slot. */
export interface Envelope {
  readonly slot: number;
  /** Slots that the event depends on. */
  readonly dependencies: readonly number[];
}

/** Shape of an event that is this template, with another one or none in one of its slots. */
export interface ShapeRow {
  /** Slots that the record gave the outer template. */
  readonly slotCount: number;
  /** Slot that holds the inner template; -1 when there is none. */
  readonly innerSlot: number;
  readonly inner: EventTemplate | undefined;
  readonly shape: EventShape;
  /** Number of the chunk that it was last used in. */
  lastChunk: number;
}

export interface PayloadRow {
  /** The record's slots before those of the template. */
  readonly base: number;
  readonly dependencies: readonly number[];
  readonly payload: PayloadShape;
}

/** The slot of a template that holds the event's own part; undefined when it is not so simple. */
export function envelopeOf(
  nodes: readonly XmlNode[],
  repeats: ReadonlyMap<number, number>,
): Envelope | undefined {
  const event = nodes.find((node) => node.kind === 'element' && node.name === 'Event');
  if (event?.kind !== 'element') return undefined;
  const others = event.content.filter((node) => node.kind !== 'element' || node.name !== 'System');
  const [only] = others;
  if (others.length !== 1 || only?.kind !== 'slot' || repeats.has(only.index)) return undefined;
  return { slot: only.index, dependencies: event.dependency < 0 ? [] : [event.dependency] };
}
