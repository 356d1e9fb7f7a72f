import type { Event, Logsource } from '../collectors/index.js';
import type { EventKind } from './map-unit.js';

// Bounds memory on logs made to name a provider an event; real ones have some hundred.
const MAX_KINDS = 2_000;

interface Kind {
  readonly logsource: Logsource;
  readonly label: string;
  readonly isCovered: boolean;
  events: number;
}

/** Counts the events of a log by their logsource. */
export interface EventKindCounter {
  /** Whether any rule is about the event. */
  add(event: Event): boolean;
  kinds(): readonly EventKind[];
}

export function createEventKindCounter(
  isCovered: (logsource: Logsource) => boolean,
): EventKindCounter {
  const byKey = new Map<string, Kind>();
  const known = new WeakMap<Logsource, Kind>();
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
        isCovered: isCovered(shown),
        events: 0,
      };
      byKey.set(key, kind);
    }
    return kind;
  };
  return {
    add({ logsource }) {
      let kind = known.get(logsource);
      if (kind === undefined) {
        kind = kindOf(logsource);
        known.set(logsource, kind);
      }
      kind.events += 1;
      return kind.isCovered;
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
