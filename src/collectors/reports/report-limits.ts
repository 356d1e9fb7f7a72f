/** Bounds on what reading a report may cost. What lies beyond is not read, and an Issue says so. */
export interface ReportLimits {
  /** Of a file, and of what an archive or a packed part of a document expands to. */
  readonly maxBytes: number;
  /** UTF-16 units of a document's text. */
  readonly maxTextLength: number;
  readonly maxPages: number;
  /** Of a feed's or bundle's documents, and of the members of an archive. */
  readonly maxDocuments: number;
  /** Of the work on one document; looked at between pages. */
  readonly maxMs: number;
}

/** A report has 5 to 100 pages and 1 to 20 MB; the largest yearly ones a tenth of these limits. */
export const REPORT_LIMITS: ReportLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxTextLength: 12 * 1024 * 1024,
  maxPages: 1_000,
  maxDocuments: 10_000,
  maxMs: 60_000,
};
