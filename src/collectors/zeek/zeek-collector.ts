import type { Collector } from '../collector.js';
import type { FieldScalar, FieldValue } from '../event.js';
import { decodeHead } from '../json-text.js';
import { collectLines, type LineContext, type LineReader } from '../lines/collect-lines.js';
import { shapeZeekEvent } from './shape-zeek-event.js';

/** Zeek's logs in tab-separated form, which name their own columns; several may follow each other in one file. */
export const zeekCollector: Collector = {
  name: 'zeek',
  detect: (_name, head) => {
    const start = decodeHead(head).slice(0, 10_000);
    return /^#separator /m.test(start) || /^#fields\t/m.test(start);
  },
  read: (input) => collectLines(input, createReader),
};

/** What the lines with `#` have said so far. */
interface ZeekHeader {
  readonly separator: string;
  readonly setSeparator: string;
  readonly emptyField: string;
  readonly unsetField: string;
  readonly path: string | undefined;
  readonly fields: readonly string[];
  readonly types: readonly string[];
}

const START: ZeekHeader = {
  separator: '\t',
  setSeparator: ',',
  emptyField: '(empty)',
  unsetField: '-',
  path: undefined,
  fields: [],
  types: [],
};

function createReader({ sink, times }: LineContext): LineReader {
  let header = START;
  return {
    read(line, number) {
      if (line.startsWith('#')) {
        header = readHeader(header, line);
        return;
      }
      if (line.trim() === '') return;
      const cells = line.split(header.separator);
      if (header.fields.length === 0 || cells.length !== header.fields.length) {
        const message = `expected ${header.fields.length} values as in #fields, found ${cells.length}`;
        sink.issue('EVENT_INVALID', message, number);
        return;
      }
      const fields = readCells(header, cells);
      const ts = fields.get('ts');
      const time = typeof ts === 'string' ? times.read(ts, number) : undefined;
      const event = shapeZeekEvent(header.path, fields);
      sink.event({ ...event, time: time?.time, zone: time?.zone, isComplete: true }, number);
    },
    end: () => undefined,
  };
}

function readHeader(header: ZeekHeader, line: string): ZeekHeader {
  // Only this line has a blank behind its name: the separator is not known yet.
  const separator = /^#separator (.{1,16})$/.exec(line)?.[1];
  if (separator !== undefined) return { ...START, separator: unescapeZeek(separator) || '\t' };
  const [name = '', ...rest] = line.split(header.separator);
  const [first = ''] = rest;
  if (name === '#set_separator') return { ...header, setSeparator: unescapeZeek(first) || ',' };
  if (name === '#empty_field') return { ...header, emptyField: first };
  if (name === '#unset_field') return { ...header, unsetField: first };
  if (name === '#path') return { ...header, path: first };
  if (name === '#fields') return { ...header, fields: rest, types: [] };
  return name === '#types' ? { ...header, types: rest } : header;
}

/** Values that are not set are left out, as in Zeek's JSON. */
function readCells(header: ZeekHeader, cells: readonly string[]): Map<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  for (const [index, cell] of cells.entries()) {
    const name = header.fields[index];
    if (name === undefined || cell === header.unsetField) continue;
    fields.set(name, readCell(header, header.types[index] ?? 'string', cell));
  }
  return fields;
}

function readCell(header: ZeekHeader, type: string, cell: string): FieldValue {
  const inner = /^(?:set|vector|list|table)\[(.*)\]$/.exec(type)?.[1];
  if (inner === undefined) return cell === header.emptyField ? '' : readScalar(type, cell);
  if (cell === header.emptyField || cell === '') return null;
  return cell.split(header.setSeparator).map((one) => readScalar(inner, one));
}

const NUMBERS = new Set(['count', 'int', 'port', 'double', 'interval']);

function readScalar(type: string, text: string): FieldScalar {
  if (type === 'bool') return text === 'T' ? true : text === 'F' ? false : text;
  const number = NUMBERS.has(type) && text !== '' ? Number(text) : Number.NaN;
  // Larger numbers would lose digits.
  if (Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number;
  return unescapeZeek(text);
}

/** `\x5c` is a byte; bytes in a row are UTF-8. */
function unescapeZeek(text: string): string {
  if (!text.includes('\\x')) return text;
  return text.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}
