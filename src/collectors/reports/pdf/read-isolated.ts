import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Issue } from '../../../model/index.js';
import { type ReportDocuments, type ReportInput, unread } from '../report-reader.js';
import { readPdf } from './read-pdf.js';

/** How a PDF is kept from harming the process. */
export interface IsolationOptions {
  /** Program of the thread; default Portolan's own. */
  readonly program?: URL | undefined;
  /** By how much the process may grow meanwhile. Default 1.5 GB: buffers of a thread have no limit of their own. */
  readonly maxGrowthBytes?: number | undefined;
}

const EXTENSION = extname(import.meta.url);
// Beside this file, whether that is a module of dist or a chunk of dist/cli.
const PROGRAM = new URL(`./pdf-worker${EXTENSION}`, import.meta.url);
const LIMITS = { maxOldGenerationSizeMb: 1_024 };
const MAX_GROWTH_BYTES = 1_536 * 1024 * 1024;
const LOOK_EVERY_MS = 50;
/** What the pages that were read may take beyond the limit, to become blocks. */
const GRACE_MS = 10_000;

/**
 * Reads a PDF in a thread of its own, which is ended when it takes too long or too much memory: then nothing of the file
 * is kept, and an Issue says why. From TypeScript sources, which threads cannot load, it reads in the caller's thread.
 *
 * @throws only the signal's reason when it is aborted.
 */
export async function readIsolated(
  input: ReportInput,
  { program, maxGrowthBytes = MAX_GROWTH_BYTES }: IsolationOptions = {},
): Promise<ReportDocuments> {
  if (program === undefined && EXTENSION !== '.js') return readPdf(input);
  input.signal?.throwIfAborted();
  const { signal, ...data } = input;
  const worker = new Worker(program ?? PROGRAM, { workerData: data, resourceLimits: LIMITS });
  try {
    return await firstOf(worker, input, maxGrowthBytes);
  } finally {
    await worker.terminate();
  }
}

/** What comes first: the answer, an error, the end of time, too much memory, or the signal. */
function firstOf(
  worker: Worker,
  { source, limits, signal }: ReportInput,
  maxGrowthBytes: number,
): Promise<ReportDocuments> {
  const until = performance.now() + limits.maxMs + GRACE_MS;
  const most = process.memoryUsage.rss() + maxGrowthBytes;
  return new Promise((resolve, reject) => {
    const giveUp = (reason: string): void => resolve(unread(tooMuch(source, reason)));
    const watch = setInterval(() => {
      if (performance.now() > until) giveUp(`takes longer than ${limits.maxMs / 1_000} s`);
      else if (process.memoryUsage.rss() > most) giveUp(TOO_LARGE);
    }, LOOK_EVERY_MS);
    const stop = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', stop);
    worker.on('message', (answer: ReportDocuments) => resolve(answer));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp(TOO_LARGE);
      else resolve(unread(damaged(source, error)));
    });
    worker.on('exit', () => {
      clearInterval(watch);
      signal?.removeEventListener('abort', stop);
      giveUp('ends the thread that reads it');
    });
  });
}

const TOO_LARGE = 'takes more memory than a report may';

function damaged(source: string, error: Error): Issue {
  const reason = error.message.split('\n', 1)[0]?.slice(0, 100) || 'it cannot be read';
  return {
    kind: 'issue',
    code: 'REPORT_DAMAGED',
    message: `the PDF is damaged: ${reason}`,
    at: { source },
  };
}

function tooMuch(source: string, reason: string): Issue {
  const message = `the PDF ${reason}; it is not read`;
  return { kind: 'issue', code: 'INPUT_TOO_LARGE', message, at: { source } };
}
