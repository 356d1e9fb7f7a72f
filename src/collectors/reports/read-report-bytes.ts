import type { Issue, ReportDocument } from '../../model/index.js';
import { detectUnreadFormat, isEncryptedOffice } from './detect-unread-format.js';
import { openReports } from './open-reports.js';
import { REPORT_LIMITS, type ReportLimits } from './report-limits.js';
import { type ReportDocuments, type ReportInput, unread } from './report-reader.js';
import { detectReportReader } from './report-readers.js';

/** Bytes that may be a report, or an archive of reports. */
export interface ReportBytes {
  /** Path or URL: for documents and Issues, and to tell Markdown from plain text. */
  readonly source: string;
  readonly bytes: Uint8Array;
  /** Default `REPORT_LIMITS`. */
  readonly limits?: Partial<ReportLimits> | undefined;
  /** As whoever sent the bytes says; used when they are text and not UTF-8. */
  readonly encoding?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const HEAD_BYTES = 64 * 1024;

/**
 * Reads reports of any format: PDF, DOCX, HTML, Markdown, text, STIX bundles, RSS and Atom feeds, also in gzip, zip and
 * tar. The format is told by the content. What cannot be read is an Issue, and the rest goes on.
 *
 * @throws only the signal's reason when it is aborted.
 */
export async function readReportBytes(input: ReportBytes): Promise<ReportDocuments> {
  const { source, bytes, encoding, signal } = input;
  const limits = { ...REPORT_LIMITS, ...input.limits };
  const documents: ReportDocument[] = [];
  const issues: Issue[] = [];
  for await (const opened of openReports({ source, bytes, limits, signal })) {
    signal?.throwIfAborted();
    if (opened.kind === 'issue') {
      issues.push(opened);
      continue;
    }
    const reading = await readOne({ ...opened, limits, encoding, signal });
    documents.push(...reading.documents);
    issues.push(...reading.issues);
  }
  return { documents, issues };
}

/** A reader that fails in a way it does not foresee must not take the other reports with it. */
async function readOne(input: ReportInput): Promise<ReportDocuments> {
  const { source, bytes, signal } = input;
  const head = bytes.subarray(0, HEAD_BYTES);
  const isOther = detectUnreadFormat(head, true) !== undefined;
  const reader = isOther ? undefined : detectReportReader(source, head);
  if (reader === undefined) return unread(unrecognised(source, bytes));
  try {
    return await reader.read(input);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 200) : '';
    const message = `the ${reader.name} reader failed: ${reason || 'for no known reason'}`;
    return unread({ kind: 'issue', code: 'READING_FAILED', message, at: { source } });
  }
}

function unrecognised(source: string, bytes: Uint8Array): Issue {
  const at = { source };
  if (isEncryptedOffice(bytes)) {
    const message = 'is an encrypted Office document; save it without a password first';
    return { kind: 'issue', code: 'REPORT_ENCRYPTED', message, at };
  }
  const format = detectUnreadFormat(bytes, false);
  const message =
    bytes.length === 0
      ? 'is empty'
      : `is ${format ?? 'of no known format'}; expected PDF, DOCX, HTML, Markdown, text, STIX, RSS or Atom`;
  return { kind: 'issue', code: 'REPORT_UNRECOGNISED', message, at };
}
