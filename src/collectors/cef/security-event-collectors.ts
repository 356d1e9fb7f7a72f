import type { Collector } from '../collector.js';
import { collectLines, type LineContext, type LineReader } from '../lines/collect-lines.js';
import type { ParsedMessage } from '../lines/parsed-message.js';
import { mostLines } from '../lines/sample-lines.js';
import { parseCef } from './parse-cef.js';
import { parseLeef } from './parse-leef.js';

/** ArcSight CEF, an event a line, without a syslog header. */
export const cefCollector = createCollector('cef', parseCef);

/** QRadar LEEF, an event a line, without a syslog header. */
export const leefCollector = createCollector('leef', parseLeef);

function createCollector(
  name: string,
  parse: (line: string) => ParsedMessage | undefined,
): Collector {
  return {
    name,
    detect: (_name, head) => mostLines(head, (line) => parse(line) !== undefined),
    read: (input) => collectLines(input, (context) => createReader(context, { name, parse })),
  };
}

interface FormatOptions {
  readonly name: string;
  readonly parse: (line: string) => ParsedMessage | undefined;
}

function createReader({ sink, times }: LineContext, { name, parse }: FormatOptions): LineReader {
  return {
    read(line, number) {
      if (line.trim() === '') return;
      const parsed = parse(line);
      if (parsed === undefined) {
        sink.issue('EVENT_INVALID', `expected an event in ${name.toUpperCase()}`, number);
        return;
      }
      const { timeText, ...event } = parsed;
      const time = times.read(timeText, number);
      sink.event({ ...event, time: time?.time, zone: time?.zone }, number);
    },
    end: () => undefined,
  };
}
