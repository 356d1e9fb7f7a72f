import type { EvidenceInput, EvidenceRecord } from '../evidence-records.js';
import { clip } from '../sql/encode-text.js';

const MAX_QUOTE_LENGTH = 65_536;
const MAX_FIELDS = 64;
const MAX_FIELD_LENGTH = 4_096;
const MAX_NAME_LENGTH = 512;
const MAX_DETAILS = 16;

/** JSON of what a piece of evidence says, every part clipped; absent parts are left out. */
export function writeBody({ quote, fields, matched, detail }: EvidenceInput): string {
  return JSON.stringify({
    q: quote === undefined || quote === '' ? undefined : clip(quote, MAX_QUOTE_LENGTH),
    f: fields === undefined ? undefined : clipEntries(fields, MAX_FIELDS),
    m: matched?.slice(0, MAX_FIELDS).map((name) => clip(name, MAX_NAME_LENGTH)),
    d: detail === undefined ? undefined : clipEntries(detail, MAX_DETAILS),
  });
}

/** What `writeBody` was given, as far as it was kept. */
export function readBody(
  text: string,
): Pick<EvidenceRecord, 'quote' | 'fields' | 'matched' | 'detail'> {
  const { q = '', f = {}, m, d = {} } = JSON.parse(text) as Body;
  return { quote: q, fields: f, matched: m ?? Object.keys(f), detail: d };
}

interface Body {
  readonly q?: string;
  readonly f?: Readonly<Record<string, string>>;
  readonly m?: readonly string[];
  readonly d?: Readonly<Record<string, string>>;
}

function clipEntries(
  entries: Readonly<Record<string, string>>,
  maxEntries: number,
): Readonly<Record<string, string>> {
  const names = Object.keys(entries);
  const fits =
    names.length <= maxEntries &&
    names.every(
      (name) => name.length <= MAX_NAME_LENGTH && (entries[name] ?? '').length <= MAX_FIELD_LENGTH,
    );
  if (fits) return entries;
  return Object.fromEntries(
    names
      .slice(0, maxEntries)
      .map((name) => [clip(name, MAX_NAME_LENGTH), clip(entries[name] ?? '', MAX_FIELD_LENGTH)]),
  );
}
