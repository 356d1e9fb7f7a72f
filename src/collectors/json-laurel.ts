import { isRecord } from '../model/index.js';
import type { AuditRecord } from './auditd/parse-audit-record.js';
import { shapeAuditEvent } from './auditd/shape-audit-event.js';
import type { FieldScalar, FieldValue } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape } from './json-record.js';
import { parseTime } from './parse-time.js';

type LaurelRecord = Pick<AuditRecord, 'type' | 'fields' | 'node'>;

/** laurel: one audit event an object, its records as members by their types: `{"ID": …, "SYSCALL": {…}, "EXECVE": {…}}`. */
export const LAUREL: JsonShape = {
  name: 'laurel',
  fits: (record) =>
    typeof record['ID'] === 'string' &&
    /^\d{9,11}\.\d{1,3}:\d+$/.test(record['ID']) &&
    Object.entries(record).some(([key, value]) => isRecordType(key) && typeof value === 'object'),
  toEvent(record) {
    const shaped = shapeAuditEvent(recordsOf(record));
    const fields = new Map<string, FieldValue>(shaped.fields);
    addParent(record, fields);
    // By laurel's own dotted names too; last, so that they do not push out the others.
    const isComplete = flattenFields(record, fields, { prefix: '' }) && shaped.isComplete;
    return {
      ...shaped,
      fields,
      isComplete,
      host: firstText(record, ['NODE', 'node']),
      time: parseTime(firstText(record, ['ID'])?.split(':')[0]),
      zone: 'Z',
    };
  },
};

function isRecordType(key: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(key) && key !== 'PARENT_INFO' && key !== 'NODE';
}

function recordsOf(record: JsonObject): readonly LaurelRecord[] {
  return Object.entries(record).flatMap(([type, value]) => {
    if (!isRecordType(type)) return [];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.flatMap((one) =>
      isRecord(one) ? [{ type, node: undefined, fields: fieldsOf(type, one) }] : [],
    );
  });
}

function fieldsOf(type: string, record: JsonObject): ReadonlyMap<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  for (const [name, value] of Object.entries(record)) {
    if (name === 'ARGV' && Array.isArray(value)) addArguments(type, value, fields);
    else if (isScalar(value)) fields.set(name, value);
  }
  return fields;
}

function addArguments(
  type: string,
  list: readonly unknown[],
  fields: Map<string, FieldValue>,
): void {
  const texts = list.map((one) => (isScalar(one) ? String(one) : ''));
  if (type === 'EXECVE') for (const [index, text] of texts.entries()) fields.set(`a${index}`, text);
  else fields.set(type === 'PROCTITLE' ? 'proctitle' : 'ARGV', texts.join(' '));
}

function isScalar(value: unknown): value is FieldScalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Newer versions write the parent beside the system call. */
function addParent(record: JsonObject, fields: Map<string, FieldValue>): void {
  const image = firstText(record, ['PARENT_INFO.exe', 'SYSCALL.PPID.exe']);
  if (image !== undefined) fields.set('ParentImage', image);
  const info = record['PARENT_INFO'];
  const list: unknown = isRecord(info) ? info['ARGV'] : undefined;
  if (Array.isArray(list)) fields.set('ParentCommandLine', list.map(String).join(' '));
}
