import type { EncodedAnswer } from './encode-answer.js';

/** Answers that hold for all callers until something changes. Those asked for longest ago go first. */
export interface AnswerCache {
  /**
   * The answer kept under `key` when it is of the same `stamp` and not too old, else what `make` makes; many that ask at once wait for one.
   */
  get(key: string, stamp: number, make: () => Promise<EncodedAnswer>): Promise<EncodedAnswer>;
  readonly sizeBytes: number;
}

interface Kept {
  readonly stamp: number;
  readonly madeMs: number;
  readonly answer: Promise<EncodedAnswer>;
  bytes: number;
}

/**
 * @param maxBytes of answers, uncompressed; compressed forms are a fraction of it.
 * @param maxAgeMs bounds how long a version of ATT&CK that another process installed goes unseen.
 */
export function createAnswerCache(
  maxBytes: number,
  maxAgeMs: number,
  nowMs: () => number = () => performance.now(),
): AnswerCache {
  const kept = new Map<string, Kept>();
  let sizeBytes = 0;
  const drop = (key: string, entry: Kept): void => {
    if (kept.get(key) !== entry) return;
    kept.delete(key);
    sizeBytes -= entry.bytes;
  };
  return {
    async get(key, stamp, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        if (found.stamp === stamp && nowMs() - found.madeMs < maxAgeMs) return found.answer;
        drop(key, found);
      }
      const entry: Kept = { stamp, madeMs: nowMs(), answer: make(), bytes: 0 };
      kept.set(key, entry);
      try {
        const answer = await entry.answer;
        if (kept.get(key) === entry) {
          entry.bytes = answer.body.byteLength + key.length;
          sizeBytes += entry.bytes;
        }
        for (const [oldest, one] of kept) {
          if (sizeBytes <= maxBytes) break;
          drop(oldest, one);
        }
        return answer;
      } catch (error) {
        drop(key, entry);
        throw error;
      }
    },
    get sizeBytes() {
      return sizeBytes;
    },
  };
}
