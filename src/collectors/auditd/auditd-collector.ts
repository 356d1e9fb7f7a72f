import type { Collector } from '../collector.js';
import { collectLines, type LineReader } from '../lines/collect-lines.js';
import { mostLines } from '../lines/sample-lines.js';
import { type AuditJoinerContext, createAuditJoiner } from './join-audit-records.js';
import { isAuditRecord, parseAuditRecord } from './parse-audit-record.js';

// What ausearch writes between events.
const SEPARATOR = /^(?:-{3,}|time->.{0,60}|<no matches>)?\s*$/;

/** Logs of the Linux audit system: audit.log, and what ausearch prints of it, raw or interpreted. */
export const auditdCollector: Collector = {
  name: 'auditd',
  detect: (_name, head) =>
    mostLines(head, (line) => isAuditRecord(line) || line.startsWith('time->')),
  read: (input) => collectLines(input, createReader),
};

function createReader(context: AuditJoinerContext): LineReader {
  const joiner = createAuditJoiner(context);
  return {
    read(line, number) {
      const record = parseAuditRecord(line);
      if (record !== undefined) joiner.add(record, number);
      else if (!SEPARATOR.test(line))
        context.sink.issue('EVENT_INVALID', 'expected an audit record', number);
    },
    end: () => joiner.end(),
  };
}
