import type { Issue } from '../../model/index.js';
import type { EventBatch } from '../collector.js';
import type { Event } from '../event.js';
import { MAX_FIELDS } from '../flatten-fields.js';
import { recordIssue, type ShapedEvent } from '../json-record.js';

const BATCH_EVENTS = 500;

/** Takes what a reader finds in a file until there is enough for a batch. */
export interface BatchSink {
  readonly source: string;
  /** @param line the event's first line, 1-based. */
  event(event: ShapedEvent, line: number): void;
  issue(code: Issue['code'], message: string, line: number): void;
  isFull(): boolean;
  /** What came in since the last time; undefined when nothing did. */
  take(): EventBatch | undefined;
}

export function createBatchSink(source: string): BatchSink {
  let events: Event[] = [];
  let issues: Issue[] = [];
  const sink: BatchSink = {
    source,
    event({ isComplete, ...event }, line) {
      events.push({ kind: 'event', ...event, record: String(line), source });
      if (isComplete) return;
      const message = `expected at most ${MAX_FIELDS} fields with names up to 1,000 characters; the rest is not read`;
      sink.issue('EVENT_INVALID', message, line);
    },
    issue(code, message, line) {
      issues.push(recordIssue(code, message, { source, line }));
    },
    isFull: () => events.length + issues.length >= BATCH_EVENTS,
    take() {
      if (events.length + issues.length === 0) return undefined;
      const batch = { events, issues };
      events = [];
      issues = [];
      return batch;
    },
  };
  return sink;
}
