import type { ImportOutcome, ImportProgress } from '../../app/serve-import.js';
import type { ImportOrder } from './import-queue.js';

/** One job to run. */
export interface ImportRun {
  readonly order: ImportOrder;
  readonly jobId: number;
  readonly userId: number | undefined;
  /** Stops after the batch at hand. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Reads what was brought in and saves what it shows. */
export type ImportRunner = (run: ImportRun) => Promise<ImportOutcome>;
