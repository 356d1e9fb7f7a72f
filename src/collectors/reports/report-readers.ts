import { docxReader } from './docx/docx-reader.js';
import { feedReader } from './feed/feed-reader.js';
import { htmlReader } from './html/html-reader.js';
import { markdownReader } from './markdown/markdown-reader.js';
import { pdfReader } from './pdf/pdf-reader.js';
import type { ReportReader } from './report-reader.js';
import { stixReader } from './stix/stix-reader.js';
import { textReader } from './text/text-reader.js';

/** Every format of reports that can be read, the most telling first. A new one is a file, a test and a row. */
export const REPORT_READERS: readonly ReportReader[] = [
  pdfReader,
  docxReader,
  stixReader,
  feedReader,
  htmlReader,
  markdownReader,
  // Any text fits: last.
  textReader,
];

/** The reader of a file by its content; undefined when none knows it. */
export function detectReportReader(name: string, head: Uint8Array): ReportReader | undefined {
  return REPORT_READERS.find((reader) => reader.detect(name, head));
}
