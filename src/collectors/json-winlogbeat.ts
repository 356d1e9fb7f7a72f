import { isRecord } from '../model/index.js';
import type { FieldValue } from './event.js';
import { addAliases, ECS_FIELDS } from './field-aliases.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonShape, valueAt, wholeNumber } from './json-record.js';
import { finishWindowsEvent } from './json-windows-event.js';
import { parseTime } from './parse-time.js';

/** Winlogbeat and Elastic Agent: a Windows event under `winlog`, beside ECS fields. */
export const WINLOGBEAT: JsonShape = {
  name: 'winlogbeat',
  fits: (record) =>
    isRecord(record['winlog']) || Object.keys(record).some((key) => key.startsWith('winlog.')),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    for (const payload of ['winlog.event_data', 'winlog.user_data'])
      flattenFields(valueAt(record, payload) ?? {}, fields, { prefix: '' });
    const provider = firstText(record, ['winlog.provider_name', 'event.provider']);
    const channel = firstText(record, ['winlog.channel']);
    const eventId = wholeNumber(firstText(record, ['winlog.event_id', 'event.code']));
    const host = firstText(record, ['winlog.computer_name', 'host.name', 'host.hostname']);
    const header = { Provider_Name: provider, EventID: eventId, Channel: channel, Computer: host };
    for (const [name, value] of Object.entries(header))
      if (value !== undefined && !fields.has(name)) fields.set(name, value);
    // Last, so that the event's own names are not taken for the dotted ones.
    const isComplete = flattenFields(record, fields, { prefix: '' });
    addDottedPayload(fields);
    addAliases(fields, ECS_FIELDS);
    return {
      ...finishWindowsEvent(fields, { provider, channel, eventId }),
      time: parseTime(valueAt(record, '@timestamp')),
      host,
      isComplete,
    };
  },
};

const PAYLOAD = 'winlog.event_data.';

/** Records whose keys are dotted already hold the payload as `winlog.event_data.Image`. */
function addDottedPayload(fields: Map<string, FieldValue>): void {
  for (const [name, value] of [...fields]) {
    if (!name.startsWith(PAYLOAD)) continue;
    const short = name.slice(PAYLOAD.length);
    if (!fields.has(short)) fields.set(short, value);
  }
}
