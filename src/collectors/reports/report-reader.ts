import type { Issue, ReportDocument } from '../../model/index.js';
import type { ReportLimits } from './report-limits.js';

/** The whole of a file that may be a report: decompressed, out of its archive. */
export interface ReportInput {
  /** Path, `zip!member` or URL, for documents and Issues. */
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly limits: ReportLimits;
  /** As whoever sent the bytes says, such as `windows-1251`; used when they are text and not UTF-8. */
  readonly encoding?: string | undefined;
  /** Ends the reading between pages, entries and members. */
  readonly signal: AbortSignal | undefined;
}

/** What was read, and what could not be. */
export interface ReportDocuments {
  readonly documents: readonly ReportDocument[];
  readonly issues: readonly Issue[];
}

/**
 * Reads one format. Foreign bytes never make it throw or hang, and memory is bounded by the limits; only an aborted
 * signal makes it throw, with the signal's reason.
 */
export interface ReportReader {
  /** As in `ReportDocument.format`. */
  readonly name: string;
  /**
   * Whether a file is of this format, by its content.
   *
   * @param name path or URL; decides only between formats that are both text, such as Markdown and plain text.
   * @param head the first bytes, at most 64 KiB.
   */
  detect(name: string, head: Uint8Array): boolean;
  read(input: ReportInput): Promise<ReportDocuments>;
}

/** Nothing but Issues. */
export function unread(...issues: readonly Issue[]): ReportDocuments {
  return { documents: [], issues };
}
