import { AppError } from '../model/index.js';

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/**
 * A point in time as `--since` and `--until` take it: an ISO 8601 date or time (without a zone it is UTC), or how long
 * before now: `90m`, `24h`, `7d`, `2w`.
 *
 * @returns ISO 8601 UTC with milliseconds.
 * @throws AppError `USAGE` for anything else.
 */
export function parseTimePoint(option: string, text: string, now: Date): string {
  const ago = /^(\d{1,6})([mhdw])$/.exec(text.trim());
  const unitMs = UNITS[ago?.[2] ?? ''];
  const timeMs =
    unitMs === undefined ? isoMs(text.trim()) : now.getTime() - Number(ago?.[1]) * unitMs;
  if (timeMs !== undefined && Math.abs(timeMs) <= 8.64e15) return new Date(timeMs).toISOString();
  throw new AppError(
    'USAGE',
    `${option}: expected a date (2026-03-03), a time (2026-03-03T08:42Z) or a span before now (24h, 7d), found ${JSON.stringify(text.slice(0, 60))}`,
  );
}

function isoMs(text: string): number | undefined {
  const form =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;
  const [, date, time, zone] = form.exec(text) ?? [];
  if (date === undefined) return undefined;
  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(/(\d{2})(\d{2})$/, '$1:$2');
  const timeMs = Date.parse(`${date}T${time ?? '00:00'}${offset}`);
  if (Number.isNaN(timeMs)) return undefined;
  // Date.parse takes 30 February for 2 March.
  return new Date(`${date}T00:00Z`).toISOString().startsWith(date) ? timeMs : undefined;
}
