import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../model/index.js';
import type { ImportOutcome } from './serve-import.js';
import type { ImportWatch } from './serve-import-run.js';
import type { FromImporter, ImporterSetting, ToImporter } from './serve-import-worker.js';

// Beside this file, whether that is a module of src or dist/app or a chunk of dist/cli.
const PROGRAM = new URL(`./serve-import-worker${extname(import.meta.url)}`, import.meta.url);

// An import that asks for more fails alone, instead of taking the server with it.
const LIMITS = { maxOldGenerationSizeMb: 2_048 };

/**
 * Runs an import in a thread of its own.
 *
 * @throws AppError as `runImport` does; `INTERNAL` when the thread dies.
 */
export function runImportInThread(
  setting: ImporterSetting,
  { signal, onProgress }: ImportWatch,
): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, { workerData: setting, resourceLimits: LIMITS });
    const stop = (): void => worker.postMessage({ kind: 'stop' } satisfies ToImporter);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    worker.on('message', (message: FromImporter) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'done') end(() => resolve(message.outcome));
      else end(() => reject(new AppError(message.code, message.message)));
    });
    worker.on('error', (cause) =>
      end(() => reject(new AppError('INTERNAL', 'the thread of an import died', { cause }))),
    );
    worker.on('exit', () =>
      end(() => reject(new AppError('INTERNAL', 'the thread of an import ended too early'))),
    );
  });
}
