const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;
const PDF_DATE =
  /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+-])(\d{2})'?(\d{2})?'?|Z)?/;
const EARLIEST_YEAR = 1980;
const LATEST_YEAR = 2200;

/**
 * A date as a document writes it, as ISO 8601: `2026-03-04` when that is all it says, else in UTC. Reads ISO 8601,
 * RFC 2822 (`Tue, 03 Mar 2026 10:00:00 GMT`), `March 3, 2026` and PDF's `D:20260303100000+01'00'`.
 *
 * @returns undefined for anything else, and for years before 1980, which clocks that are not set show.
 */
export function toIsoDate(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed.length > 100) return undefined;
  if (DATE_ONLY.test(trimmed)) return isSound(new Date(trimmed)) ? trimmed : undefined;
  const pdf = PDF_DATE.exec(trimmed);
  if (pdf !== null) return fromPdfDate(pdf);
  // A lone number is a page, a year or a price; Date would read it as a year.
  if (!/\d{4}/.test(trimmed) || /^\d+$/.test(trimmed)) return undefined;
  const hasTime = /\d:\d/.test(trimmed);
  const time = new Date(hasTime ? trimmed : `${trimmed} UTC`);
  const read = Number.isNaN(time.getTime()) ? new Date(trimmed) : time;
  if (!isSound(read)) return undefined;
  return hasTime ? read.toISOString() : read.toISOString().slice(0, 10);
}

function fromPdfDate(parts: RegExpExecArray): string | undefined {
  const [, year, month = '01', day = '01', hour, minute = '00', second = '00'] = parts;
  const [sign, zoneHour = '00', zoneMinute = '00'] = parts.slice(7);
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return isSound(new Date(date)) ? date : undefined;
  const zone = sign === undefined ? 'Z' : `${sign}${zoneHour}:${zoneMinute}`;
  const time = new Date(`${date}T${hour}:${minute}:${second}${zone}`);
  return isSound(time) ? time.toISOString() : undefined;
}

function isSound(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= EARLIEST_YEAR && year < LATEST_YEAR;
}
