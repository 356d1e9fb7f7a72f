// Source: MS-DTYP, FILETIME: 100 ns steps since 1601-01-01 UTC, as two 32-bit halves.
const EPOCH_MS = 11_644_473_600_000;
const TICKS_PER_MS = 10_000;

/** Milliseconds since 1970, rounded down, of a FILETIME's halves. */
export function filetimeToMs(low: number, high: number): number {
  return wholeMs(low, high) - EPOCH_MS;
}

/** As Windows shows it, in UTC: `2019-03-18T22:15:36.0363760Z`. */
export function formatFiletime(low: number, high: number): string {
  const timeMs = filetimeToMs(low, high);
  const ticks = lowTicks(low, high) % TICKS_PER_MS;
  return `${isoMs(timeMs)}${String(ticks).padStart(4, '0')}Z`;
}

/** ISO 8601 UTC with milliseconds. */
export function formatMs(timeMs: number): string {
  return `${isoMs(timeMs)}Z`;
}

// 2^32 = 429,496 × 10,000 + 7,296; so no intermediate value is beyond 2^53.
function lowTicks(low: number, high: number): number {
  return high * 7_296 + low;
}

function wholeMs(low: number, high: number): number {
  return high * 429_496 + Math.floor(lowTicks(low, high) / TICKS_PER_MS);
}

/** Date.toISOString without its Z; by hand, since it is the cost of every record. */
function isoMs(timeMs: number): string {
  const days = Math.floor(timeMs / 86_400_000);
  const ms = timeMs - days * 86_400_000;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${isoDate(days)}T${clock}.${String(1000 + (ms % 1000)).slice(1)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** Source: the Gregorian calendar in eras of 400 years that start on 1 March. */
function isoDate(daysSince1970: number): string {
  const days = daysSince1970 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
