import { parseJournalRecord } from './auditd/parse-audit-record.js';
import { shapeAuditEvent } from './auditd/shape-audit-event.js';
import type { FieldValue, Logsource } from './event.js';
import { flattenFields } from './flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, type ShapedEvent } from './json-record.js';
import { AUDIT_TYPES } from './logsource.table.js';
import { parseTime } from './parse-time.js';
import { shapeProgramMessage } from './syslog/shape-program-message.js';
import { isEventXml, shapeEventXml } from './windows-xml/shape-event-xml.js';

function linuxLogsource(services: readonly string[], provider: string | undefined): Logsource {
  return {
    product: 'linux',
    categories: [],
    services,
    channel: undefined,
    provider,
    eventId: undefined,
  };
}

/** `journalctl -o json`; the message is looked into as in syslog: Sysmon's XML, audit records, what programs write. */
export const JOURNALD: JsonShape = {
  name: 'journald',
  fits: (record) => '__REALTIME_TIMESTAMP' in record && 'MESSAGE' in record,
  toEvent(record) {
    const identifier = firstText(record, ['SYSLOG_IDENTIFIER', '_COMM']);
    const told = shapeMessage(identifier, firstText(record, ['MESSAGE']) ?? '');
    const fields = new Map<string, FieldValue>(told.fields);
    const isComplete = flattenFields(record, fields, { prefix: '' });
    const time = firstText(record, ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP']);
    return {
      time: told.time ?? parseTime(time),
      host: told.host ?? firstText(record, ['_HOSTNAME']),
      user: told.user,
      logsource: told.logsource,
      fields,
      isComplete: isComplete && told.isComplete,
    };
  },
};

function shapeMessage(
  identifier: string | undefined,
  message: string,
): Omit<ShapedEvent, 'time'> & Partial<ShapedEvent> {
  const xml = isEventXml(message) ? shapeEventXml(message.trim()) : undefined;
  if (xml?.kind === 'event') return xml.event;
  const record = identifier === 'audit' ? parseJournalRecord(message) : undefined;
  return record === undefined
    ? shapeProgramMessage(identifier, message)
    : shapeAuditEvent([record]);
}

/** Records of the Linux audit system, one object each, with auditd's own names: `type`, `a0`, `exe`, `key`. */
export const AUDIT_FLAT: JsonShape = {
  name: 'auditd-flat',
  fits: (record) => AUDIT_TYPES.has(auditType(record)),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    const isComplete = flattenFields(record, fields, { prefix: '' });
    if (!fields.has('type')) fields.set('type', auditType(record));
    return {
      time: parseTime(firstText(record, ['@timestamp', 'timestamp', 'time']) ?? auditTime(record)),
      host: firstText(record, ['node', 'host.name', 'hostname', 'host']),
      user: firstText(record, ['AUID', 'UID', 'acct', 'auid', 'uid']),
      logsource: linuxLogsource(['auditd'], 'auditd'),
      fields,
      isComplete,
    };
  },
};

function auditType(record: JsonObject): string {
  return (firstText(record, ['type', 'record_type']) ?? '').toUpperCase();
}

/** `audit(1626611363.720:348501)` */
function auditTime(record: JsonObject): string | undefined {
  return /(\d{9,10}\.\d{3}):\d+/.exec(firstText(record, ['msg', 'ID', 'id']) ?? '')?.[1];
}
