import type { FieldValue, Logsource } from '../event.js';
import { SECURITY_4688 } from '../field-aliases.js';
import { wholeNumber } from '../json-record.js';
import { CHANNEL, ID, NAMES_OF_OTHER_FORMS, PROVIDER } from '../json-windows-flat.js';
import { routeLogsource } from '../route-logsource.js';
import type { FieldsLayout } from './json-line-fields.js';
import type { SchemaNode } from './record-schema.js';

/** Names that other forms than Windows events with all fields on one level may have, and those of wrappers around records. */
const OTHER_FORMS: ReadonlySet<string> = new Set([
  ...NAMES_OF_OTHER_FORMS,
  ...`Event System winlog eventSource MESSAGE _source result event _raw detail message @message CloudTrailEvent AuditData
   document log data jsonPayload body event.original`.split(/\s+/),
]);

/** What follows from the names of a Windows event's members. */
export interface WindowsLineForm {
  readonly names: readonly string[];
  /** Numbers of the members that say which event it is. */
  readonly originSlots: readonly number[];
  /** By raw text of those: what was found out; undefined: not a flat Windows event. */
  readonly origins: Map<string, LineOrigin | undefined>;
  /** The first few origins, and the raw values that they follow from. */
  readonly frequent: { readonly raw: readonly RawValue[]; readonly origin: LineOrigin }[];
}

/** A value as the line has it. */
export interface RawValue {
  /** See VALUE. */
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** What follows from a form and the values of its origin members. */
export interface LineOrigin {
  readonly logsource: Logsource;
  readonly layout: FieldsLayout;
  /** EventID, Channel, Provider_Name where no member has that name; undefined at the place of `Computer`. */
  readonly header: readonly (FieldValue | undefined)[];
}

/** Numbers of header values in a layout's slots. */
export const HEADER = { eventId: 0, channel: 1, computer: 2, provider: 3 } as const;

/** Undefined for objects that are surely not, or not surely, flat Windows events. */
export function windowsLineForm(node: SchemaNode): WindowsLineForm | undefined {
  const names = node.names();
  const has = (wanted: readonly string[]) => wanted.some((name) => names.includes(name));
  const isOther = names.some((name) => OTHER_FORMS.has(name) || name.startsWith('winlog.'));
  if (isOther || !has(ID) || !has([...CHANNEL, ...PROVIDER])) return undefined;
  const originSlots = [...ID, ...CHANNEL, ...PROVIDER]
    .map((name) => names.indexOf(name))
    .filter((slot) => slot >= 0);
  return { names, originSlots, origins: new Map(), frequent: [] };
}

/** Reads which event it is; undefined when the values do not say so, and the object is of another form. */
export function lineOrigin(
  names: readonly string[],
  memberNamed: (name: string) => FieldValue | undefined,
): LineOrigin | undefined {
  const text = (wanted: readonly string[]) => firstTextOf(wanted, memberNamed);
  const eventId = wholeNumber(text(ID));
  const channel = text(CHANNEL);
  const provider = text(PROVIDER);
  if (eventId === undefined || (channel === undefined && provider === undefined)) return undefined;
  const logsource = routeLogsource({ channel, provider, eventId });
  return {
    logsource,
    layout: layoutOf(names, logsource),
    header: [eventId, channel, undefined, provider],
  };
}

/** The first of some members that is a text or number, as text. */
export function firstTextOf(
  names: readonly string[],
  memberNamed: (name: string) => FieldValue | undefined,
): string | undefined {
  for (const name of names) {
    const value = memberNamed(name);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The names that json-windows-flat gives such an event, in its order. */
function layoutOf(names: readonly string[], { services, eventId }: Logsource): FieldsLayout {
  const slots = new Map<string, number>(names.map((name, slot) => [name, slot]));
  const add = (name: string, slot: number | undefined): void => {
    if (slot !== undefined && !slots.has(name)) slots.set(name, slot);
  };
  add('EventID', ~HEADER.eventId);
  add('Channel', ~HEADER.channel);
  add('Computer', ~HEADER.computer);
  add('Provider_Name', ~HEADER.provider);
  for (const [name, slot] of [...slots])
    if (name.includes(' ')) add(name.replaceAll(' ', ''), slot);
  if (services.includes('security') && eventId === 4688)
    for (const [from, to] of SECURITY_4688) add(to, slots.get(from));
  return { slots };
}
