import { cleanLine } from '../clean-text.js';

// Source: Microsoft, "Rename a worksheet": length and characters; History is kept by Excel for itself.
const MAX_LENGTH = 31;

/**
 * A name that Excel takes for a sheet.
 *
 * @param wanted any text.
 * @param taken lower-case names of the workbook's other sheets.
 */
export function xlsxSheetName(wanted: string, taken: ReadonlySet<string>): string {
  const clean = cleanLine(wanted.slice(0, 200).replace(/[[\]/\\:*?]/g, ' ')).replace(
    /^'+|'+$/g,
    '',
  );
  const base = clean === '' || clean.toLowerCase() === 'history' ? 'layer' : clean;
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` (${number})`;
    const name = cleanLine(base.slice(0, MAX_LENGTH - ending.length)) + ending;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
