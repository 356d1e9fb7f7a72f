import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../model/index.js';
import { openStore } from '../store/index.js';
import type { ImportOutcome, ImportProgress } from './serve-import.js';
import { type ImportJob, runImport } from './serve-import-run.js';

/** What an importer is started with. */
export interface ImporterSetting {
  /** Path of a database or `postgres://…`. */
  readonly storePlace: string;
  readonly job: ImportJob;
}

/** Stop after the batch at hand. */
export interface ToImporter {
  readonly kind: 'stop';
}

export type FromImporter =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'done'; readonly outcome: ImportOutcome }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

/** Runs one import with a store of its own, so that whoever serves requests is not held up. */
async function work(
  port: NonNullable<typeof parentPort>,
  { storePlace, job }: ImporterSetting,
): Promise<void> {
  const send = (message: FromImporter): void => port.postMessage(message);
  const stop = new AbortController();
  port.on('message', (_message: ToImporter) => stop.abort());
  try {
    const store = await openStore(storePlace);
    try {
      const outcome = await runImport(store, job, {
        signal: stop.signal,
        onProgress: (progress) => send({ kind: 'progress', progress }),
      });
      send({ kind: 'done', outcome });
    } finally {
      await store.close();
    }
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const text = error instanceof AppError ? error.message : message;
    send({ kind: 'failed', code, message: text });
  }
  port.close();
}

if (parentPort !== null) void work(parentPort, workerData as ImporterSetting);
