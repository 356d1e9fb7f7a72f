import type { ReportReader } from '../report-reader.js';
import { readIsolated } from './read-isolated.js';

/** Bytes before the header that readers of PDF bear. Source: ISO 32000-1, Annex H, note 13. */
const HEADER_WITHIN = 1_024;

/** PDF: text in the order of reading, columns, tables and headings by their place and type. No script is run. */
export const pdfReader: ReportReader = {
  name: 'pdf',
  detect: (_name, head) =>
    Buffer.from(head.subarray(0, HEADER_WITHIN)).toString('latin1').includes('%PDF-'),
  read: (input) => readIsolated(input),
};
