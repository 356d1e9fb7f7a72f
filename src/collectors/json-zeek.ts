import type { FieldValue } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from './json-record.js';
import { parseTime } from './parse-time.js';
import { shapeZeekEvent } from './zeek/shape-zeek-event.js';
import { PATH_OF_FIELDS } from './zeek/zeek-paths.table.js';

/** Zeek's logs as JSON. The log is `_path`, or else what its fields tell. */
export const ZEEK: JsonShape = {
  name: 'zeek',
  fits: (record) => {
    if (!('ts' in record)) return false;
    if (typeof record['_path'] === 'string') return true;
    const isOfConnection = 'uid' in record && valueAt(record, 'id.orig_h') !== undefined;
    return isOfConnection || (pathOf(record) !== undefined && ('fuid' in record || 'id' in record));
  },
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    const time = parseTime(record['ts']);
    return { ...shapeZeekEvent(pathOf(record), fields), time, zone: 'Z', isComplete };
  },
};

function pathOf(record: JsonObject): string | undefined {
  const written = firstText(record, ['_path']);
  if (written !== undefined) return written;
  return PATH_OF_FIELDS.find(([, names]) =>
    names.every((name) => valueAt(record, name) !== undefined),
  )?.[0];
}
