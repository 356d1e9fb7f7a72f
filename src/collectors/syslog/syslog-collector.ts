import { createAuditJoiner } from '../auditd/join-audit-records.js';
import {
  type AuditRecord,
  parseAuditRecord,
  parseJournalRecord,
} from '../auditd/parse-audit-record.js';
import type { Collector } from '../collector.js';
import type { FieldValue } from '../event.js';
import { collectLines, type LineContext, type LineReader } from '../lines/collect-lines.js';
import { mostLines } from '../lines/sample-lines.js';
import { parseSyslog, type SyslogLine } from './parse-syslog.js';
import { addAround, shapeSyslogMessage } from './shape-syslog-message.js';

/** Syslog of RFC 5424, RFC 3164 and the forms near to that, and what its lines carry. */
export const syslogCollector: Collector = {
  name: 'syslog',
  detect: (_name, head) => mostLines(head, (line) => parseSyslog(line) !== undefined),
  read: (input) => collectLines(input, createReader),
};

function createReader(context: LineContext): LineReader {
  const { sink, times } = context;
  const joiner = createAuditJoiner(context);
  return {
    read(text, number) {
      if (text.trim() === '') return;
      const line = parseSyslog(text);
      if (line === undefined) {
        sink.issue('EVENT_INVALID', 'expected a line of syslog; it is read as a message', number);
        const { timeText: _none, ...event } = shapeSyslogMessage(undefined, text);
        sink.event(event, number);
        return;
      }
      const around = fieldsAround(line);
      const record = auditRecordOf(line);
      if (record !== undefined) {
        const time =
          record.timeText === undefined ? times.read(line.timeText, number)?.time : undefined;
        joiner.add(record, number, { host: line.host, time, fields: around });
        return;
      }
      const { timeText, ...event } = addAround(shapeSyslogMessage(line.app, line.message), around);
      const own = event.time === undefined ? times.read(timeText, number) : event;
      const found = own ?? times.read(line.timeText, number);
      const host = event.host ?? line.host;
      sink.event({ ...event, host, time: found?.time, zone: found?.zone }, number);
    },
    end: () => joiner.end(),
  };
}

/** From the audit daemon's dispatcher, the kernel's log, or the journal. */
function auditRecordOf({ app, message }: SyslogLine): AuditRecord | undefined {
  const record = parseAuditRecord(message);
  if (record !== undefined || !/^audit(?:d|isp|ispd|isp-syslog)?$/.test(app ?? '')) return record;
  return parseJournalRecord(message);
}

const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console solaris-cron local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const SEVERITIES = 'emerg alert crit err warning notice info debug'.split(' ');

/** The header's parts under the names that rsyslog gives them. */
function fieldsAround(line: SyslogLine): ReadonlyMap<string, FieldValue> {
  const { priority } = line;
  const named: readonly (readonly [string, string | number | undefined])[] = [
    ['hostname', line.host],
    ['app-name', line.app],
    ['procid', line.processId],
    ['msgid', line.messageId],
    ['pri', priority],
    ['syslogfacility-text', priority === undefined ? undefined : FACILITIES[priority >> 3]],
    ['syslogseverity-text', priority === undefined ? undefined : SEVERITIES[priority & 7]],
  ];
  const fields = new Map<string, FieldValue>();
  for (const [name, value] of named) if (value !== undefined) fields.set(name, value);
  for (const [name, value] of line.structured) if (!fields.has(name)) fields.set(name, value);
  return fields;
}
