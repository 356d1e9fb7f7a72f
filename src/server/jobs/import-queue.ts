import { rm } from 'node:fs/promises';
import type { ImportProgress } from '../../app/serve-import.js';
import { AppError } from '../../model/index.js';
import type { JobRecord, Store } from '../../store/index.js';
import { toProblem } from '../problem.js';
import type { ApiImport } from '../schemas/imports.js';
import { importOfJob, type JobOutcome } from './import-record.js';
import type { ImportOrder, ImportRunner } from './import-runner.js';

/** Imports, one after the other. */
export interface ImportQueue {
  add(
    order: ImportOrder,
    by: { readonly userId: number | undefined; readonly name: string },
  ): Promise<ApiImport>;
  /** Ends a job: at once when it waits, after its batch when it runs. No error when it is over already. */
  cancel(jobId: number): Promise<JobRecord>;
  /** Takes up what an earlier process left, and works until it is stopped. */
  start(): void;
  /** Stops after the batch at hand; the job goes on at the next start. */
  stop(): Promise<void>;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
}

export interface QueueOptions {
  readonly store: Store;
  /** Tells jobs of this workspace on this machine from those of others on one store: their files lie here. */
  readonly jobKind: string;
  readonly run: ImportRunner;
  readonly nowMs: () => number;
  readonly onMoved: (moved: ApiImport) => void;
  readonly onFault: (error: unknown) => void;
}

const PROGRESS_MS = 400;
const BEAT_MS = 5_000;
// A job whose process gives no sign for so long is nobody's.
const STALE_MS = 30_000;
const MAX_ATTEMPTS = 3;
const POLL_MS = 2_000;

interface Running {
  readonly jobId: number;
  readonly stop: AbortController;
  reason: 'cancelled' | 'interrupted' | undefined;
}

export function createImportQueue(options: QueueOptions): ImportQueue {
  return new StoredQueue(options);
}

class StoredQueue implements ImportQueue {
  readonly #options: QueueOptions;
  #isStopped = true;
  #running: Running | undefined;
  #work: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #idle: (() => void)[] = [];

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  async add(
    order: ImportOrder,
    by: { readonly userId: number | undefined; readonly name: string },
  ) {
    const { store, jobKind, onMoved } = this.#options;
    const input = { ...order, by: by.name };
    const job = await store.jobs.add({ kind: jobKind, userId: by.userId, input });
    const added = importOfJob(job, by.name);
    onMoved(added);
    this.#wake?.();
    return added;
  }

