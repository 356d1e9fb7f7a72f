import type { EventReference } from './behavior.js';
import { createBoundedMap } from './bounded-map.js';
import type { Reading } from './reading.js';
import { MAX_EVIDENCE, refer } from './refer.js';

export interface BurstOptions {
  readonly windowMs: number;
  /** Different items of one key within the window that make a burst. */
  readonly threshold: number;
  /** Fields kept as evidence. */
  readonly fields: readonly string[];
  /** A key is silent so long after its burst. Default one hour. */
  readonly quietMs?: number;
}

/** Many different things by one actor in a short time. */
export interface Burst {
  /** Counts an item; what was found when that makes a burst. Events without a time do not count. */
  add(reading: Reading, entry: { readonly key: string; readonly item: string }): Surge | undefined;
  retained(): number;
}

export interface Surge {
  /** The different items within the window. */
  readonly items: readonly string[];
  /** The first events and the last. */
  readonly evidence: readonly EventReference[];
}

interface KeyState {
  /** Item → when it was seen last. */
  readonly items: Map<string, number>;
  readonly evidence: { readonly timeMs: number; readonly reference: EventReference }[];
  burstMs: number | undefined;
}

const HOUR_MS = 3_600_000;
const MAX_KEYS = 1_000;
const MAX_ITEM_LENGTH = 256;

export function createBurst(options: BurstOptions): Burst {
  const { windowMs, threshold, quietMs = HOUR_MS } = options;
  const maxItems = Math.max(32, threshold * 2);
  const keys = createBoundedMap<KeyState>(MAX_KEYS);
  return {
    add(reading, { key, item }) {
      const { timeMs } = reading;
      if (timeMs === undefined) return undefined;
      const state = keys.get(key) ?? { items: new Map(), evidence: [], burstMs: undefined };
      keys.set(key, state);
      if (state.burstMs !== undefined && Math.abs(timeMs - state.burstMs) <= quietMs)
        return undefined;
      remember(state, { item: item.slice(0, MAX_ITEM_LENGTH), timeMs, windowMs, maxItems });
      addEvidence(state, timeMs, { windowMs, reading, fields: options.fields });
      if (state.items.size < threshold) return undefined;
      const items = itemsAround(state.items, timeMs, windowMs);
      if (items.length < threshold) return undefined;
      const evidence = [
        ...state.evidence.map(({ reference }) => reference).slice(0, MAX_EVIDENCE - 1),
        refer(reading, options.fields),
      ];
      state.items.clear();
      state.evidence.length = 0;
      state.burstMs = timeMs;
      return { items, evidence };
    },
    retained() {
      let count = keys.size;
      for (const { items, evidence } of keys.values()) count += items.size + evidence.length;
      return count;
    },
  };
}

interface Sight {
  readonly item: string;
  readonly timeMs: number;
  readonly windowMs: number;
  readonly maxItems: number;
}

function remember({ items }: KeyState, { item, timeMs, windowMs, maxItems }: Sight): void {
  items.delete(item);
  items.set(item, timeMs);
  for (const [oldest, seenMs] of items) {
    // Files are not always in the order of time: what is a little later counts too.
    if (items.size <= maxItems && Math.abs(timeMs - seenMs) <= 2 * windowMs) break;
    items.delete(oldest);
  }
}

function addEvidence(
  { evidence }: KeyState,
  timeMs: number,
  event: {
    readonly windowMs: number;
    readonly reading: Reading;
    readonly fields: readonly string[];
  },
): void {
  while (evidence[0] !== undefined && Math.abs(timeMs - evidence[0].timeMs) > event.windowMs)
    evidence.shift();
  // The last place is for the event that makes the burst.
  if (evidence.length < MAX_EVIDENCE - 1)
    evidence.push({ timeMs, reference: refer(event.reading, event.fields) });
}

/** The items of the window that ends with the event or begins with it, whichever holds more. */
function itemsAround(
  items: ReadonlyMap<string, number>,
  timeMs: number,
  windowMs: number,
): string[] {
  const before: string[] = [];
  const after: string[] = [];
  for (const [item, seenMs] of items) {
    if (seenMs <= timeMs && seenMs >= timeMs - windowMs) before.push(item);
    if (seenMs >= timeMs && seenMs <= timeMs + windowMs) after.push(item);
  }
  return before.length >= after.length ? before : after;
}
