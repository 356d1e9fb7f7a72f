import { isRecord } from '../../model/index.js';
import { hasAll, timeOf } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { flattenFields } from '../flatten-fields.js';
import { addFields } from '../json-endpoints/endpoint-names.js';
import {
  firstText,
  type JsonObject,
  type JsonShape,
  lookUpKey,
  wholeNumber,
} from '../json-record.js';
import { finishWindowsEvent } from '../json-windows-event.js';
import { CHANNEL_OF_ABBREVIATION, FIELD_OF_DETAIL } from './hayabusa.table.js';

const PARTS = ['AllFieldInfo', 'ExtraFieldInfo', 'Details'];

/** Timelines of Hayabusa: a rule's match and what it shows of the Windows event. */
export const HAYABUSA: JsonShape = {
  name: 'hayabusa',
  fits: (record) =>
    hasAll(record, 'RuleTitle', 'Timestamp') && ('Details' in record || 'AllFieldInfo' in record),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    for (const part of PARTS) addPart(record[part], fields);
    const abbreviation = firstText(record, ['Channel']);
    const channel = lookUpKey(CHANNEL_OF_ABBREVIATION, abbreviation) ?? abbreviation;
    const provider = firstText(record, ['Provider']);
    const eventId = wholeNumber(firstText(record, ['EventID', 'EventId']));
    const host = firstText(record, ['Computer']);
    addFields(fields, {
      Channel: channel,
      EventID: eventId,
      Computer: host,
      Provider_Name: provider,
    });
    const isComplete = flattenWithout(record, fields);
    addAliases(fields, FIELD_OF_DETAIL);
    const finished = finishWindowsEvent(fields, { channel, provider, eventId });
    return { ...finished, ...timeOf(record, ['Timestamp']), host, isComplete };
  },
};

/** A part is an object, or in some profiles a text: `Cmdline: a.exe ¦ Proc: C:\a.exe`. */
function addPart(part: unknown, fields: Map<string, FieldValue>): void {
  const more = new Map<string, FieldValue>();
  if (isRecord(part)) flattenFields(part, more, { prefix: '' });
  else if (typeof part === 'string')
    for (const pair of part.split(' ¦ ')) {
      const [, name, value] = /^([^:]{1,60}): ?(.*)$/s.exec(pair) ?? [];
      if (name !== undefined && value !== undefined) more.set(name.trim(), value);
    }
  for (const [name, value] of more) addFields(fields, { [name]: value });
}

function flattenWithout(record: JsonObject, fields: Map<string, FieldValue>): boolean {
  const more = new Map<string, FieldValue>();
  const isComplete = flattenFields(record, more, { prefix: '' });
  for (const [name, value] of more) addFields(fields, { [name]: value });
  return isComplete;
}
