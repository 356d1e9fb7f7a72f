import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { REPORT_LIMITS, type ReportDocuments, readReportBytes } from '../collectors/index.js';
import type { Issue } from '../model/index.js';

/** Reads the reports of a file, or of standard input for `-`. What cannot be read is an Issue. */
export async function readSource(
  source: string,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<ReportDocuments> {
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
