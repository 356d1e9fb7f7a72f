// Layers out: drawings, tables and files made from a layer over a version of ATT&CK. Pure.
export { buildMatrixView } from './build-matrix-view.js';
export { renderScene, SVG_EXPORTER } from './export-svg.js';
export type { Exporter, ExportInput, Rendering } from './exporter.js';
export { type PaintContext, paintScene } from './paint-scene.js';
export { resolveRenderOptions } from './render-options.js';
