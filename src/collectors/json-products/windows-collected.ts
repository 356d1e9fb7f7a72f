import { isRecord } from '../../model/index.js';
import { timeOf } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { flattenFields } from '../flatten-fields.js';
import { addFields } from '../json-endpoints/endpoint-names.js';
import {
  firstText,
  type JsonObject,
  type JsonShape,
  valueAt,
  wholeNumber,
} from '../json-record.js';
import { finishWindowsEvent } from '../json-windows-event.js';
import { addMessageFields } from '../windows-message/add-message-fields.js';

/** Where a collector puts the parts of a Windows event. */
interface EventPlaces {
  readonly name: string;
  readonly fits: (record: JsonObject) => boolean;
  readonly channel: readonly string[];
  readonly provider: readonly string[];
  readonly eventId: readonly string[];
  readonly computer: readonly string[];
  readonly time: readonly string[];
  /** Members that hold the event's own fields. */
  readonly payload: readonly string[];
}

/** Windows events as OpenTelemetry's `windowseventlog` receiver writes them. */
export const OTEL_WINDOWS: JsonShape = windowsShape({
  name: 'otel-windows',
  fits: (record) => isRecord(record['provider']) && 'channel' in record && 'event_id' in record,
  channel: ['channel'],
  provider: ['provider.name'],
  eventId: ['event_id.id', 'event_id'],
  computer: ['computer'],
  time: ['system_time'],
  payload: ['event_data', 'user_data'],
});

/** Windows events with their own fields below `EventData`: Sentinel's `WindowsEvent` table, Get-WinEvent's exports. */
export const WINDOWS_EVENT_DATA: JsonShape = windowsShape({
  name: 'windows-event-data',
  fits: (record) =>
    (['EventData', 'event_data', 'UserData'].some((name) => name in record) ||
      ('EventLog' in record && 'Source' in record)) &&
    ('EventID' in record || 'EventId' in record || 'Id' in record || 'event_id' in record) &&
    ('Channel' in record || 'LogName' in record || 'EventLog' in record || 'log_name' in record),
  channel: ['Channel', 'LogName', 'EventLog', 'log_name'],
  provider: ['Provider', 'ProviderName', 'Source', 'source_name', 'Provider_Name', 'SourceName'],
  eventId: ['EventID', 'EventId', 'Id', 'event_id'],
  computer: ['Computer', 'MachineName', 'computer_name', 'Hostname'],
  time: ['TimeCreated', 'SystemTime', 'TimeGenerated', '@timestamp', 'EventTime', 'Timestamp'],
  payload: ['EventData', 'event_data', 'UserData'],
});

/** What PowerShell's `Get-WinEvent` makes in JSON: fields that only the rendered message tells are read from that. */
export const GET_WIN_EVENT: JsonShape = {
  name: 'get-win-event',
  fits: (record) => ['Id', 'LogName', 'ProviderName'].every((name) => name in record),
  toEvent: (record) => addMessageFields(GET_WIN_EVENT_HEADER.toEvent(record)),
};

const GET_WIN_EVENT_HEADER = windowsShape({
  name: 'get-win-event-header',
  fits: () => true,
  channel: ['LogName'],
  provider: ['ProviderName'],
  eventId: ['Id'],
  computer: ['MachineName'],
  time: ['TimeCreated'],
  payload: [],
});

function windowsShape(places: EventPlaces): JsonShape {
  return {
    name: places.name,
    fits: places.fits,
    toEvent(record) {
      const fields = new Map<string, FieldValue>();
      for (const key of places.payload) addPayload(valueAt(record, key), fields);
      const origin = {
        channel: firstText(record, places.channel),
        provider: firstText(record, places.provider),
        eventId: wholeNumber(firstText(record, places.eventId)),
      };
      const host = firstText(record, places.computer);
      addFields(fields, {
        Provider_Name: origin.provider,
        Channel: origin.channel,
        EventID: origin.eventId,
        Computer: host,
      });
      const more = new Map<string, FieldValue>();
      const isComplete = flattenFields(record, more, { prefix: '' });
      for (const [name, value] of more) addFields(fields, { [name]: value });
      return {
        ...finishWindowsEvent(fields, origin),
        ...timeOf(record, places.time),
        host,
        isComplete,
      };
    },
  };
}

/** An object of named values, a list of `{"Image": …}`, or the XML of `EventData`. */
function addPayload(payload: unknown, fields: Map<string, FieldValue>): void {
  if (typeof payload === 'string') addXml(payload, fields);
  else if (isRecord(payload)) flattenFields(payload, fields, { prefix: '' });
  else if (Array.isArray(payload))
    for (const part of payload.filter(isRecord)) flattenFields(part, fields, { prefix: '' });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&apos;': "'",
  '&gt;': '>',
  '&lt;': '<',
  '&quot;': '"',
};

/** `<Data Name="Image">C:\a.exe</Data>` */
function addXml(xml: string, fields: Map<string, FieldValue>): void {
  for (const [, name, text] of xml.matchAll(/<Data Name=["']([^"'<>]{1,200})["']>([^<]*)<\/Data>/g))
    if (name !== undefined && text !== undefined)
      addFields(fields, {
        [name]: text.replace(/&(?:amp|apos|gt|lt|quot);/g, (entity) => ENTITIES[entity] ?? entity),
      });
}
