import type { Collector } from '../collector.js';
import { shapeEvent } from '../json-shapes.js';
import { decodeHead } from '../json-text.js';
import { collectLines, type LineContext, type LineReader } from '../lines/collect-lines.js';

/** W3C extended logs, whose `#Fields` line names the columns: IIS, Exchange, Azure, CloudFront, ISA and proxies. */
export const w3cCollector: Collector = {
  name: 'w3c',
  detect: (_name, head) => /^#Fields: ?\S/m.test(decodeHead(head).slice(0, 10_000)),
  read: (input) => collectLines(input, createReader),
};

function createReader({ sink, times }: LineContext): LineReader {
  let names: readonly string[] = [];
  return {
    read(line, number) {
      if (line.startsWith('#')) {
        names = columnsOf(line) ?? names;
        return;
      }
      if (line.trim() === '') return;
      const cells = cellsOf(line);
      if (names.length === 0 || cells.length !== names.length) {
        const message = `expected ${names.length} values as in #Fields, found ${cells.length}`;
        sink.issue('EVENT_INVALID', message, number);
        return;
      }
      const row = toRow(names, cells);
      const time = times.read(timeTextOf(row), number);
      const event = shapeEvent(Object.fromEntries(row));
      sink.event({ ...event, time: time?.time ?? event.time, zone: time?.zone }, number);
    },
    end: () => undefined,
  };
}

function columnsOf(line: string): readonly string[] | undefined {
  return /^#Fields: ?(.*)$/.exec(line)?.[1]?.trim().split(/\s+/);
}

function toRow(names: readonly string[], cells: readonly string[]): ReadonlyMap<string, string> {
  const row = new Map<string, string>();
  for (const [index, cell] of cells.entries())
    if (cell !== '-' && cell !== '') row.set(names[index] ?? '', cell);
  return row;
}

// Source: the W3C's draft of the format: times are UTC.
function timeTextOf(row: ReadonlyMap<string, string>): string | undefined {
  const [date, clock] = [row.get('date'), row.get('time')];
  return date === undefined || clock === undefined ? undefined : `${date} ${clock}Z`;
}

/** Values between blanks or tabs; one in quotes may hold blanks. */
function cellsOf(line: string): readonly string[] {
  if (line.includes('\t')) return line.split('\t');
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((cell) =>
    cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell,
  );
}
