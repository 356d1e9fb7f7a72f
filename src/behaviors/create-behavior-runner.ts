import { isTechniqueId } from '../model/index.js';
import type { Behavior, BehaviorMatch, Detector, EventSelector, Sighting } from './behavior.js';
import type { BehaviorEvent, EventLogsource } from './behavior-event.js';
import { BEHAVIORS } from './behaviors.table.js';
import { openReading } from './reading.js';

/** Behaviours over one run. */
export interface BehaviorRunner {
  /** What this event completes, in the order of the behaviours. */
  push(event: BehaviorEvent): readonly BehaviorMatch[];
  /** What can be said only when all events are known; once, at the end. */
  finish(): readonly BehaviorMatch[];
  /** Whether any behaviour looks at events of this logsource. */
  isWatched(logsource: EventLogsource): boolean;
  /** Entries that each behaviour holds now. */
  retained(): ReadonlyMap<string, number>;
}

interface Running {
  readonly behavior: Behavior;
  readonly detector: Detector;
}

const NO_MATCHES: readonly BehaviorMatch[] = [];
/** Logsources that a run remembers the watchers of; a log made to name more only costs time. */
const MAX_LOGSOURCES = 10_000;

/** @param behaviors default all that ship. */
export function createBehaviorRunner(behaviors: readonly Behavior[] = BEHAVIORS): BehaviorRunner {
  const running = behaviors.map((behavior) => ({ behavior, detector: behavior.start() }));
  const byLogsource = new Map<string, readonly Running[]>();
  const watchersOf = (logsource: EventLogsource): readonly Running[] => {
    const { product, categories, services, channel, eventId } = logsource;
    const key = `${product}|${categories.join()}|${services.join()}|${channel}|${eventId}`;
    let found = byLogsource.get(key);
    if (found === undefined) {
      found = running.filter(({ behavior }) =>
        behavior.events.some((selector) => selects(selector, logsource)),
      );
      if (byLogsource.size < MAX_LOGSOURCES) byLogsource.set(key, found);
    }
    return found;
  };
  return {
    push(event) {
      const watchers = watchersOf(event.logsource);
      if (watchers.length === 0) return NO_MATCHES;
      const reading = openReading(event);
      let matches: BehaviorMatch[] | undefined;
      for (const { behavior, detector } of watchers)
        for (const sighting of detector.take(reading)) {
          matches ??= [];
          matches.push(toMatch(behavior, sighting));
        }
      return matches ?? NO_MATCHES;
    },
    finish: () =>
      running.flatMap(({ behavior, detector }) =>
        (detector.finish?.() ?? []).map((sighting) => toMatch(behavior, sighting)),
      ),
    isWatched: (logsource) => watchersOf(logsource).length > 0,
    retained: () =>
      new Map(running.map(({ behavior, detector }) => [behavior.name, detector.retained()])),
  };
}

function selects(selector: EventSelector, logsource: EventLogsource): boolean {
  const { service, category, product, channel, eventIds } = selector;
  if (service !== undefined && !logsource.services.includes(service)) return false;
  if (category !== undefined && !logsource.categories.includes(category)) return false;
  if (product !== undefined && logsource.product !== product) return false;
  if (channel !== undefined && !channel.test((logsource.channel ?? '').slice(0, 255))) return false;
  return (
    eventIds === undefined ||
    (logsource.eventId !== undefined && eventIds.includes(logsource.eventId))
  );
}

function toMatch({ name, title, level }: Behavior, sighting: Sighting): BehaviorMatch {
  const { techniqueIds, confidence, reason, evidence } = sighting;
  const last = evidence.at(-1);
  return {
    kind: 'behavior-match',
    ruleId: `portolan:${name}`,
    title,
    level,
    techniqueIds: techniqueIds.filter(isTechniqueId),
    confidence,
    reason,
    time: last?.time,
    host: last?.host,
    user: last?.user,
    evidence,
  };
}
