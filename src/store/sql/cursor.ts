import { AppError } from '../../model/index.js';
import type { Page, PageRequest } from '../page.js';

const MAX_LIMIT = 500;
const DEFAULT_LIMIT = 50;
const MAX_CURSOR_LENGTH = 2_000;

/** Values of the sort columns of the last row of a page. */
export type CursorValue = string | number;

/** How many rows a page has. @throws AppError `USAGE` out of 1..500. */
export function limitOf({ limit }: PageRequest): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new AppError('USAGE', `expected a limit from 1 to ${MAX_LIMIT}, found ${limit}`);
}

/**
 * Reads a cursor.
 *
 * @param kinds types of the sort columns, in order.
 * @returns undefined without a cursor.
 * @throws AppError `USAGE` for text that no page gave.
 */
export function parseCursor(
  { cursor }: PageRequest,
  kinds: readonly ('string' | 'number')[],
): readonly CursorValue[] | undefined {
  if (cursor === undefined) return undefined;
  const values = decode(cursor);
  const fits =
    Array.isArray(values) &&
    values.length === kinds.length &&
    kinds.every((kind, place) => typeof values[place] === kind);
  if (fits) return values as CursorValue[];
  throw new AppError('USAGE', 'expected the cursor of a page, found something else');
}

function decode(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * A page of rows.
 *
 * @param rows one more than the limit when there are more.
 * @param cursorOf sort columns of a row.
 */
export function toPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  {
    cursorOf,
    toItem,
  }: {
    readonly cursorOf: (row: Row) => readonly CursorValue[];
    readonly toItem: (row: Row) => T;
  },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: shown.map(toItem),
    next: hasMore ? Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url') : undefined,
  };
}
