import { type CsvColumns, cellText, splitNames } from './csv-columns.js';
import type { MigrationContext } from './migration.js';
import type { CsvCell, CsvTable } from './scan-csv.js';
import { readTactic, type SpelledTactic, type TacticNames } from './tactic-spelling.js';

/** A technique id or a tactic within a cell; offsets in the whole text. */
export interface CellToken {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  readonly cell: CsvCell;
}

export interface TechniqueToken extends CellToken {
  readonly techniqueId: string;
  /** `.`, or `/` in MITRE's addresses. */
  readonly separator: string;
}

export interface TacticToken extends CellToken {
  readonly spelled: SpelledTactic;
}

/** A CSV text, read. */
export interface CsvReading {
  readonly text: string;
  readonly table: CsvTable;
  readonly columns: CsvColumns;
}

// A sub-technique as in MITRE's addresses, T1059/001, counts too.
const ID = /(?<![A-Za-z0-9])T(\d{4})(?:([./])(\d{3}))?(?![A-Za-z0-9])/gi;

/** Places of the rows that are no header; none when no column holds ids or tactics. */
export function bodyRows({ table, columns }: CsvReading): readonly number[] {
  const { hasHeader, techniques, tactics } = columns;
  if (techniques.length === 0 && tactics.length === 0) return [];
  return table.rows.map((_, row) => row).slice(hasHeader ? 1 : 0);
}

/** Technique ids of a row, in the order of its columns. */
export function techniqueTokens(
  { text, table, columns }: CsvReading,
  row: number,
): readonly TechniqueToken[] {
  return columns.techniques.flatMap((column) => {
    const cell = table.rows[row]?.[column];
    if (cell === undefined) return [];
    return [...text.slice(cell.start, cell.end).matchAll(ID)].map((found) => ({
      raw: found[0],
      start: cell.start + found.index,
      end: cell.start + found.index + found[0].length,
      cell,
      techniqueId: `T${found[1]}${found[3] === undefined ? '' : `.${found[3]}`}`,
      separator: found[2] ?? (text[cell.start + found.index - 1] === '/' ? '/' : '.'),
    }));
  });
}

/** Tactics of a row, in the order of its columns. */
export function tacticTokens(
  { text, table, columns }: CsvReading,
  row: number,
  names: TacticNames,
): readonly TacticToken[] {
  return columns.tactics.flatMap((column) => {
    const cell = table.rows[row]?.[column];
    if (cell === undefined) return [];
    const content = text.slice(cell.start, cell.end);
    return [...content.matchAll(/[A-Za-z][A-Za-z0-9 _-]*/g)].flatMap((found) => {
      const raw = found[0].trimEnd();
      const spelled = readTactic(raw, names);
      if (spelled === undefined) return [];
      const start = cell.start + found.index;
      return [{ raw, start, end: start + raw.length, cell, spelled }];
    });
  });
}

/** Platforms that a row names. */
export function platformsOf({ text, table, columns }: CsvReading, row: number): readonly string[] {
  return columns.platforms.flatMap((column) => splitNames(cellText(text, table, [row, column])));
}

/** What a row says that helps to decide: platforms, logsource, and the words of its other cells. */
export function contextOfRow(
  reading: CsvReading,
  row: number,
): Pick<MigrationContext, 'platforms' | 'logsource' | 'text'> {
  const { text, table, columns } = reading;
  const part = (column: number | undefined): string | undefined => {
    const value = column === undefined ? '' : cellText(text, table, [row, column]).trim();
    return value === '' ? undefined : value;
  };
  const named = new Set([...columns.techniques, ...columns.tactics, ...columns.platforms]);
  const prose = (table.rows[row] ?? []).flatMap((_, column) =>
    named.has(column) ? [] : [cellText(text, table, [row, column])],
  );
  const platforms = platformsOf(reading, row);
  return {
    platforms: platforms.length === 0 ? undefined : platforms,
    logsource: {
      product: part(columns.product),
      category: part(columns.category),
      service: part(columns.service),
    },
    text: prose.join(' ').slice(0, 20_000),
  };
}
