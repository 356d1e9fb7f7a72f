import { parentPort, workerData } from 'node:worker_threads';
import { decodePack, lazyCompiledRule, type RuleSetImage, type SigmaRule } from '../sigma/index.js';
import { createRuleMatcher } from './map-matcher.js';
import { createUnitReader, type ReaderSetting } from './map-reader.js';
import type { MapUnit, UnitBatch } from './map-unit.js';
import { createWatch } from './map-watch.js';

/** What a worker is started with. */
export interface WorkerSetting {
  /** Empty when they are in a pack. */
  readonly rules: readonly SigmaRule[];
  readonly image: RuleSetImage | undefined;
  /** In shared memory: what is large is there once. */
  readonly pack?: Uint8Array | undefined;
  readonly setting: ReaderSetting;
}

export type ToWorker =
  | { readonly kind: 'unit'; readonly unit: MapUnit }
  /** A batch was used up: another may come. */
  | { readonly kind: 'used' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'batch'; readonly batch: UnitBatch }
  | {
      readonly kind: 'progress';
      readonly unit: number;
      readonly bytes: number;
      readonly events: number;
    }
  | { readonly kind: 'done'; readonly unit: number };

// A batch holds some hundred events: together some megabytes, and about what comes of a part of a file.
const MAX_WAITING = 8;
const PROGRESS_MS = 100;

/** Reads the units that the main thread sends, one after the other, not further ahead of it than some batches. */
function serve(port: NonNullable<typeof parentPort>, workerSetting: WorkerSetting): void {
  const { setting } = workerSetting;
  const { rules, image } = openRules(workerSetting);
  const reader = createUnitReader({
    matcher: createRuleMatcher(
      rules.map((rule) => lazyCompiledRule(rule)),
      image,
    ),
    setting,
    isWatched: createWatch(setting),
  });
  const send = (message: FromWorker): void => port.postMessage(message);
  let waiting = 0;
  let resume: (() => void) | undefined;
  const readUnit = async (unit: MapUnit): Promise<void> => {
    let reportedMs = 0;
    const batches = reader.read(unit, (progress) => {
      const nowMs = performance.now();
      if (nowMs - reportedMs < PROGRESS_MS) return;
      reportedMs = nowMs;
      send({ kind: 'progress', unit: unit.index, ...progress });
    });
    for await (const batch of batches) {
      send({ kind: 'batch', batch });
      waiting += 1;
      if (waiting >= MAX_WAITING)
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
    }
    send({ kind: 'done', unit: unit.index });
  };
  let last = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'used') {
      waiting -= 1;
      resume?.();
      resume = undefined;
    } else last = last.then(() => readUnit(message.unit));
  });
  send({ kind: 'ready' });
}

function openRules({ rules, image, pack }: WorkerSetting) {
  const opened = pack === undefined ? undefined : decodePack(pack);
  return opened ?? { rules, image };
}

if (parentPort !== null) serve(parentPort, workerData as WorkerSetting);
