import { guardFormula } from './guard-formula.js';

/** A cell of a CSV file; undefined is empty. */
export type CsvValue = string | number | boolean | undefined;

/** One line of a CSV file, RFC 4180. Text that a spreadsheet would take for a formula has an apostrophe before it. */
export function csvLine(values: readonly CsvValue[]): string {
  // RFC 4180 §2 ends every line with CR LF.
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? guardFormula(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
