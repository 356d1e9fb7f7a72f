import { READING_CSV_EXPORTER } from './reading-csv.js';
import { READING_DOCX_EXPORTER } from './reading-docx.js';
import type { ReadingExporter } from './reading-exporter.js';
import { READING_HTML_EXPORTER } from './reading-html.js';
import { READING_JSON_EXPORTER } from './reading-json.js';
import { READING_LAYER_EXPORTER } from './reading-layer.js';
import { READING_MARKDOWN_EXPORTER } from './reading-markdown.js';
import { READING_MISP_EXPORTER } from './reading-misp.js';
import { READING_STIX_EXPORTER } from './reading-stix.js';

/** Every format that readings of reports are written in. */
export const READING_EXPORTERS: readonly ReadingExporter[] = [
  READING_JSON_EXPORTER,
  READING_LAYER_EXPORTER,
  READING_STIX_EXPORTER,
  READING_MISP_EXPORTER,
  READING_CSV_EXPORTER,
  READING_MARKDOWN_EXPORTER,
  READING_HTML_EXPORTER,
  READING_DOCX_EXPORTER,
];
