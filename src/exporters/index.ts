// Layers out: drawings, tables and files made from a layer over a version of ATT&CK. Pure.
export { buildMatrixView } from './build-matrix-view.js';
export { CSV_EXPORTER } from './export-csv.js';
export { JSON_EXPORTER } from './export-json.js';
export { MARKDOWN_EXPORTER } from './export-markdown.js';
export { renderScene, SVG_EXPORTER } from './export-svg.js';
export { renderWorkbook, XLSX_EXPORTER } from './export-xlsx.js';
export type { Exporter, ExportInput, Rendering } from './exporter.js';
export { EXPORTERS } from './exporters.js';
export { type MatrixScene, matrixScene } from './matrix-scene.js';
export type { MatrixCell, MatrixColumn, MatrixView, UndrawnEntry } from './matrix-view.js';
export { type PaintContext, paintScene } from './paint-scene.js';
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
export type { HatchPattern, HexColor, Scene, SceneItem } from './scene.js';
export { sceneToSvg } from './svg.js';
export { type TechniqueRow, techniqueRows } from './technique-rows.js';
export { FONT_FAMILIES, type FontFamily, type TextFont, textWidth } from './text-width.js';
