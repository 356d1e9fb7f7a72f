import type { FieldValue } from '../event.js';
import type { ShapedEvent } from '../json-record.js';
import type { BatchSink } from '../lines/batch-sink.js';
import type { TimeReader } from '../lines/time-reader.js';
import { parseTime } from '../parse-time.js';
import type { AuditRecord } from './parse-audit-record.js';
import { auditText, shapeAuditEvent } from './shape-audit-event.js';

// Records of events that overlap are at most this far apart; the audit daemon's own library waits two seconds.
const MAX_OPEN = 256;
const MAX_RECORDS = 500;
const MAX_AGE_SECONDS = 2;
const MAX_PROCESSES = 20_000;

/** Joins the records of one event, also where those of several events are mixed. */
export interface AuditJoiner {
  /** @param extra what the line around the record tells: fields, and a host and time for records without. */
  add(record: AuditRecord, line: number, extra?: AuditExtra): void;
  /** Finishes all events. */
  end(): void;
}

export interface AuditExtra {
  readonly host: string | undefined;
  readonly time: string | undefined;
  readonly fields: ReadonlyMap<string, FieldValue>;
}

export interface AuditJoinerContext {
  readonly sink: BatchSink;
  readonly times: TimeReader;
}

interface OpenEvent {
  readonly records: AuditRecord[];
  readonly line: number;
  readonly extra: AuditExtra | undefined;
  readonly seconds: number;
}

export function createAuditJoiner(context: AuditJoinerContext): AuditJoiner {
  const open = new Map<string, OpenEvent>();
  const processes: ProcessTable = new Map();
  const finish = (key: string, event: OpenEvent): void => {
    open.delete(key);
    context.sink.event(toEvent(event, { ...context, processes }), event.line);
  };
  return {
    add(record, line, extra) {
      const key = record.eventKey;
      const seconds = secondsOf(record);
      if (key === undefined) {
        const alone = { records: [record], line, extra, seconds };
        context.sink.event(toEvent(alone, { ...context, processes }), line);
        return;
      }
      const event = open.get(key) ?? { records: [], line, extra, seconds };
      open.set(key, event);
      if (record.type !== 'EOE') event.records.push(record);
      if (event.records.length >= MAX_RECORDS) finish(key, event);
      for (const [otherKey, other] of open) {
        const isOld = other.seconds < seconds - MAX_AGE_SECONDS || open.size > MAX_OPEN;
        if (!isOld) break;
        finish(otherKey, other);
      }
    },
    end() {
      for (const [key, event] of open) finish(key, event);
    },
  };
}

function secondsOf({ timeText = '' }: AuditRecord): number {
  return /^\d{9,11}\.\d{1,3}$/.test(timeText) ? Number(timeText) : 0;
}

interface Process {
  readonly image: string;
  readonly commandLine: string | undefined;
}

/** What a process last started as, by host and number; the oldest are forgotten. */
type ProcessTable = Map<string, Process>;

function toEvent(
  { records, line, extra }: OpenEvent,
  { times, processes }: AuditJoinerContext & { readonly processes: ProcessTable },
): ShapedEvent {
  const shaped = shapeAuditEvent(records);
  const fields = new Map<string, FieldValue>(shaped.fields);
  for (const [name, value] of extra?.fields ?? []) if (!fields.has(name)) fields.set(name, value);
  const host = shaped.host ?? extra?.host;
  if (shaped.logsource.categories.includes('process_creation'))
    addParent(fields, { processes, host: host ?? '' });
  const timeText = records[0]?.timeText;
  const epoch = timeText === undefined ? undefined : parseTime(timeText);
  const written = epoch === undefined ? times.read(timeText, line) : undefined;
  return {
    ...shaped,
    fields,
    host,
    time: epoch ?? written?.time ?? extra?.time,
    zone: epoch === undefined ? written?.zone : 'Z',
  };
}

function addParent(
  fields: Map<string, FieldValue>,
  { processes, host }: { readonly processes: ProcessTable; readonly host: string },
): void {
  const parent = processes.get(`${host}|${auditText(fields, 'ppid')}`);
  if (parent !== undefined) {
    if (!fields.has('ParentImage')) fields.set('ParentImage', parent.image);
    if (parent.commandLine !== undefined && !fields.has('ParentCommandLine'))
      fields.set('ParentCommandLine', parent.commandLine);
  }
  const image = auditText(fields, 'exe');
  const key = `${host}|${auditText(fields, 'pid')}`;
  if (image === undefined) return;
  processes.delete(key);
  processes.set(key, { image, commandLine: auditText(fields, 'CommandLine')?.slice(0, 4_096) });
  if (processes.size <= MAX_PROCESSES) return;
  const [oldest] = processes.keys();
  if (oldest !== undefined) processes.delete(oldest);
}
