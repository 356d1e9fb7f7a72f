import type { TimeUnit } from './operand.js';

const DATE = /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;
const DAY_MS = 86_400_000;

/**
 * A part of the first ISO 8601 date in a text, as it is written there: time zones are not converted, as the
 * specification says.
 *
 * @returns `week` is the ISO week; undefined when there is no date or, for hours and minutes, no time.
 */
export function readTimePart(text: string, unit: TimeUnit): number | undefined {
  const [, year, month, day, hour, minute] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  if (unit === 'week') return isoWeek(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const part = { year, month, day, hour, minute }[unit];
  return part === undefined ? undefined : Number(part);
}

/** Source: ISO 8601: week 1 is the week of the year's first Thursday. */
function isoWeek(timeMs: number): number {
  const weekday = (new Date(timeMs).getUTCDay() + 6) % 7;
  const thursday = timeMs + (3 - weekday) * DAY_MS;
  const yearStart = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - yearStart) / DAY_MS / 7) + 1;
}
