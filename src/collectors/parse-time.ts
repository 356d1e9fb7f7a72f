// Source: ISO 8601 and what logs make of it: a blank for the T, up to 9 digits of a second, +0100.
const ISO =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

/**
 * Reads a time as logs write it: ISO 8601 (without a zone it is UTC), or seconds, milli-, micro- or nanoseconds since 1970.
 *
 * @returns ISO 8601 UTC with milliseconds; undefined for anything else.
 */
export function parseTime(value: unknown): string | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  if (EPOCH.test(text)) return fromEpoch(Number(text));
  const [, date, time, fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  if (date === undefined || time === undefined || !isDay(date)) return undefined;
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return toIso(Date.parse(`${date}T${time}.${`${fraction}000`.slice(0, 3)}${offset}`));
}

// Date.parse takes 30 February for 2 March.
function isDay(date: string): boolean {
  if (date.slice(8) <= '28') return true;
  const timeMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(date);
}

function fromEpoch(value: number): string | undefined {
  if (!Number.isFinite(value) || value < 1e8) return undefined;
  if (value < 1e11) return toIso(value * 1e3);
  if (value < 1e14) return toIso(value);
  return toIso(value < 1e17 ? value / 1e3 : value / 1e6);
}

function toIso(timeMs: number): string | undefined {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : undefined;
}
