import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { REPORT_LIMITS, type ReportDocuments, readReportBytes } from '../collectors/index.js';
import type { Issue } from '../model/index.js';

export interface ReadSourceOptions {
  /** Whether URLs may lead to private networks and to this machine. Default false. */
  readonly allowsPrivate?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the reports of a file, of a URL, or of standard input for `-`. What cannot be read is an Issue. */
export async function readSource(
  source: string,
  { allowsPrivate, signal }: ReadSourceOptions,
): Promise<ReportDocuments> {
  if (/^https?:\/\//i.test(source)) {
    const { fetchReport } = await import('./fetch-report.js');
    return fetchReport(source, { allowsPrivate, signal });
  }
  try {
    if (source !== '-' && !(await stat(source)).isFile())
      return unread(source, 'FILE_UNREADABLE', 'is no regular file');
    const stream = source === '-' ? process.stdin : createReadStream(source);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > REPORT_LIMITS.maxBytes)
        return unread(source, 'INPUT_TOO_LARGE', `is larger than ${REPORT_LIMITS.maxBytes} bytes`);
      chunks.push(chunk as Buffer);
    }
    return await readReportBytes({ source, bytes: Buffer.concat(chunks), signal });
  } catch (error) {
    signal?.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason';
    return unread(source, 'FILE_UNREADABLE', `cannot be read (${code})`);
  }
}

function unread(source: string, code: Issue['code'], message: string): ReportDocuments {
  return { documents: [], issues: [{ kind: 'issue', code, message, at: { source } }] };
}
