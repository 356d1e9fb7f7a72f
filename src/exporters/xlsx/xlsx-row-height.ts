import { textWidth } from '../drawing/text-width.js';
import { wrapText } from '../drawing/wrap-text.js';

/** Font of every cell; named, because a cell without one gets whatever the reader takes for a default. */
export const XLSX_FONT = { fontFamily: 'Arial', fontSize: 10 } as const;

// Points; a row cannot be higher. Source: Microsoft, "Excel specifications and limits".
const MOST = 409;
const LINE = 13;
const FONT = { family: 'sans', bold: false, size: XLSX_FONT.fontSize } as const;

function lineCount(text: string, width: number): number {
  // Most cells: so short that the widest letters would fit.
  if (text.length * FONT.size < width && !text.includes('\n')) return 1;
  const lines = text.slice(0, 4000).split('\n').slice(0, 60);
  return lines.reduce((sum, line) => sum + wrapText(line, width, { font: FONT }).lines.length, 0);
}

/**
 * Height in points of a row whose texts are wrapped; given because not every reader finds it out by itself.
 *
 * @param cells text and width of the column in characters.
 */
export function xlsxRowHeight(cells: readonly { text: string; width: number }[]): number {
  const character = textWidth('0', FONT);
  const lines = cells.map(({ text, width }) => lineCount(text, (width - 1) * character));
  return Math.min(MOST, lines.reduce((most, count) => Math.max(most, count), 1) * LINE + 2);
}
