import { escapeXml } from '../clean-text.js';
import { visibleText } from './visible-text.js';

// Source: ECMA-376, part 1, WordprocessingML. Widths are in twentieths of a point.

/** How words stand in a paragraph. */
export interface RunStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly muted?: boolean;
}

/** Words of one style; line breaks stay. */
export function docxRun(text: string, style: RunStyle = {}): string {
  const marks = [
    style.bold === true ? '<w:b/>' : '',
    style.italic === true ? '<w:i/>' : '',
    style.muted === true ? '<w:color w:val="595959"/>' : '',
  ].join('');
  const properties = marks === '' ? '' : `<w:rPr>${marks}</w:rPr>`;
  const lines = visibleText(text)
    .split(/\r\n?|\n/)
    .map((line) => `<w:t xml:space="preserve">${escapeXml(line.replaceAll('\t', ' '))}</w:t>`);
  return `<w:r>${properties}${lines.join('<w:br/>')}</w:r>`;
}

/** A paragraph of a named style: `Title`, `Heading1`, `Heading2`, `Quote`, `ListBullet`; plain without one. */
export function docxParagraph(runs: string | readonly string[], style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}${typeof runs === 'string' ? docxRun(runs) : runs.join('')}</w:p>`;
}

/**
 * A table with a head that is repeated on every page.
 *
 * @param widths of the columns, in twentieths of a point.
 * @param rows cells of text, the first row is the head.
 */
export function docxTable(widths: readonly number[], rows: readonly (readonly string[])[]): string {
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const body = rows.map((cells, index) => drawRow(cells, widths, index === 0)).join('');
  const properties =
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr>';
  // Two tables in a row would become one without a paragraph between them.
  return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${body}</w:tbl><w:p/>`;
}

function drawRow(cells: readonly string[], widths: readonly number[], isHead: boolean): string {
  const drawn = cells.map((text, index) => {
    const shade = isHead ? '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' : '';
    const properties = `<w:tcPr><w:tcW w:w="${widths[index] ?? 1_000}" w:type="dxa"/>${shade}</w:tcPr>`;
    return `<w:tc>${properties}${docxParagraph([docxRun(text, { bold: isHead })], 'Cell')}</w:tc>`;
  });
  const head = isHead
    ? '<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>'
    : '<w:trPr><w:cantSplit/></w:trPr>';
  return `<w:tr>${head}${drawn.join('')}</w:tr>`;
}
