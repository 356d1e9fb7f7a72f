import type { Event, Logsource } from '../collectors/index.js';
import type { EventKind } from './map-unit.js';

// Bounds memory on logs made to name a provider an event; real ones have some hundred.
const MAX_KINDS = 2_000;

interface Kind {
  readonly logsource: Logsource;
  readonly label: string;
  readonly isCovered: boolean;
  /** Whether a behaviour looks at it. */
  readonly isWatched: boolean;
  events: number;
}

/** Counts the events of a log by their logsource. */
export interface EventKindCounter {
  /** Counts an event; who is about its kind. */
  add(event: Event): { readonly isCovered: boolean; readonly isWatched: boolean };
  kinds(): readonly EventKind[];
}

export interface KindTests {
  /** Whether any rule is about a logsource. */
  readonly isCovered: (logsource: Logsource) => boolean;
  readonly isWatched: (logsource: Logsource) => boolean;
}

export function createEventKindCounter(tests: KindTests): EventKindCounter {
  const byKey = new Map<string, Kind>();
  let last: { readonly logsource: Logsource; readonly kind: Kind } | undefined;
  const kindOf = (logsource: Logsource): Kind => {
    const { product, categories, services, channel, provider, eventId } = logsource;
    const base = `${product}\n${categories.join()}\n${services.join()}`;
    const isFull = byKey.size >= MAX_KINDS;
    const key = isFull ? base : `${base}\n${channel}\n${provider}\n${eventId}`;
    let kind = byKey.get(key);
    if (kind === undefined) {
      const plain = { ...logsource, channel: undefined, provider: undefined, eventId: undefined };
      const shown = isFull ? plain : logsource;
      kind = {
        logsource: shown,
        label: describeLogsource(shown),
        isCovered: tests.isCovered(shown),
        isWatched: tests.isWatched(logsource),
        events: 0,
      };
      byKey.set(key, kind);
    }
    return kind;
  };
  return {
    add({ logsource }) {
      // Some logs make one object for all events of a kind, others one for each.
      if (last?.logsource !== logsource) last = { logsource, kind: kindOf(logsource) };
      const { kind } = last;
      kind.events += 1;
      return kind;
    },
    kinds: () =>
      [...byKey.values()].map(({ logsource, label, isCovered: covered, events }) => {
        const { product, categories, services, channel, provider } = logsource;
        const origin = channel ?? provider;
        return {
          logsource: { product, categories, services },
          label,
          origin,
          isCovered: covered,
          events,
        };
      }),
  };
}

/** A logsource for people; the log's own names where Sigma has none. */
function describeLogsource(logsource: Logsource): string {
  const { product, categories, services, channel, provider, eventId } = logsource;
  const place = [product, categories[0], services[0] ?? channel ?? provider]
    .filter((part) => part !== undefined)
    .join('/')
    .slice(0, 200);
  if (place === '') return 'unknown logsource';
  return eventId === undefined ? place : `${place}, event id ${eventId}`;
}
