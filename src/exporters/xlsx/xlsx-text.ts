import { cleanText } from '../clean-text.js';
import { guardFormula } from '../guard-formula.js';

// Source: Microsoft, "Excel specifications and limits": characters a cell can hold.
const MAX_CHARACTERS = 32_767;
const CUT = '… (cut: a cell holds 32,767 characters)';

/** The character as OOXML writes one that XML cannot hold. Source: ECMA-376 part 1, 22.9.2.19 ST_Xstring. */
function escapeFirst(text: string): string {
  return `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_${text.slice(1)}`;
}

/** Text for a cell, and whether it had to be cut. */
export interface XlsxText {
  /** undefined = an empty cell. */
  readonly text: string | undefined;
  readonly cut: boolean;
}

/**
 * Text as a cell of a workbook may hold it: no formula, no `_x0041_` that Excel would read as a character, not longer
 * than Excel takes.
 */
export function xlsxText(raw: string): XlsxText {
  const clean = guardFormula(cleanText(raw).replace(/\r\n?/g, '\n'));
  if (clean === '') return { text: undefined, cut: false };
  const cut = clean.length > MAX_CHARACTERS;
  const kept = cut ? cleanText(clean.slice(0, MAX_CHARACTERS - CUT.length)) + CUT : clean;
  const text = kept.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  // write-excel-file keeps its strings in a plain object, so `constructor` would find what no one put there.
  return { text: text in Object.prototype ? escapeFirst(text) : text, cut };
}
