import { REPORT_LIMITS, type ReportDocuments, readReportBytes } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.js';

const ACCEPT =
  'text/html,application/pdf,application/xhtml+xml,application/stix+json,application/rss+xml,application/atom+xml,application/json;q=0.9,*/*;q=0.5';

/**
 * Reads the report or reports at a URL, fetched as `guardedFetch` does: not from private addresses unless they are
 * allowed, 64 MB at most.
 *
 * @returns Issues for what cannot be fetched or read.
 * @throws only the signal's reason when it is aborted.
 */
export async function fetchReport(
  url: string,
  options: GuardedFetchOptions = {},
): Promise<ReportDocuments> {
  try {
    const answer = await guardedFetch(url, { accept: ACCEPT, ...options });
    const { bytes, mediaType, charset: encoding } = answer;
    if (/^(?:image|audio|video|font)\//.test(mediaType ?? '')) {
      return unread(url, 'FETCH_FAILED', `expected a report, found ${mediaType}`);
    }
    const limits = { maxBytes: options.maxBytes ?? REPORT_LIMITS.maxBytes };
    return await readReportBytes({ source: url, bytes, encoding, limits, signal: options.signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const code = error.code === 'USAGE' ? 'ADDRESS_REFUSED' : 'FETCH_FAILED';
    return unread(url, code, error.message);
  }
}

function unread(source: string, code: Issue['code'], message: string): ReportDocuments {
  return { documents: [], issues: [{ kind: 'issue', code, message, at: { source } }] };
}
