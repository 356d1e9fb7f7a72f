import type { EventReference } from './behavior.js';
import { createBoundedMap } from './bounded-map.js';
import type { Reading } from './reading.js';
import { refer } from './refer.js';

export interface SequenceOptions {
  /** The steps' names; at most 5. */
  readonly steps: readonly string[];
  /** From the first step to the last. */
  readonly windowMs: number;
  /** Whether the steps must follow each other in time as they are listed; the same instant will do. */
  readonly isOrdered: boolean;
  /** Fields kept as evidence. */
  readonly fields: readonly string[];
}

/** Several different things about one subject within a window; events may come in any order. */
export interface Sequence {
  /** The events of all steps, in the order of the steps, when this one completes them. */
  add(
    reading: Reading,
    entry: { readonly key: string; readonly step: string },
  ): readonly EventReference[] | undefined;
  retained(): number;
}

type Steps = Map<string, { readonly timeMs: number; readonly reference: EventReference }>;

const MAX_KEYS = 2_000;

export function createSequence({ steps, windowMs, isOrdered, fields }: SequenceOptions): Sequence {
  const keys = createBoundedMap<Steps>(MAX_KEYS);
  return {
    add(reading, { key, step }) {
      const { timeMs } = reading;
      if (timeMs === undefined || !steps.includes(step)) return undefined;
      const seen: Steps = keys.get(key) ?? new Map();
      keys.set(key, seen);
      seen.set(step, { timeMs, reference: refer(reading, fields) });
      const found = steps.map((name) => seen.get(name));
      const times: number[] = [];
      for (const one of found) {
        if (one === undefined) return undefined;
        times.push(one.timeMs);
      }
      const isInOrder = times.every(
        (time, index) => index === 0 || time >= (times[index - 1] ?? 0),
      );
      if (Math.max(...times) - Math.min(...times) > windowMs || (isOrdered && !isInOrder))
        return undefined;
      keys.delete(key);
      return found.flatMap((one) => (one === undefined ? [] : [one.reference]));
    },
    retained() {
      let count = keys.size;
      for (const seen of keys.values()) count += seen.size;
      return count;
    },
  };
}
