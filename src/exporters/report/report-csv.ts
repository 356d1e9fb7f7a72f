import { cleanText } from '../clean-text.js';
import { type CsvValue, csvLine } from '../csv-line.js';
import type { MapReport, ReportTechnique } from './map-report.js';

// A cell of a spreadsheet holds 32,767 characters.
const MAX_NAMES = 100;
const MAX_TEXT = 8_000;

const COLUMNS: readonly (readonly [string, (row: ReportTechnique) => CsvValue])[] = [
  ['technique id', (row) => row.techniqueId],
  ['technique', (row) => row.name],
  ['tactics', (row) => row.tactics.join('; ')],
  ['confidence', (row) => row.confidence],
  ['matches', (row) => row.matches],
  ['hosts', (row) => listed(row.hosts)],
  ['users', (row) => listed(row.users)],
  ['first seen', (row) => row.firstSeen ?? undefined],
  ['last seen', (row) => row.lastSeen ?? undefined],
  ['rule id', (row) => row.evidence[0]?.ruleId],
  ['rule', (row) => row.evidence[0]?.title],
  ['level', (row) => row.evidence[0]?.level],
  ['time', (row) => row.evidence[0]?.time ?? undefined],
  ['host', (row) => row.evidence[0]?.host ?? undefined],
  ['source', (row) => row.evidence[0]?.source],
  ['record', (row) => row.evidence[0]?.record],
  ['fields', (row) => fieldsOf(row)],
];

/**
 * One row a technique, highest confidence first, with its best evidence: RFC 4180, UTF-8. Text that a spreadsheet would
 * take for a formula has an apostrophe before it.
 */
export function renderReportCsv({ techniques }: MapReport): string {
  const head = csvLine(COLUMNS.map(([name]) => name));
  const rows = techniques.map((row) => csvLine(COLUMNS.map(([, read]) => clean(read(row)))));
  return head + rows.join('');
}

function clean(value: CsvValue): CsvValue {
  return typeof value === 'string' ? cleanText(value) : value;
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? `; and ${names.length - MAX_NAMES} more` : '';
  return names.slice(0, MAX_NAMES).join('; ') + more;
}

function fieldsOf({ evidence: [best] }: ReportTechnique): string {
  if (best === undefined) return '';
  const text = Object.entries(best.fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… [cut]` : text;
}
