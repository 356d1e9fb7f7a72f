import type { FieldValue } from '../event.js';
import { addAliases, addNamesWithoutBlanks, SECURITY_4688 } from '../field-aliases.js';
import type { EventShape } from './event-shape.js';
import type { EvtxRecord } from './evtx-record.js';

/** Where the fields of a sort of events are, by all their names. */
export interface FieldLayout {
  /** Name → place. */
  readonly places: ReadonlyMap<string, number>;
  /** By place: a path below `System`, or a place in the shape's payload. */
  readonly sources: readonly (string | number)[];
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
  const sources: (string | number)[] = shape.payload.map((_field, place) => place);
  const places = new Map<string, FieldValue>(shape.places);
  for (const [name, path] of SYSTEM_NAMES) {
    if (places.has(name) || !shape.system.has(path)) continue;
    places.set(name, sources.length);
    sources.push(path);
  }
  addNamesWithoutBlanks(places);
  if (isSecurity4688) addAliases(places, SECURITY_4688);
  return { places: placeMap(places), sources };
}

function placeMap(places: ReadonlyMap<string, FieldValue>): ReadonlyMap<string, number> {
  return new Map([...places].map(([name, place]) => [name, Number(place)]));
}

/**
 * The fields of one record. Each is decoded when it is first asked for; what is never asked for costs nothing. It
 * holds on to the record's chunk (64 KiB).
 */
export class EvtxFields implements ReadonlyMap<string, FieldValue> {
  readonly #record: EvtxRecord;
  readonly #layout: FieldLayout;
  #values: (FieldValue | undefined)[] | undefined;

  constructor(record: EvtxRecord, layout: FieldLayout) {
    this.#record = record;
    this.#layout = layout;
  }

  get size(): number {
    let size = 0;
    for (const place of this.#layout.places.values()) if (this.#at(place) !== undefined) size += 1;
    return size;
  }

  get(name: string): FieldValue | undefined {
    const place = this.#layout.places.get(name);
    return place === undefined ? undefined : this.#at(place);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  *entries(): MapIterator<[string, FieldValue]> {
    for (const [name, place] of this.#layout.places) {
      const value = this.#at(place);
      if (value !== undefined) yield [name, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name, place] of this.#layout.places) if (this.#at(place) !== undefined) yield name;
  }

  *values(): MapIterator<FieldValue> {
    for (const place of this.#layout.places.values()) {
      const value = this.#at(place);
      if (value !== undefined) yield value;
    }
  }

  [Symbol.iterator](): MapIterator<[string, FieldValue]> {
    return this.entries();
  }

  forEach(
    visit: (value: FieldValue, name: string, map: ReadonlyMap<string, FieldValue>) => void,
  ): void {
    for (const [name, place] of this.#layout.places) {
      const value = this.#at(place);
      if (value !== undefined) visit(value, name, this);
    }
  }

  #at(place: number): FieldValue | undefined {
    this.#values ??= new Array<FieldValue | undefined>(this.#layout.sources.length);
    const known = this.#values[place];
    if (known !== undefined) return known;
    const source = this.#layout.sources[place];
    const value =
      typeof source === 'number' ? this.#record.fieldAt(source) : this.#systemValue(source);
    this.#values[place] = value;
    return value;
  }

  #systemValue(path: string | undefined): FieldValue | undefined {
    if (path === undefined) return undefined;
    return path === 'EventID' ? this.#record.eventId : this.#record.systemValue(path);
  }
}
