import type { Collector } from '../collector.js';
import { collectLines, type LineContext, type LineReader } from '../lines/collect-lines.js';
import { mostLines } from '../lines/sample-lines.js';
import { parseAccessLine } from './parse-access-line.js';

/** Access logs of Apache, nginx and others, in common or combined form. */
export const accessLogCollector: Collector = {
  name: 'access-log',
  detect: (_name, head) => mostLines(head, (line) => parseAccessLine(line) !== undefined),
  read: (input) => collectLines(input, createReader),
};

function createReader({ sink, times }: LineContext): LineReader {
  return {
    read(line, number) {
      if (line.trim() === '') return;
      const parsed = parseAccessLine(line);
      if (parsed === undefined) {
        sink.issue('EVENT_INVALID', 'expected a request in combined form', number);
        return;
      }
      const { timeText, ...event } = parsed;
      const time = times.read(timeText, number);
      sink.event({ ...event, time: time?.time, zone: time?.zone }, number);
    },
    end: () => undefined,
  };
}
