import { parseTime } from '../parse-time.js';

/** A time that a log wrote. */
export interface LogTime {
  /** ISO 8601 UTC with milliseconds. */
  readonly time: string;
  /** `Z`, `+02:00`; undefined when none is written, or one whose name means several: it was read as UTC. */
  readonly zone: string | undefined;
  /** The log has no year; the latest that is possible was taken. */
  readonly assumesYear: boolean;
}

export interface LogTimeOptions {
  /** No time is later than a day after this. */
  readonly latest: Date;
  /** How `03/04/2026` is read: as the third of April rather than the fourth of March. */
  readonly isDayFirst: boolean;
}

const CLOCK = String.raw`(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?`;
const ZONE = String.raw`(?:\s*(?<z>Z|[+-]\d{2}(?::?\d{2})?|(?!AM|PM)[A-Z]{3,4}))?`;
const DAY_NAME = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\\s+)?';

// ISO 8601 and its look-alikes; syslog, Cisco and asctime; Cisco with the year in front; Apache; numbers with slashes.
const FORMS: readonly RegExp[] = [
  String.raw`^(?<y>\d{4})[-/.](?<mo>\d{1,2})[-/.](?<d>\d{1,2})[T ]\s*${CLOCK}${ZONE}$`,
  String.raw`^${DAY_NAME}(?<mon>[A-Z][a-z]{2})\s+(?<d>\d{1,2})(?:,?\s+(?<y>\d{4}))?,?\s+${CLOCK}${ZONE}$`,
  String.raw`^${DAY_NAME}(?<mon>[A-Z][a-z]{2})\s+(?<d>\d{1,2})\s+${CLOCK}${ZONE}\s+(?<y>\d{4})$`,
  String.raw`^(?<y>\d{4})\s+(?<mon>[A-Z][a-z]{2})\s+(?<d>\d{1,2})\s+${CLOCK}${ZONE}$`,
  String.raw`^${DAY_NAME}(?<d>\d{1,2})[/ -](?<mon>[A-Z][a-z]{2})[/ -](?<y>\d{4})[: ]${CLOCK}${ZONE}$`,
  String.raw`^(?<a>\d{1,2})(?<sep>[/.-])(?<b>\d{1,2})[/.-](?<y>\d{4}|\d{2}),?\s+${CLOCK}(?:\s*(?<half>[AP])\.?M\.?)?${ZONE}$`,
].map((form) => new RegExp(form));

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

// Only names that mean one offset. Source: RFC 5322 §4.3 and the IANA time zone database.
const OFFSET_OF_NAME: Readonly<Record<string, string>> = {
  Z: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  EST: '-05:00',
  EDT: '-04:00',
  PST: '-08:00',
  PDT: '-07:00',
  CET: '+01:00',
  CEST: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  JST: '+09:00',
};

/** Reads a time in any form that logs write; undefined for anything else. */
export function parseLogTime(text: string, options: LogTimeOptions): LogTime | undefined {
  if (text.length > 64) return undefined;
  const trimmed = text.trim();
  for (const form of FORMS) {
    const groups = form.exec(trimmed)?.groups;
    const time = groups === undefined ? undefined : fromParts(groups, options);
    if (time !== undefined) return time;
  }
  const time = /^\d{9,19}(?:\.\d{1,9})?$/.test(trimmed) ? parseTime(trimmed) : undefined;
  return time === undefined ? undefined : { time, zone: 'Z', assumesYear: false };
}

type Parts = Readonly<Record<string, string | undefined>>;

function fromParts(parts: Parts, options: LogTimeOptions): LogTime | undefined {
  const { month, day } = monthAndDay(parts, options);
  const clockMs = clockOf(parts);
  if (month === undefined || day === undefined || clockMs === undefined) return undefined;
  const zone = offsetOf(parts['z']);
  const atYear = (year: number): number | undefined => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCDate() === day && date.getUTCMonth() === month - 1
      ? date.getTime() + clockMs - offsetMs(zone)
      : undefined;
  };
  const written = parts['y'];
  const timeMs =
    written === undefined
      ? latestPossible(atYear, options.latest)
      : atYear(written.length === 2 ? 2000 + Number(written) : Number(written));
  if (timeMs === undefined) return undefined;
  return { time: new Date(timeMs).toISOString(), zone, assumesYear: written === undefined };
}

// A clock may be ahead by a zone; the 29th of February may be eight years away.
const DAY_MS = 86_400_000;
const YEARS_BACK = 8;

function latestPossible(
  atYear: (year: number) => number | undefined,
  latest: Date,
): number | undefined {
  const limit = latest.getTime() + DAY_MS;
  const newest = new Date(limit).getUTCFullYear();
  for (let year = newest; year >= newest - YEARS_BACK; year -= 1) {
    const timeMs = atYear(year);
    if (timeMs !== undefined && timeMs <= limit) return timeMs;
  }
  return undefined;
}

function monthAndDay(parts: Parts, { isDayFirst }: LogTimeOptions) {
  const { mon, mo, d, a, b } = parts;
  if (mon !== undefined) return { month: MONTHS.indexOf(mon) + 1 || undefined, day: Number(d) };
  if (mo !== undefined) return { month: Number(mo), day: Number(d) };
  // A point between the numbers is German, Russian, Polish…: the day comes first.
  const dayFirst = parts['half'] === undefined && (isDayFirst || parts['sep'] === '.');
  const isSwapped = dayFirst || Number(a) > 12;
  return isSwapped ? { month: Number(b), day: Number(a) } : { month: Number(a), day: Number(b) };
}

function clockOf({ h, mi, s = '0', f = '', half }: Parts): number | undefined {
  let hour = Number(h);
  if (half === 'P' && hour < 12) hour += 12;
  if (half === 'A' && hour === 12) hour = 0;
  if (hour > 23 || Number(mi) > 59 || Number(s) > 60) return undefined;
  const ms = Number(`${f}000`.slice(0, 3));
  return ((hour * 60 + Number(mi)) * 60 + Number(s)) * 1000 + ms;
}

function offsetOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  if (Object.hasOwn(OFFSET_OF_NAME, zone)) return OFFSET_OF_NAME[zone];
  const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return sign === undefined ? undefined : `${sign}${hours}:${minutes}`;
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
