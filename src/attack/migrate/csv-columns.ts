import type { TacticName } from './migration.js';
import type { CsvTable } from './scan-csv.js';

/** What the columns of a table hold, by place. */
export interface CsvColumns {
  readonly hasHeader: boolean;
  readonly techniques: readonly number[];
  readonly tactics: readonly number[];
  readonly platforms: readonly number[];
  readonly product: number | undefined;
  readonly category: number | undefined;
  readonly service: number | undefined;
}

const ID_ONLY = /^(?:\s*T\d{4}(?:\.\d{3})?\s*(?:[,;|/&+]\s*)*)+$/i;
const HAS_ID = /(?<![A-Za-z0-9])T\d{4}(?![0-9])/i;
const ID_HEADER = /techni|att.?ck|mitre|\bttps?\b/i;
const PROSE_HEADER = /desc|comment|note|detail|summary|text/i;
/** Rows looked at to tell what a column holds. */
const SAMPLE = 1000;

/**
 * Tells which columns hold technique ids and tactics: by header, or by content where at least half of the cells that are not
 * empty hold nothing else. A column of prose is no such column, though ids be mentioned in it.
 */
export function findCsvColumns(
  text: string,
  table: CsvTable,
  tactics: readonly TacticName[],
): CsvColumns {
  const [first = []] = table.rows;
  const hasHeader = !first.some((_, column) => ID_ONLY.test(cellText(text, table, [0, column])));
  const headers = first.map((_, column) =>
    hasHeader ? cellText(text, table, [0, column]).trim().toLowerCase() : '',
  );
  const names = new Set(
    tactics.flatMap(({ shortname, attackId }) => [shortname, attackId.toLowerCase()]),
  );
  const isTactic = (cell: string): boolean =>
    splitNames(cell).every((name) => names.has(name.toLowerCase().replace(/[^a-z0-9]+/g, '-')));
  const share = (column: number, holds: (cell: string) => boolean): number => {
    const rows = table.rows.slice(hasHeader ? 1 : 0, SAMPLE);
    const cells = rows
      .map((_, index) => cellText(text, table, [index + (hasHeader ? 1 : 0), column]))
      .filter((cell) => cell.trim() !== '');
    return cells.length === 0 ? 0 : cells.filter(holds).length / cells.length;
  };
  const places = headers.map((_, column) => column);
  const techniques = places.filter((column) => {
    const header = headers[column] ?? '';
    if (ID_HEADER.test(header) && !PROSE_HEADER.test(header)) {
      return share(column, (cell) => HAS_ID.test(cell)) > 0;
    }
    return share(column, (cell) => ID_ONLY.test(cell)) >= 0.5;
  });
  const named = (name: RegExp): number | undefined => {
    const place = headers.findIndex((header) => name.test(header));
    return place === -1 ? undefined : place;
  };
  return {
    hasHeader,
    techniques,
    tactics: places.filter(
      (column) =>
        !techniques.includes(column) &&
        share(column, isTactic) >= (/tactic/.test(headers[column] ?? '') ? 0.01 : 0.9),
    ),
    platforms: places.filter((column) => /^platforms?$/.test(headers[column] ?? '')),
    product: named(/^(?:logsource[._ ])?product$/),
    category: named(/^(?:logsource[._ ])?category$/),
    service: named(/^(?:logsource[._ ])?service$/),
  };
}

/** A cell without its quotes; doubled quotes stay doubled. Empty where the row is short. */
export function cellText(
  text: string,
  table: CsvTable,
  [row, column]: readonly [number, number],
): string {
  const cell = table.rows[row]?.[column];
  if (cell === undefined) return '';
  const raw = text.slice(cell.start, cell.end);
  return raw.startsWith('"')
    ? raw.slice(1, raw.endsWith('"') && raw.length > 1 ? -1 : undefined)
    : raw;
}

/** `Stealth; Defense Impairment` → its names. */
export function splitNames(cell: string): readonly string[] {
  return cell
    .split(/[,;|\r\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
