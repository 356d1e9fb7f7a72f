import type { FieldValue } from '../event.js';
import type { JsonObject, ShapedEvent } from '../json-record.js';
import { shapeEvent } from '../json-shapes.js';
import type { BatchSink } from '../lines/batch-sink.js';
import type { TimeReader } from '../lines/time-reader.js';
import { parseTime } from '../parse-time.js';
import { addMessageFields } from '../windows-message/add-message-fields.js';
import { isEventXml, shapeEventXml } from '../windows-xml/shape-event-xml.js';
import { nameColumns } from './name-columns.js';
import { openCells } from './open-cells.js';

/** Reads the records of one table. */
export interface RowReader {
  read(cells: readonly string[], line: number): void;
}

export interface RowContext {
  readonly sink: BatchSink;
  readonly times: TimeReader;
}

/** Columns that hold the event as Windows wrote it: Plaso's, Splunk's, and those of many exports. */
const XML_COLUMNS = ['xml_string', '_raw', 'Xml', 'EventXml', 'RawXml', 'EventData', 'Message'];

export function createRowReader(header: readonly string[], { sink, times }: RowContext): RowReader {
  const columns = nameColumns(header);
  const headerText = header.join('\u0000');
  return {
    read(cells, line) {
      // Files put together repeat it.
      if (cells.join('\u0000') === headerText) return;
      const extra = columns.hasMessageColumn ? 1 : 0;
      if (cells.length > header.length + extra || cells.length < header.length) {
        const message = `expected ${header.length} cells as in the header, found ${cells.length}`;
        sink.issue('CSV_INVALID', message, line);
      }
      const row = toRow(columns.names, cells);
      const event = shapeRow(row, columns.aliases);
      const { time, zone } = timeOf(event, columns.timeOf(row), { times, line });
      sink.event({ ...event, time, zone }, line);
    },
  };
}

/** Sysmon's own time is UTC; the column's is the clock of whoever exported. */
function timeOf(
  event: ShapedEvent,
  column: string | undefined,
  { times, line }: { readonly times: TimeReader; readonly line: number },
): { readonly time: string | undefined; readonly zone: string | undefined } {
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(column ?? '');
  const own = hasZone ? undefined : parseTime(event.fields.get('UtcTime'));
  if (own !== undefined) return { time: own, zone: 'Z' };
  return times.read(column, line) ?? { time: event.time, zone: undefined };
}

/** Cells by column; empty ones are left out, since CSV cannot tell them from missing ones. */
function toRow(names: readonly string[], cells: readonly string[]): Map<string, string | string[]> {
  const row = new Map<string, string | string[]>();
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const name = names[index] ?? `column ${index + 1}`;
    const before = row.get(name);
    if (before === undefined) row.set(name, cell);
    else if (Array.isArray(before)) before.push(cell);
    else row.set(name, [before, cell]);
  }
  return row;
}

function shapeRow(
  row: ReadonlyMap<string, string | string[]>,
  aliases: readonly (readonly [string, string])[],
): ShapedEvent {
  for (const column of XML_COLUMNS) {
    const cell = row.get(column);
    if (typeof cell !== 'string' || !isEventXml(cell)) continue;
    const shaped = shapeEventXml(cell.trim());
    if (shaped.kind === 'event') return withColumns(shaped.event, row);
  }
  const record = new Map<string, unknown>(openCells(row));
  for (const [name, value] of row) if (!record.has(name)) record.set(name, value);
  for (const [from, to] of aliases) {
    const value = record.get(from);
    if (value !== undefined && !record.has(to)) record.set(to, value);
  }
  const flat: JsonObject = Object.fromEntries(record);
  const event = shapeEvent(flat);
  return event.logsource.product === 'windows' ? addMessageFields(event) : event;
}

/** The event's own fields win over the columns around them. */
function withColumns(event: ShapedEvent, row: ReadonlyMap<string, string | string[]>): ShapedEvent {
  const fields = new Map<string, FieldValue>(event.fields);
  for (const [name, value] of row)
    if (!fields.has(name) && !XML_COLUMNS.includes(name)) fields.set(name, value);
  return { ...event, fields };
}
