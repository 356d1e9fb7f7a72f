import type { ReadMention, ReportReading } from '../../reports/index.js';
import { cleanText } from '../clean-text.js';
import { type CsvValue, csvLine } from '../csv-line.js';
import { bestMentions, listedFindings } from './listed-findings.js';
import type { ReadingExporter, ReadingExportOptions } from './reading-exporter.js';

// A cell of a spreadsheet holds 32,767 characters.
const MAX_TEXT = 8_000;

interface Row {
  readonly kind: string;
  readonly value: string;
  readonly name?: string | undefined;
  readonly tactics?: readonly string[] | undefined;
  readonly confidence?: number | undefined;
  readonly lane?: string | undefined;
  readonly certainty?: string | undefined;
  readonly count: number;
  readonly best:
    | { readonly start: number; readonly end: number; readonly text: string }
    | undefined;
  readonly sentence?: string | undefined;
  readonly why?: readonly string[] | undefined;
  readonly note?: string | undefined;
}

const COLUMNS: readonly (readonly [string, (row: Row, reading: ReportReading) => CsvValue])[] = [
  ['source', (_row, { document }) => document.source],
  ['title', (_row, { document }) => document.title],
  ['date', (_row, { document }) => document.date],
  ['kind', (row) => row.kind],
  ['value', (row) => row.value],
  ['name', (row) => row.name],
  ['tactics', (row) => row.tactics?.join('; ')],
  ['confidence', (row) => (row.confidence === undefined ? undefined : round(row.confidence))],
  ['lane', (row) => row.lane],
  ['certainty', (row) => row.certainty],
  ['mentions', (row) => row.count],
  ['start', (row) => row.best?.start],
  ['end', (row) => row.best?.end],
  ['mention', (row) => row.best?.text],
  ['sentence', (row) => row.sentence],
  ['why', (row) => row.why?.join('; ')],
  ['note', (row) => row.note],
  ['attack version', (_row, { attackVersion }) => attackVersion],
];

/**
 * A row for each technique, tactic, group, software, campaign, mitigation, CVE and IOC of each report, with its best
 * quote: RFC 4180, UTF-8. IOCs are written defanged. Text that a spreadsheet would take for a formula has an apostrophe
 * before it.
 */
export const READING_CSV_EXPORTER: ReadingExporter = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: '.csv',
  render({ readings, options }) {
    const head = csvLine(COLUMNS.map(([name]) => name));
    const lines = readings.flatMap((reading) =>
      rowsOf(reading, options).map((row) =>
        csvLine(COLUMNS.map(([, read]) => clean(read(row, reading)))),
      ),
    );
    return { content: head + lines.join(''), issues: [] };
  },
};

function rowsOf(reading: ReportReading, options: ReadingExportOptions): readonly Row[] {
  const { techniques, ...objects } = listedFindings(reading, options);
  return [
    ...techniques.map(
      (one): Row => ({ ...foundRow(one), value: one.techniqueId, tactics: one.tactics }),
    ),
    ...Object.values(objects)
      .flat()
      .map((one): Row => ({ ...foundRow(one), value: one.attackId })),
    ...reading.cves.map(
      ({ cveId, mentions }): Row => ({
        kind: 'cve',
        value: cveId,
        count: mentions.length,
        best: mentions[0],
      }),
    ),
    ...reading.iocs.map(
      ({ type, defanged, mentions, warning }): Row => ({
        kind: `ioc:${type}`,
        value: defanged,
        count: mentions.length,
        best: undefined,
        note: warning === undefined ? undefined : `known as harmless: ${warning}`,
      }),
    ),
  ];
}

interface FoundLike {
  readonly kind: string;
  readonly name: string;
  readonly confidence: number;
  readonly lane: string;
  readonly certainty: string;
  readonly mentions: readonly ReadMention[];
}

function foundRow({ kind, name, confidence, lane, certainty, mentions }: FoundLike) {
  const [best] = bestMentions(mentions, 1);
  const count = mentions.length;
  return {
    kind,
    name,
    confidence,
    lane,
    certainty,
    count,
    best,
    why: best?.why,
    sentence: best?.sentence.text,
  };
}

function clean(value: CsvValue): CsvValue {
  if (typeof value !== 'string') return value;
  const text = cleanText(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… [cut]` : text;
}

function round(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
