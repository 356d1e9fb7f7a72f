import type { ImportOutcome, ImportProgress } from '../../app/serve-import.js';

/** What a job is asked for; it is kept with the job. */
export interface ImportOrder {
  readonly kind: string;
  readonly name: string;
  /** Staged files; undefined for the example. */
  readonly folder: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly minLevel?: string | undefined;
}

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
