import { buildMatrixView } from './build-matrix-view.js';
import { type CsvValue, csvLine } from './csv-line.js';
import type { Exporter } from './exporter.js';
import { resolveRenderOptions } from './render-options.js';
import { type TechniqueRow, techniqueRows } from './technique-rows.js';

const COLUMNS: readonly (readonly [string, (row: TechniqueRow) => CsvValue])[] = [
  ['technique id', (row) => row.techniqueId],
  ['technique', (row) => row.name],
  ['parent id', (row) => row.parentId],
  ['tactic id', (row) => row.tacticId],
  ['tactic', (row) => row.tactic],
  ['score', (row) => row.score],
  ['aggregate score', (row) => row.aggregateScore],
  ['color', (row) => row.color],
  ['enabled', (row) => row.enabled],
  ['visible', (row) => row.visible],
  ['comment', (row) => row.comment],
  ['links', (row) => row.links],
  ['metadata', (row) => row.metadata],
  ['evidence', (row) => row.evidence],
  ['platforms', (row) => row.platforms],
  ['note', (row) => row.note],
];

/**
 * One row per technique and tactic, RFC 4180, UTF-8. Entries of the layer that have no cell come last, with a note.
 * Text that a spreadsheet would take for a formula has an apostrophe before it; scores are numbers as they are.
 */
export const CSV_EXPORTER: Exporter = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  extension: '.csv',
  render({ layer, knowledgeBase, options = {} }) {
    const view = buildMatrixView(layer, knowledgeBase, {
      ...resolveRenderOptions(options),
      theme: 'light',
    });
    const lines = [
      COLUMNS.map(([name]) => name),
      ...techniqueRows(view).map((row) => COLUMNS.map(([, read]) => read(row))),
    ];
    const content = lines.map(csvLine).join('');
    return { content, issues: view.issues };
  },
};
