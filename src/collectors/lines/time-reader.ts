import type { BatchSink } from './batch-sink.js';
import { type LogTime, parseLogTime } from './parse-log-time.js';

/** Reads the times of one file, and remembers what it had to assume. */
export interface TimeReader {
  read(text: string | undefined, line: number): LogTime | undefined;
  /** One Issue for the file when a year or zone was assumed. */
  report(sink: BatchSink): void;
}

/**
 * @param input.modified when the file was last written; its events are no later. Default now.
 * @param input.head start of the file, which may show whether its dates start with the day.
 */
export function createTimeReader(input: {
  readonly modified: Date | undefined;
  readonly head: string;
}): TimeReader {
  const latest = input.modified ?? new Date();
  const options = { latest, isDayFirst: startsDatesWithDay(input.head) };
  const withoutYear = { count: 0, line: 0 };
  const withoutZone = { count: 0, line: 0 };
  return {
    read(text, line) {
      const time = text === undefined ? undefined : parseLogTime(text, options);
      if (time?.assumesYear === true) countOne(withoutYear, line);
      if (time !== undefined && time.zone === undefined) countOne(withoutZone, line);
      return time;
    },
    report(sink) {
      if (withoutYear.count > 0) {
        const until = latest.toISOString().slice(0, 10);
        const message = `${withoutYear.count} times have no year; the latest was taken that is not after ${until}, when the file was last written`;
        sink.issue('TIME_ASSUMED', message, withoutYear.line);
      }
      if (withoutZone.count > 0) {
        const message = `${withoutZone.count} times have no zone that is known; they were read as UTC`;
        sink.issue('TIME_ASSUMED', message, withoutZone.line);
      }
    },
  };
}

function countOne(counter: { count: number; line: number }, line: number): void {
  if (counter.count === 0) counter.line = line;
  counter.count += 1;
}

function startsDatesWithDay(head: string): boolean {
  const isDay = /\b(?:1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{4}\b/.test(head);
  return isDay && !/\b\d{1,2}[/.-](?:1[3-9]|2\d|3[01])[/.-]\d{4}\b/.test(head);
}