  async cancel(jobId: number): Promise<JobRecord> {
    const { store, nowMs } = this.#options;
    if (this.#running?.jobId === jobId) {
      this.#running.reason = 'cancelled';
      this.#running.stop.abort();
      return store.jobs.find(jobId);
    }
    const job = await store.jobs.find(jobId);
    if (job.status !== 'queued') return job;
    const cancelled = await store.jobs.change(jobId, { status: 'cancelled', finishedMs: nowMs() });
    await this.#clean(job);
    this.#tell(cancelled);
    return cancelled;
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#work = this.#loop();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#running !== undefined) {
      this.#running.reason ??= 'interrupted';
      this.#running.stop.abort();
    }
    this.#wake?.();
    await this.#work;
  }

  async idle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
      this.#wake?.();
    });
  }

  async #loop(): Promise<void> {
    const { store, jobKind, onFault } = this.#options;
    while (!this.#isStopped) {
      try {
        await this.#takeUpStale();
        // A look costs less than a claim, which waits for whoever writes.
        const waiting = await store.jobs.list({ statuses: ['queued'], limit: 1 });
        const job = waiting.items.length > 0 ? await store.jobs.claim([jobKind]) : undefined;
        if (job !== undefined) {
          await this.#runJob(job);
          continue;
        }
      } catch (error) {
        onFault(error);
      }
      const waiting = this.#idle;
      this.#idle = [];
      for (const resolve of waiting) resolve();
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      // Also without a word: another process may have died.
      const timer = setTimeout(done, POLL_MS);
      timer.unref();
      this.#wake = done;
    });
  }

  /** Jobs of a process that died go on from their start: what was saved is not saved twice. */
  async #takeUpStale(): Promise<void> {
    const { store, jobKind, nowMs } = this.#options;
    const { items } = await store.jobs.list({ statuses: ['running'], limit: 100 });
    for (const job of items) {
      if (job.kind !== jobKind || nowMs() - (job.beatMs ?? job.createdMs) < STALE_MS) continue;
      const { attempts = 1 } = job.outcome as JobOutcome;
      const isLast = attempts >= MAX_ATTEMPTS;
      const message = 'the server ended while it ran';
      const changed = isLast
        ? await store.jobs.change(job.jobId, {
            status: 'failed',
            message,
            finishedMs: nowMs(),
            outcome: { ...job.outcome, error: { code: 'INTERNAL', message } },
          })
        : await store.jobs.change(job.jobId, {
            status: 'queued',
            message,
            outcome: { ...job.outcome, isInterrupted: true },
          });
      if (isLast) await this.#clean(job);
      this.#tell(changed);
    }
  }

  async #runJob(job: JobRecord): Promise<void> {
    const { store, run, nowMs } = this.#options;
    const running: Running = { jobId: job.jobId, stop: new AbortController(), reason: undefined };
    this.#running = running;
    const { attempts = 0 } = job.outcome as JobOutcome;
    const begun: JobOutcome = { attempts: attempts + 1 };
    const reporter = this.#reporter(job, begun);
    try {
      this.#tell(await store.jobs.change(job.jobId, { startedMs: nowMs(), outcome: { ...begun } }));
      const { issues, ...outcome } = await run({
        order: job.input as unknown as ImportOrder,
        jobId: job.jobId,
        userId: job.userId,
        signal: running.stop.signal,
        onProgress: reporter.progress,
      });
      await reporter.end();
      const all = { ...begun, ...outcome, issues, progress: reporter.last() };
      await this.#finish(job, running, all);
    } catch (error) {
      await reporter.end();
      await this.#fail(job, running, { error, begun });
    } finally {
      this.#running = undefined;
    }
  }

  async #finish(job: JobRecord, running: Running, outcome: JobOutcome): Promise<void> {
    const { store, nowMs } = this.#options;
    // A job that came to its end before it saw the signal is done.
    const reason = outcome.isInterrupted === true ? (running.reason ?? 'cancelled') : undefined;
    if (reason === 'interrupted') return this.#interrupt(job, outcome);
    const status = reason === 'cancelled' ? 'cancelled' : 'finished';
    const done = { ...outcome, isInterrupted: undefined };
    const changed = await store.jobs.change(job.jobId, {
      status,
      progress: 1,
      importId: outcome.importIds?.[0],
      outcome: JSON.parse(JSON.stringify(done)) as Record<string, unknown>,
      finishedMs: nowMs(),
    });
    await this.#clean(job);
    this.#tell(changed);
  }

  async #interrupt(job: JobRecord, outcome: JobOutcome): Promise<void> {
    const kept = { attempts: outcome.attempts, progress: outcome.progress, isInterrupted: true };
    const changed = await this.#options.store.jobs.change(job.jobId, {
      status: 'queued',
      message: 'stopped with the server; goes on when it starts',
      outcome: JSON.parse(JSON.stringify(kept)) as Record<string, unknown>,
    });
    this.#tell(changed);
  }

  async #fail(
    job: JobRecord,
    running: Running,
    { error, begun }: { readonly error: unknown; readonly begun: JobOutcome },
  ): Promise<void> {
    const { store, nowMs, onFault } = this.#options;
    if (running.reason === 'interrupted') return this.#interrupt(job, begun);
    if (!(error instanceof AppError) || error.code === 'INTERNAL') onFault(error);
    const { code, detail } = toProblem(error);
    const changed = await store.jobs.change(job.jobId, {
      status: running.reason === 'cancelled' ? 'cancelled' : 'failed',
      message: detail.slice(0, 500),
      outcome: { ...begun, error: { code, message: detail.slice(0, 500) } },
      finishedMs: nowMs(),
    });
    await this.#clean(job);
    this.#tell(changed);
  }

  /** Writes how far a job is, now and then, and that it lives. */
  #reporter(job: JobRecord, begun: JobOutcome) {
    const { store, nowMs, onFault } = this.#options;
    let last: ImportProgress | undefined;
    let writtenMs = 0;
    let writing: Promise<void> = Promise.resolve();
    const write = (): void => {
      writtenMs = nowMs();
      const progress = last === undefined ? undefined : shareOf(last);
      const outcome = { ...begun, ...(last === undefined ? {} : { progress: last }) };
      writing = writing.then(async () => {
        try {
          this.#tell(await store.jobs.change(job.jobId, { progress, outcome }));
        } catch (error) {
          onFault(error);
        }
      });
    };
    const beat = setInterval(write, BEAT_MS);
    beat.unref();
    return {
      last: () => last,
      progress: (progress: ImportProgress): void => {
        last = progress;
        if (nowMs() - writtenMs >= PROGRESS_MS) write();
      },
      end: async (): Promise<void> => {
        clearInterval(beat);
        await writing;
      },
    };
  }

  /** The files of a job that is over are nobody's. */
  async #clean({ input }: JobRecord): Promise<void> {
    const { folder } = input as Partial<ImportOrder>;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  #tell(job: JobRecord): void {
    this.#options.onMoved(importOfJob(job, String(job.input['by'] ?? '')));
  }
}

function shareOf({ bytes, totalBytes }: ImportProgress): number {
  return totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
}
