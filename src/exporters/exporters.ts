import { CSV_EXPORTER } from './export-csv.js';
import { JSON_EXPORTER } from './export-json.js';
import { MARKDOWN_EXPORTER } from './export-markdown.js';
import { SVG_EXPORTER } from './export-svg.js';
import { XLSX_EXPORTER } from './export-xlsx.js';
import type { Exporter } from './exporter.js';

/** Every format that needs no machine of its own; PNG needs a canvas and is added where there is one. */
export const EXPORTERS: readonly Exporter[] = [
  JSON_EXPORTER,
  SVG_EXPORTER,
  XLSX_EXPORTER,
  CSV_EXPORTER,
  MARKDOWN_EXPORTER,
];
