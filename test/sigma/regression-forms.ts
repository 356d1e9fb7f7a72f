import { isRecord } from '../../src/model/index.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** Windows events, as evtx_dump writes them, in the forms of other exporters. */
export interface EventForms {
  readonly xml: string;
  readonly csv: string;
  readonly flat: string;
  readonly winlogbeat: string;
}

/** @param events objects `{Event: {System, EventData | UserData}}`, attributes under `#attributes`. */
export function toForms(events: readonly JsonObject[]): EventForms {
  return {
    xml: `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>\r\n${events.map(toXml).join('\r\n')}\r\n</Events>`,
    csv: toCsv(events.map(toFlat)),
    flat: events.map((event) => `${JSON.stringify(toFlat(event))}\n`).join(''),
    winlogbeat: events.map((event) => `${JSON.stringify(toWinlogbeat(event))}\n`).join(''),
  };
}

function recordOf(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

function partsOf(event: JsonObject) {
  const inner = recordOf(event['Event']);
  return {
    system: recordOf(inner['System']),
    eventData: recordOf(inner['EventData']),
    userData: recordOf(inner['UserData']),
  };
}

function attribute(system: JsonObject, element: string, name: string): unknown {
  return recordOf(recordOf(system[element])['#attributes'])[name];
}

function textOf(value: unknown): unknown {
  return isRecord(value) ? value['#text'] : value;
}

function escapeXml(value: unknown): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return String(value ?? '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
    .replaceAll('\r', '&#13;');
}

function toXml(event: JsonObject): string {
  const { system, eventData, userData } = partsOf(event);
  const data = Object.entries(eventData)
    .filter(([name]) => name !== '#attributes')
    .flatMap(([name, value]) => {
      const texts: readonly unknown[] = [textOf(value)].flat();
      const attributes = name === 'Data' ? '' : ` Name="${escapeXml(name)}"`;
      return texts.map((text) => `<Data${attributes}>${escapeXml(text)}</Data>`);
    })
    .join('');
  const user = Object.entries(userData)
    .filter(([name]) => name !== '#attributes')
    .map(([name, value]) => element(name, value))
    .join('');
  const body = user === '' ? `<EventData>${data}</EventData>` : `<UserData>${user}</UserData>`;
  const head = Object.entries(system)
    .map(([name, value]) => element(name, value))
    .join('');
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>${head}</System>${body}</Event>`;
}

function element(name: string, value: unknown): string {
  if (!isRecord(value)) return `<${name}>${escapeXml(value)}</${name}>`;
  const attributes = Object.entries(recordOf(value['#attributes']))
    .map(([key, text]) => ` ${key}="${escapeXml(text)}"`)
    .join('');
  const inner = Object.entries(value)
    .filter(([key]) => key !== '#attributes')
    .map(([key, child]) => (key === '#text' ? escapeXml(child) : element(key, child)))
    .join('');
  return `<${name}${attributes}>${inner}</${name}>`;
}

function payloadOf(event: JsonObject): JsonObject {
  const { eventData, userData } = partsOf(event);
  const parts = [eventData, ...Object.values(userData).map(recordOf)];
  return Object.fromEntries(
    parts
      .flatMap((part) => Object.entries(part))
      .filter(([name]) => !name.startsWith('#'))
      .map(([name, value]) => [name, textOf(value)]),
  );
}

function headOf(event: JsonObject) {
  const { system } = partsOf(event);
  return {
    time: attribute(system, 'TimeCreated', 'SystemTime'),
    eventId: textOf(system['EventID']),
    channel: system['Channel'],
    provider: attribute(system, 'Provider', 'Name'),
    computer: system['Computer'],
    record: system['EventRecordID'],
    userId: attribute(system, 'Security', 'UserID'),
  };
}

function toFlat(event: JsonObject): JsonObject {
  const { time, eventId, channel, provider, computer, record } = headOf(event);
  return {
    TimeCreated: time,
    EventID: eventId,
    Channel: channel,
    Provider_Name: provider,
    Computer: computer,
    EventRecordID: record,
    ...payloadOf(event),
  };
}

function toCsv(rows: readonly JsonObject[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown): string => {
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.map(cell).join(','), ...lines, ''].join('\r\n');
}

function toWinlogbeat(event: JsonObject): JsonObject {
  const { time, eventId, channel, provider, computer, record, userId } = headOf(event);
  const entries = Object.entries(payloadOf(event)).flatMap(([name, value]): [string, unknown][] =>
    name === 'Data' && Array.isArray(value)
      ? value.map((one, index) => [`param${index + 1}`, one])
      : [[name, value]],
  );
  return {
    '@timestamp': time,
    agent: { type: 'winlogbeat', version: '8.15.0' },
    event: { code: String(eventId), provider, kind: 'event' },
    host: { name: computer },
    winlog: {
      channel,
      provider_name: provider,
      event_id: String(eventId),
      computer_name: computer,
      record_id: record,
      api: 'wineventlog',
      user: userId === undefined ? undefined : { identifier: userId },
      [Object.keys(partsOf(event).userData).length > 0 ? 'user_data' : 'event_data']:
        Object.fromEntries(entries),
    },
  };
}
