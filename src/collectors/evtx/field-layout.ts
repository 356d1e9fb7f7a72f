import type { FieldValue } from '../event.js';
import { addAliases, addNamesWithoutBlanks, SECURITY_4688 } from '../field-aliases.js';
import type { TextSearches } from '../lazy-fields.js';
import type { EventShape, PayloadField, ValueRef } from './event-shape.js';

/** Where the fields of a sort of events are, by all their names. */
export interface FieldLayout {
  /** Name → place. */
  readonly slots: ReadonlyMap<string, number>;
  readonly sources: readonly FieldSource[];
  /** Texts that stand in the templates, which all the events have; undefined when some are joined with values. */
  readonly literals: readonly string[] | undefined;
  /** Whether a search may find something in the literals, as found out before. */
  readonly literalHolds: WeakMap<TextSearches, boolean>;
}

/** Where the values of one field are. */
export interface FieldSource {
  /** Below `System`: such a value is not there when it is empty. */
  readonly isSystem: boolean;
  readonly isEventId: boolean;
  /** More than one when the name occurs several times. */
  readonly refs: readonly ValueRef[];
  /** The only one of them, when it is just a slot. */
  readonly slotRef: ValueRef | undefined;
}

// Sigma's names of what Windows has below System.
const SYSTEM_NAMES: readonly (readonly [name: string, path: string])[] = [
  ['Provider_Name', 'Provider/@Name'],
  ['Provider_Guid', 'Provider/@Guid'],
  ['EventID', 'EventID'],
  ['Channel', 'Channel'],
  ['Computer', 'Computer'],
  ['Security_UserID', 'Security/@UserID'],
  ['Execution_ProcessID', 'Execution/@ProcessID'],
  ['Execution_ThreadID', 'Execution/@ThreadID'],
  ['Level', 'Level'],
  ['Task', 'Task'],
  ['Opcode', 'Opcode'],
  ['Keywords', 'Keywords'],
  ['Version', 'Version'],
  ['EventRecordID', 'EventRecordID'],
];

/** All names of the fields of a shape: the payload's own come first and win. */
export function layoutFields(shape: EventShape, isSecurity4688: boolean): FieldLayout {
  const sources = shape.payload.map(payloadSource);
  const places = new Map<string, FieldValue>(shape.places);
  for (const [name, path] of SYSTEM_NAMES) {
    const ref = shape.system.get(path);
    if (ref === undefined || places.has(name)) continue;
    places.set(name, sources.length);
    sources.push(sourceOf([ref], { isSystem: true, isEventId: path === 'EventID' }));
  }
  addNamesWithoutBlanks(places);
  if (isSecurity4688) addAliases(places, SECURITY_4688);
  return {
    slots: placeMap(places),
    sources,
    literals: literalsOf(sources),
    literalHolds: new WeakMap(),
  };
}

function payloadSource({ refs }: PayloadField): FieldSource {
  return sourceOf(refs, { isSystem: false, isEventId: false });
}

function sourceOf(
  refs: readonly ValueRef[],
  kind: Pick<FieldSource, 'isSystem' | 'isEventId'>,
): FieldSource {
  const [only] = refs;
  return { ...kind, refs, slotRef: refs.length === 1 && isSlot(only) ? only : undefined };
}

function isSlot(ref: ValueRef | undefined): boolean {
  return ref !== undefined && ref.slot >= 0;
}

function literalsOf(sources: readonly FieldSource[]): readonly string[] | undefined {
  const refs = sources.flatMap((source) => source.refs).filter((ref) => !isSlot(ref));
  return refs.some(({ parts }) => parts.length > 0) ? undefined : refs.map(({ text }) => text);
}

function placeMap(places: ReadonlyMap<string, FieldValue>): ReadonlyMap<string, number> {
  return new Map([...places].map(([name, place]) => [name, Number(place)]));
}
