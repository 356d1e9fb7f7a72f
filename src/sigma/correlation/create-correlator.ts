import type { Issue } from '../../model/index.js';
import type { SigmaRule } from '../sigma-rule.js';
import type { CorrelationMatch } from './correlation-match.js';
import { type CorrelationFeed, CorrelationRun } from './correlation-run.js';
import type { CorrelationInput, LinkedCorrelation } from './link-correlations.js';

/** An event on which rules matched. */
export interface CorrelatedEvent<T> {
  /** Milliseconds since 1970; undefined when the log has no time: such an event cannot be correlated. */
  readonly timeMs: number | undefined;
  /** Every value of a field as text; empty when it is missing. Read at once, not kept. */
  texts(field: string): readonly string[];
  /** What comes back as evidence. Kept as long as a window may need it: make it small. */
  readonly item: T;
}

/** Runs correlations over matches; lives as long as its input. */
export interface Correlator<T> {
  /** All rules that matched one event, in any order; those that no correlation is about are ignored. */
  add(rules: readonly SigmaRule[], event: CorrelatedEvent<T>): void;
  /** Matches that became whole since the last call. */
  take(): readonly CorrelationMatch<T>[];
  /** Ends the input: closes every window. The rest of the matches. */
  finish(): readonly CorrelationMatch<T>[];
  /** What could not be used, one Issue for each correlation and reason; whole after `finish`. */
  issues(): readonly Issue[];
}

export interface CorrelatorLimits {
  /** Events held back to be put in order of time. Default 50,000. */
  readonly maxHeldBack?: number | undefined;
  /** Events in all windows of one correlation. Default 100,000. */
  readonly maxEntries?: number | undefined;
}

interface Waiting<T> {
  readonly timeMs: number;
  readonly feeds: readonly CorrelationFeed<T>[];
}

/**
 * Runs correlations over the matches of rules.
 *
 * Order: events may come in any order as long as no more than `maxHeldBack` come between two that are the wrong way round; they
 * are taken in the order of their times, those of the same time in the order in which they came. One that comes later still
 * is put in its place when its group's window reaches back to it; else the window is closed and begins again with it, which
 * is counted in an Issue.
 *
 * Memory: `maxHeldBack` and `maxEntries` bound it; what does not fit is dropped, oldest first, and an Issue counts it.
 *
 * @param correlations as `linkCorrelations` gives them: what is built on others comes after those.
 */
export function createCorrelator<T>(
  correlations: readonly LinkedCorrelation[],
  { maxHeldBack = 50_000, maxEntries = 100_000 }: CorrelatorLimits = {},
): Correlator<T> {
  const done: CorrelationMatch<T>[] = [];
  const runs: CorrelationRun<T>[] = [];
  const readersOf = new Map<CorrelationInput, CorrelationRun<T>[]>();
  for (const linked of correlations) {
    const run: CorrelationRun<T> = new CorrelationRun<T>(linked, {
      maxEntries,
      onMatch: (match) => done.push(match),
      onHeld: (event) => {
        for (const reader of readersOf.get(linked.correlation) ?? []) {
          const feed = reader.feedOf([linked.correlation], event);
          if (feed !== undefined) reader.add(feed);
        }
      },
    });
    runs.push(run);
    for (const input of linked.inputs) {
      const readers = readersOf.get(input) ?? [];
      readersOf.set(input, readers);
      readers.push(run);
    }
  }
  let waiting: Waiting<T>[] = [];
  const release = (count: number): void => {
    // Stable: events of the same time stay in the order in which they came.
    waiting.sort((a, b) => a.timeMs - b.timeMs);
    for (const { timeMs, feeds } of waiting.slice(0, count)) {
      for (const run of runs) run.advance(timeMs);
      for (const feed of feeds) feed.run.add(feed);
    }
    waiting = waiting.slice(count);
  };
  const taken = (): readonly CorrelationMatch<T>[] => done.splice(0);
  return {
    add(rules, { timeMs, texts, item }) {
      const readers = new Set(rules.flatMap((rule) => readersOf.get(rule) ?? []));
      if (readers.size === 0) return;
      const feeds: CorrelationFeed<T>[] = [];
      for (const reader of readers) {
        const feed = reader.feedOf(rules, { timeMs, texts, items: [item] });
        if (feed !== undefined) feeds.push(feed);
      }
      if (timeMs === undefined || feeds.length === 0) return;
      waiting.push({ timeMs, feeds });
      if (waiting.length >= maxHeldBack * 2) release(maxHeldBack);
    },
    take: taken,
    finish() {
      release(waiting.length);
      // Those below first, for what they close may still count above.
      for (const run of runs) run.finish();
      return taken();
    },
    issues: () => runs.flatMap((run) => run.issues()),
  };
}
