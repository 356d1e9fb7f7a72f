import type { FieldValue } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, wholeNumber } from './json-record.js';
import { finishWindowsEvent } from './json-windows-event.js';
import { parseTime } from './parse-time.js';

// Names that exports give the same thing, the most telling first.
export const ID = ['EventID', 'EventId', 'event_id', 'EventCode'];
export const CHANNEL = ['Channel', 'LogName', 'log_name'];
export const PROVIDER = [
  'Provider_Name',
  'ProviderName',
  'SourceName',
  'Provider',
  'source_name',
  'EventSourceName',
];
export const HOST = [
  'Computer',
  'Hostname',
  'ComputerName',
  'MachineName',
  'computer_name',
  'host',
];
export const TIME = [
  'TimeCreated',
  'SystemTime',
  'TimeGenerated',
  '@timestamp',
  'EventTime',
  'UtcTime',
  'Timestamp',
  'timestamp',
];

/** Members of forms that are told apart from flat events: Hayabusa's, RPC Firewall's, those with the event's fields a level deeper. */
export const NAMES_OF_OTHER_FORMS: readonly string[] = [
  'RuleTitle',
  'InterfaceUuid',
  'EventData',
  'event_data',
  'UserData',
];

/** Windows events with all fields on one level, as NXLog, PowerShell and many SIEM exports write them. */
export const WINDOWS_FLAT: JsonShape = {
  name: 'windows-flat',
  fits: (record) =>
    eventIdOf(record) !== undefined &&
    firstText(record, [...CHANNEL, ...PROVIDER]) !== undefined &&
    !NAMES_OF_OTHER_FORMS.some((name) => Object.hasOwn(record, name)),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    const origin = {
      channel: firstText(record, CHANNEL),
      provider: firstText(record, PROVIDER),
      eventId: eventIdOf(record),
    };
    const host = firstText(record, HOST);
    const names = { EventID: origin.eventId, Channel: origin.channel, Computer: host };
    for (const [name, value] of Object.entries({ ...names, Provider_Name: origin.provider }))
      if (value !== undefined && !fields.has(name)) fields.set(name, value);
    const finished = finishWindowsEvent(fields, origin);
    return { ...finished, time: timeOf(record), host, isComplete };
  },
};

function eventIdOf(record: JsonObject): number | undefined {
  return wholeNumber(firstText(record, ID));
}

function timeOf(record: JsonObject): string | undefined {
  for (const key of TIME) {
    const time = parseTime(record[key]);
    if (time !== undefined) return time;
  }
  return undefined;
}
