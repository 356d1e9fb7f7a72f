// Layers out: drawings, tables and files made from a layer over a version of ATT&CK. Pure.
export { buildMatrixView } from './build-matrix-view.js';
export { type MatrixScene, matrixScene } from './drawing/matrix-scene.js';
export { type PaintContext, paintScene } from './drawing/paint-scene.js';
export type { HatchPattern, HexColor, Scene, SceneItem } from './drawing/scene.js';
export { sceneToSvg } from './drawing/svg.js';
export { FONT_FAMILIES, type FontFamily, type TextFont, textWidth } from './drawing/text-width.js';
export { CSV_EXPORTER } from './export-csv.js';
export { JSON_EXPORTER } from './export-json.js';
export { MARKDOWN_EXPORTER } from './export-markdown.js';
export { renderScene, SVG_EXPORTER } from './export-svg.js';
export { renderWorkbook, XLSX_EXPORTER } from './export-xlsx.js';
export type { Exporter, ExportInput, Rendering } from './exporter.js';
export { EXPORTERS } from './exporters.js';
export type { MatrixCell, MatrixColumn, MatrixView, UndrawnEntry } from './matrix-view.js';
export {
  type ReadingExporter,
  type ReadingExportInput,
  type ReadingExportOptions,
  TLP_LABELS,
  type TlpLabel,
} from './reading/reading-exporter.js';
export { READING_EXPORTERS } from './reading/reading-exporters.js';
export { readingsToJson } from './reading/reading-json.js';
export { readingsToLayer } from './reading/reading-layer.js';
export {
  DEFAULT_RENDER_OPTIONS,
  type GivenRenderOptions,
  LAYOUTS,
  type LegendPlace,
  PAGE_SIZES,
  PAGE_UNITS,
  type PageSize,
  type PageUnit,
  type RenderOptions,
  resolveRenderOptions,
  SECOND_CHANNELS,
  SUBTECHNIQUE_CHOICES,
} from './render-options.js';
export type { MapReport, ReportGap, ReportSubject, ReportTechnique } from './report/map-report.js';
export { renderReportCsv } from './report/report-csv.js';
export { renderReportHtml } from './report/report-html.js';
export { type TechniqueRow, techniqueRows } from './technique-rows.js';
