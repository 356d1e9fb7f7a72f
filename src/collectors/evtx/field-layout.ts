import type { FieldValue } from '../event.js';
import { addAliases, addNamesWithoutBlanks, SECURITY_4688 } from '../field-aliases.js';
import type { TextSearches } from '../lazy-fields.js';
import type { EventShape, PayloadShape, SystemRefs, ValueRef } from './event-shape.js';

/** Where the fields of a sort of events are. */
export interface FieldLayout {
  readonly named: NamedPlaces;
  readonly header: FieldSources;
}

/** The names of fields: the same for all events with the same own part. */
export interface NamedPlaces {
  /** Name → place: first the event's own fields, then SYSTEM_NAMES. */
  readonly slots: ReadonlyMap<string, number>;
  readonly own: FieldSources;
}

export interface FieldSources {
  /** By place. */
  readonly sources: readonly (FieldSource | undefined)[];
  /** Texts that stand in the template, which all its events have; undefined when some are joined with values. */
  readonly literals: readonly string[] | undefined;
  /** Whether a search may find something in the literals, as found out before. */
  readonly literalHolds: WeakMap<TextSearches, boolean>;
}

/** Where the values of one field are; several when its name occurs more than once. */
export type FieldSource = ValueRef | readonly ValueRef[];

export function isOneRef(source: FieldSource): source is ValueRef {
  return !Array.isArray(source);
}

/** Place of `EventID` in SYSTEM_NAMES. */
export const EVENT_ID_PLACE = 2;
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

/** Lays out the fields of shapes. What shapes have in common is made once. */
export class FieldLayouts {
  readonly #layouts = new WeakMap<EventShape, FieldLayout>();
  readonly #layouts4688 = new WeakMap<EventShape, FieldLayout>();
  readonly #headers = new WeakMap<SystemRefs, FieldSources>();
  /** By which fields the header has. */
  readonly #named = new WeakMap<PayloadShape, Map<string, NamedPlaces>>();

  /** All names of the fields of a shape: the payload's own come first and win. */
  of(shape: EventShape, isSecurity4688: boolean): FieldLayout {
    const layouts = isSecurity4688 ? this.#layouts4688 : this.#layouts;
    const known = layouts.get(shape);
    if (known !== undefined) return known;
    const header = this.#headerOf(shape.system);
    const layout = { header, named: this.#namedOf(shape.payload, header, isSecurity4688) };
    layouts.set(shape, layout);
    return layout;
  }

  #headerOf(system: SystemRefs): FieldSources {
    const known = this.#headers.get(system);
    if (known !== undefined) return known;
    const header = withLiterals(SYSTEM_NAMES.map(([, path]) => system.get(path)));
    this.#headers.set(system, header);
    return header;
  }

  #namedOf(payload: PayloadShape, { sources }: FieldSources, isSecurity4688: boolean): NamedPlaces {
    let byHeader = this.#named.get(payload);
    if (byHeader === undefined) {
      byHeader = new Map();
      this.#named.set(payload, byHeader);
    }
    let key = isSecurity4688 ? '4688 ' : '';
    for (const source of sources) key += source === undefined ? '0' : '1';
    const known = byHeader.get(key);
    if (known !== undefined) return known;
    const named = namePlaces(payload, sources, isSecurity4688);
    byHeader.set(key, named);
    return named;
  }
}

function namePlaces(
  { fields, places: own }: PayloadShape,
  header: FieldSources['sources'],
  isSecurity4688: boolean,
): NamedPlaces {
  const places = new Map<string, FieldValue>(own);
  for (const [index, [name]] of SYSTEM_NAMES.entries())
    if (header[index] !== undefined && !places.has(name)) places.set(name, fields.length + index);
  addNamesWithoutBlanks(places);
  if (isSecurity4688) addAliases(places, SECURITY_4688);
  const slots = new Map([...places].map(([name, place]) => [name, Number(place)]));
  const sources = fields.map(({ refs }) => (refs.length === 1 ? refs[0] : refs));
  return { slots, own: withLiterals(sources) };
}

function withLiterals(sources: FieldSources['sources']): FieldSources {
  let literals: string[] | undefined = [];
  for (const source of sources) {
    if (source === undefined) continue;
    for (const { slot, text, parts } of isOneRef(source) ? [source] : source)
      if (parts.length > 0) literals = undefined;
      else if (slot < 0) literals?.push(text);
  }
  return { sources, literals, literalHolds: new WeakMap() };
}
