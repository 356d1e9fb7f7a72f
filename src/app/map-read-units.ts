import { availableParallelism } from 'node:os';
import type { CompiledRule, RuleSetImage } from '../sigma/index.js';
import { createRuleMatcher } from './map-matcher.js';
import type { MapProgress } from './map-options.js';
import { readWithWorkers } from './map-pool.js';
import { createUnitReader, type ReaderSetting, type UnitProgress } from './map-reader.js';
import type { MapUnit, UnitBatch } from './map-unit.js';
import { createWatch } from './map-watch.js';
import type { WorkerSetting } from './map-worker.js';

export interface ReadOptions {
  readonly rules: readonly CompiledRule[];
  /** The rules compiled together; default: each thread compiles them. */
  readonly image: RuleSetImage | undefined;
  /** The pack of the rules, in memory that threads share. Default: the rules are sent to each. */
  readonly pack: Uint8Array | undefined;
  readonly setting: ReaderSetting;
  readonly workers: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: MapProgress) => void) | undefined;
}

// Below, starting threads takes longer than they save.
const WORKERS_FROM_BYTES = 48 * 1024 * 1024;
const MAX_DEFAULT_WORKERS = 4;
const PROGRESS_MS = 50;

/** Reads units, with threads when that pays, and gives their batches in the order of the units until stopped. */
export async function* readUnits(
  units: readonly MapUnit[],
  options: ReadOptions,
): AsyncGenerator<{ readonly batch: UnitBatch; readonly unit: MapUnit }> {
  const { signal, setting } = options;
  const progress = createProgress(units, options);
  const workers = options.workers ?? defaultWorkers(units);
  const batches =
    workers > 1 && units.length > 1
      ? readWithWorkers(units, {
          workers,
          setting: { ...rulesForWorkers(options), setting },
          onProgress: progress.report,
          signal,
        })
      : readHere(units, options, progress.report);
  let current = 0;
  for await (const batch of stopWith(batches, signal)) {
    for (; current < batch.unit; current += 1) progress.done(units[current]);
    const unit = units[batch.unit];
    if (unit !== undefined) yield { batch, unit };
  }
  if (signal?.aborted === true) return;
  for (; current < units.length; current += 1) progress.done(units[current]);
  progress.end();
}

function rulesForWorkers({ rules, image, pack }: ReadOptions): Omit<WorkerSetting, 'setting'> {
  if (pack !== undefined) return { rules: [], image: undefined, pack };
  return { rules: rules.map(({ rule }) => rule), image };
}

function defaultWorkers(units: readonly MapUnit[]): number {
  const bytes = units.reduce((sum, unit) => sum + unit.bytes, 0);
  return bytes < WORKERS_FROM_BYTES ? 1 : Math.min(MAX_DEFAULT_WORKERS, availableParallelism());
}

async function* readHere(
  units: readonly MapUnit[],
  { rules, image, setting, signal }: ReadOptions,
  report: (unit: MapUnit, progress: Parameters<UnitProgress>[0]) => void,
): AsyncGenerator<UnitBatch> {
  const reader = createUnitReader({
    matcher: createRuleMatcher(rules, image),
    setting,
    isWatched: createWatch(setting),
  });
  for (const unit of units) yield* reader.read(unit, (progress) => report(unit, progress), signal);
}

/** Ends at once when stopped, also while the next batch is awaited. */
async function* stopWith(
  batches: AsyncGenerator<UnitBatch>,
  signal: AbortSignal | undefined,
): AsyncGenerator<UnitBatch> {
  if (signal === undefined) {
    yield* batches;
    return;
  }
  while (!signal.aborted) {
    const next = await unlessStopped(batches.next(), signal);
    if (next === undefined || next.done === true) break;
    yield next.value;
  }
  // Not awaited: what is being read now may take its time.
  if (signal.aborted) void batches.return(undefined).catch(() => undefined);
}

/** Undefined when stopped first. A race with a promise that lives as long as the run would keep all that came before. */
function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function createProgress(units: readonly MapUnit[], { onProgress }: ReadOptions) {
  const totalBytes = units.reduce((sum, { bytes }) => sum + bytes, 0);
  const files = units.filter(({ isLast }) => isLast).length;
  const open = new Map<number, { bytes: number; events: number }>();
  const finished = { files: 0, bytes: 0, events: 0 };
  let reportedMs = 0;
  const send = (isEnd: boolean): void => {
    const nowMs = performance.now();
    if (onProgress === undefined || (!isEnd && nowMs - reportedMs < PROGRESS_MS)) return;
    reportedMs = nowMs;
    const now = [...open.values()];
    onProgress({
      files,
      filesDone: finished.files,
      events: finished.events + now.reduce((sum, { events }) => sum + events, 0),
      bytes: finished.bytes + now.reduce((sum, { bytes }) => sum + bytes, 0),
      totalBytes,
    });
  };
  return {
    report(unit: MapUnit, { bytes, events }: Parameters<UnitProgress>[0]): void {
      // Members of an archive count from their own start.
      open.set(unit.index, { bytes: Math.min(unit.bytes, bytes), events });
      send(false);
    },
    done(unit: MapUnit | undefined): void {
      if (unit === undefined) return;
      finished.bytes += unit.bytes;
      finished.events += open.get(unit.index)?.events ?? 0;
      finished.files += unit.isLast ? 1 : 0;
      open.delete(unit.index);
      send(false);
    },
    end: () => send(true),
  };
}
