import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, type Issue } from '../model/index.js';
import type { UnitProgress } from './map-reader.js';
import { clipText } from './map-text.js';
import type { MapUnit, UnitBatch } from './map-unit.js';
import type { FromWorker, ToWorker, WorkerSetting } from './map-worker.js';

export interface PoolOptions {
  /** 2 or more. */
  readonly workers: number;
  readonly setting: WorkerSetting;
  readonly onProgress: (unit: MapUnit, progress: Parameters<UnitProgress>[0]) => void;
  /** Ends the threads early. */
  readonly signal?: AbortSignal | undefined;
  /** The worker's program; default Portolan's own. */
  readonly program?: URL | undefined;
}

// Beside this file, whether that is a module of src or dist/app or a chunk of dist/cli.
const PROGRAM = new URL(`./map-worker${extname(import.meta.url)}`, import.meta.url);

// Events die young: more room for them is memory that nobody needs.
const LIMITS = { maxYoungGenerationSizeMb: 16 };

/**
 * Reads units with several threads and gives their batches in the order of the units, as if one had read them. A thread
 * that dies is an Issue of the file that it read; another takes its place.
 *
 * @throws AppError `INTERNAL` when threads cannot be started at all.
 */
export async function* readWithWorkers(
  units: readonly MapUnit[],
  options: PoolOptions,
): AsyncGenerator<UnitBatch> {
  const pool = new WorkerPool(units, options);
  try {
    for (const unit of units) yield* pool.batchesOf(unit);
  } finally {
    await pool.stop();
  }
}

/** What has come of a unit and is not used up yet. */
interface Lane {
  readonly batches: { readonly batch: UnitBatch; readonly from: Worker | undefined }[];
  isDone: boolean;
}

class WorkerPool {
  readonly #units: readonly MapUnit[];
  readonly #options: PoolOptions;
  readonly #lanes = new Map<number, Lane>();
  readonly #workers = new Set<Worker>();
  #next = 0;
  #failure: AppError | undefined;
  #wake: (() => void) | undefined;

  constructor(units: readonly MapUnit[], options: PoolOptions) {
    this.#units = units;
    this.#options = options;
    options.signal?.addEventListener('abort', () => {
      void this.stop();
      this.#signal();
    });
    for (let count = 0; count < Math.min(options.workers, units.length); count += 1) this.#start();
  }

  async *batchesOf({ index }: MapUnit): AsyncGenerator<UnitBatch> {
    const lane = this.#lane(index);
    for (;;) {
      const first = lane.batches.shift();
      if (first !== undefined) {
        yield first.batch;
        first.from?.postMessage({ kind: 'used' } satisfies ToWorker);
      } else if (lane.isDone || this.#options.signal?.aborted === true) break;
      else if (this.#failure !== undefined) throw this.#failure;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    this.#lanes.delete(index);
  }

  async stop(): Promise<void> {
    const workers = [...this.#workers];
    this.#workers.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #lane(index: number): Lane {
    const lane = this.#lanes.get(index) ?? { batches: [], isDone: false };
    this.#lanes.set(index, lane);
    return lane;
  }

  #start(): void {
    const { program = PROGRAM, setting } = this.#options;
    const worker = new Worker(program, { workerData: setting, resourceLimits: LIMITS });
    this.#workers.add(worker);
    let unit: MapUnit | undefined;
    let isReady = false;
    let reason = 'it ended';
    const takeNext = (): void => {
      unit = this.#units[this.#next];
      this.#next += 1;
      if (unit !== undefined) worker.postMessage({ kind: 'unit', unit } satisfies ToWorker);
    };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'batch')
        this.#lane(message.batch.unit).batches.push({ batch: message.batch, from: worker });
      else if (message.kind === 'progress') {
        if (unit !== undefined) this.#options.onProgress(unit, message);
        return;
      } else {
        if (message.kind === 'ready') isReady = true;
        else this.#lane(message.unit).isDone = true;
        takeNext();
      }
      this.#signal();
    });
    worker.on('error', (error) => {
      reason = clipText(error instanceof Error ? error.message : String(error), 200);
    });
    worker.on('exit', () => {
      if (!this.#workers.delete(worker)) return;
      if (!isReady) this.#failure = new AppError('INTERNAL', `cannot start a thread: ${reason}`);
      else if (unit !== undefined) this.#replace(unit, reason);
      this.#signal();
    });
  }

  #replace(unit: MapUnit, reason: string): void {
    const lane = this.#lane(unit.index);
    const message = `the thread that read it died (${reason}); the rest of it is not read`;
    const issue: Issue = {
      kind: 'issue',
      code: 'READING_FAILED',
      message,
      at: { source: unit.path },
    };
    const batch = {
      unit: unit.index,
      source: unit.path,
      matched: [],
      issues: [issue],
      log: undefined,
    };
    lane.batches.push({ batch, from: undefined });
    lane.isDone = true;
    if (this.#next < this.#units.length) this.#start();
  }

  #signal(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
