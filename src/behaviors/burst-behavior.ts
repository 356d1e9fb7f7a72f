import type { Behavior, Detector, Sighting } from './behavior.js';
import { createBurst, type Surge } from './burst.js';
import type { Reading } from './reading.js';

/** Sightings of an event that shows nothing. */
export const NONE: readonly Sighting[] = [];

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export interface BurstRule {
  readonly windowMs: number;
  readonly threshold: number;
  readonly fields: readonly string[];
  /** As in `createBurst`. */
  readonly quietMs?: number;
  /** Who did it (`key`) and what counts (`item`); undefined when the event does not count. */
  pick(reading: Reading): { readonly key: string; readonly item: string } | undefined;
  /** Default: all techniques of the behaviour. */
  techniquesOf?(surge: Surge, reading: Reading): readonly string[];
  readonly confidence: number;
  /** `12 accounts from 192.0.2.7` */
  describe(surge: Surge, reading: Reading): string;
}

/** A behaviour that is one kind of burst, or several: an event counts for each rule whose `pick` takes it. */
export function burstBehavior(
  head: Omit<Behavior, 'start'>,
  rules: readonly BurstRule[],
): Behavior {
  return { ...head, start: () => startBursts(head, rules) };
}

function startBursts(head: Omit<Behavior, 'start'>, rules: readonly BurstRule[]): Detector {
  const bursts = rules.map((rule) => ({ rule, burst: createBurst(rule) }));
  return {
    take(reading) {
      const sightings: Sighting[] = [];
      for (const { rule, burst } of bursts) {
        const entry = rule.pick(reading);
        const surge = entry === undefined ? undefined : burst.add(reading, entry);
        if (surge === undefined) continue;
        const techniqueIds = rule.techniquesOf?.(surge, reading) ?? head.techniqueIds;
        if (techniqueIds.length === 0) continue;
        sightings.push({
          techniqueIds,
          confidence: rule.confidence,
          reason: rule.describe(surge, reading),
          evidence: surge.evidence,
        });
      }
      return sightings;
    },
    retained: () => bursts.reduce((sum, { burst }) => sum + burst.retained(), 0),
  };
}
