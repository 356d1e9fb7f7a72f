// Source: OWASP, "CSV Injection"; the full-width forms are read as signs by spreadsheets in some languages.
const STARTS_FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/**
 * Text that no spreadsheet takes for a formula: what starts like one gets an apostrophe before it, which spreadsheets
 * show or hide but never run. For text only; numbers are written as numbers, so `-1` stays -1.
 */
export function guardFormula(text: string): string {
  return STARTS_FORMULA.test(text) ? `'${text}` : text;
}
