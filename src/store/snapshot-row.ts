import { AppError } from '../model/index.js';
import type { ColumnShape, TableShape } from './snapshot-shapes.table.js';
import { decodeText, encodeText } from './sql/encode-text.js';
import type { SnapshotRow } from './store.js';

/**
 * A row of a backup, which may hold anything, as the table takes it.
 *
 * @throws AppError `USAGE` naming table and column.
 */
export function checkSnapshotRow({ name, columns }: TableShape, row: SnapshotRow): SnapshotRow {
  return Object.fromEntries(
    columns.map((column) => {
      const value = row[column.name] ?? null;
      const problem = problemOf(column, value);
      if (problem !== undefined)
        throw new AppError('USAGE', `table ${name}, column ${column.name}: ${problem}`);
      return [column.name, value];
    }),
  );
}

function problemOf(
  { type, isNullable }: ColumnShape,
  value: string | number | null,
): string | undefined {
  if (value === null) return isNullable ? undefined : 'expected a value, found none';
  if (typeof type !== 'string')
    return type.includes(String(value)) ? undefined : `expected one of ${type.join(', ')}`;
  return CHECKS[type](value) ? undefined : WANTED[type];
}

const CHECKS: Readonly<Record<ColumnTypeName, (value: string | number) => boolean>> = {
  int: Number.isSafeInteger,
  real: Number.isFinite,
  text: (value) => typeof value === 'string' && encodeText(decodeText(value)) === value,
  json: (value) => typeof value === 'string' && isJson(value, () => true),
  texts: (value) => typeof value === 'string' && isJson(value, isTexts),
};

const WANTED: Readonly<Record<ColumnTypeName, string>> = {
  int: 'expected a whole number',
  real: 'expected a number',
  text: 'expected text as we encode it',
  json: 'expected JSON',
  texts: 'expected a list of texts',
};

type ColumnTypeName = Extract<ColumnShape['type'], string>;

function isJson(text: string, is: (value: unknown) => boolean): boolean {
  try {
    return is(JSON.parse(text));
  } catch {
    return false;
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
