import { unzipSync, type Zippable, zipSync } from 'fflate';
import writeXlsxFile, { type Feature, type Sheet } from 'write-excel-file/universal';
import { buildMatrixView } from './build-matrix-view.js';
import { layerTitle } from './describe-view.js';
import type { Exporter, ExportInput, Rendering } from './exporter.js';
import { resolveRenderOptions } from './render-options.js';
import { MATRIX_COLUMN_WIDTH, xlsxMatrixSheet } from './xlsx/xlsx-matrix-sheet.js';
import { XLSX_FONT } from './xlsx/xlsx-row-height.js';
import { xlsxSheetName } from './xlsx/xlsx-sheet-name.js';
import { xlsxLayerSheet, xlsxTechniquesSheet } from './xlsx/xlsx-table-sheets.js';

/**
 * The bytes of a workbook with the clock taken out: files in the order of their names, all of 1 January 1980, the
 * first day that zip knows.
 */
async function stableBytes(workbook: Blob): Promise<Uint8Array> {
  const files = unzipSync(new Uint8Array(await workbook.arrayBuffer()));
  const mtime = new Date(1980, 0, 1);
  const ordered: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name];
    if (bytes !== undefined) ordered[name] = [bytes, { mtime, level: 6 }];
  }
  return zipSync(ordered);
}

/** Arrows in the head of a sheet to filter and sort its rows. */
function filterRows(sheet: number, columns: number, rows: number): Feature<Blob> {
  const last = String.fromCharCode(64 + columns);
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, _options, { sheetIndex }) =>
            sheetIndex === sheet
              ? content.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${last}${rows}"/>`)
              : content,
        },
      },
    },
  };
}

/**
 * One workbook of one or more layers: a sheet per layer that looks like its matrix, a sheet `techniques` with scores,
 * comments, evidence, links and metadata, and a sheet that says what the layers are.
 *
 * Text that a spreadsheet would take for a formula has an apostrophe before it; every text is stored as text.
 */
export async function renderWorkbook(inputs: readonly ExportInput[]): Promise<Rendering> {
  const taken = new Set(['techniques', 'about']);
  const named = inputs.map(({ layer, knowledgeBase, options = {} }) => {
    const resolved = { ...resolveRenderOptions(options), theme: 'light' } as const;
    const view = buildMatrixView(layer, knowledgeBase, resolved);
    const name = xlsxSheetName(layerTitle(view), taken);
    taken.add(name.toLowerCase());
    return { name, view, options: resolved };
  });
  const techniques = xlsxTechniquesSheet(named);
  const about = xlsxLayerSheet(named.map(({ view }) => view));
  const sheets: Sheet<Blob>[] = [
    ...named.map(({ name, view, options }) => ({
      sheet: name,
      data: xlsxMatrixSheet(view, options),
      columns: view.columns.map(() => ({ width: MATRIX_COLUMN_WIDTH })),
      stickyRowsCount: 3,
      showGridLines: false,
      orientation: 'landscape' as const,
    })),
    {
      sheet: 'techniques',
      data: techniques.data,
      columns: techniques.columns,
      stickyRowsCount: 1,
    },
    { sheet: 'about', data: about.data, columns: about.columns },
  ];
  const features = [filterRows(named.length, techniques.columns.length, techniques.data.length)];
  const workbook = await writeXlsxFile(sheets, { ...XLSX_FONT, features }).toBlob();
  const issues = [
    ...named.flatMap(({ view }) => view.issues),
    ...techniques.issues,
    ...about.issues,
  ];
  return { content: await stableBytes(workbook), issues };
}

/** A workbook for people who sort and filter: the matrix, and everything the layer says as a table. */
export const XLSX_EXPORTER: Exporter = {
  format: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: '.xlsx',
  render: (input) => renderWorkbook([input]),
};
