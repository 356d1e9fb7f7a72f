import { AppError } from '../../model/index.js';

/**
 * The number that an id of the API stands for: `12`, or `j12` with the prefix `j`.
 *
 * @throws AppError `NOT_FOUND` for anything else: no object has such an id.
 */
export function parseId(text: string, prefix = ''): number {
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  if (/^\d{1,15}$/.test(digits)) return Number(digits);
  throw new AppError('NOT_FOUND', `nothing has the id ${JSON.stringify(text.slice(0, 40))}`);
}

/** ISO 8601 UTC of milliseconds. */
export function toInstant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

export function toInstantOrNothing(timeMs: number | undefined): string | undefined {
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString();
}

/**
 * Milliseconds of a time in a query.
 *
 * @throws AppError `USAGE` when it is none.
 */
export function parseInstant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const timeMs = Date.parse(text);
  if (Number.isFinite(timeMs)) return timeMs;
  throw new AppError(
    'USAGE',
    `expected a time as 2026-01-31T12:00:00Z, found ${text.slice(0, 40)}`,
  );
}
