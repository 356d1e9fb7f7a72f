import type { TimeCount } from './map-result.js';

const MAX_BUCKETS = 64;

/** Counts events by time with bounded memory: the spans grow as the times spread. */
export interface TimeBuckets {
  /** @param time ISO 8601 UTC. */
  add(time: string): void;
  /** In order. */
  counts(): readonly TimeCount[];
}

/** Starts with spans of one second and doubles them when there are more than 64. */
export function createTimeBuckets(): TimeBuckets {
  let widthMs = 1_000;
  let counts = new Map<number, number>();
  const startOf = (timeMs: number): number => Math.floor(timeMs / widthMs) * widthMs;
  const widen = (): void => {
    widthMs *= 2;
    const wider = new Map<number, number>();
    for (const [timeMs, count] of counts)
      wider.set(startOf(timeMs), (wider.get(startOf(timeMs)) ?? 0) + count);
    counts = wider;
  };
  return {
    add(time) {
      const timeMs = Date.parse(time);
      if (Number.isNaN(timeMs)) return;
      counts.set(startOf(timeMs), (counts.get(startOf(timeMs)) ?? 0) + 1);
      while (counts.size > MAX_BUCKETS) widen();
    },
    counts: () =>
      [...counts].sort(([a], [b]) => a - b).map(([timeMs, count]) => ({ timeMs, count })),
  };
}
