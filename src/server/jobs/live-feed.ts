import type { Store } from '../../store/index.js';
import type { ApiImport } from '../schemas/imports.js';
import type { LiveEvent } from '../schemas/live-events.js';

/** What browsers are told as it happens. */
export interface LiveFeed {
  /**
   * @param onEnd called when the feed itself stops.
   * @returns what ends it.
   */
  subscribe(listener: (event: LiveEvent) => void, onEnd: () => void): () => void;
  /** Tells that a job moved. */
  tellImport(data: ApiImport): void;
  /** Listeners now. */
  readonly size: number;
  stop(): void;
}

/** Follows the store: also what another process changes is told. */
export function createLiveFeed(store: Store, onFault: (error: unknown) => void): LiveFeed {
  const listeners = new Map<(event: LiveEvent) => void, () => void>();
  const stopping = new AbortController();
  const tell = (event: LiveEvent): void => {
    for (const listener of listeners.keys()) listener(event);
  };
  const follow = async (): Promise<void> => {
    for await (const changeCounter of store.watch({ signal: stopping.signal }))
      tell({ event: 'change', data: { changeCounter } });
  };
  follow().catch(onFault);
  return {
    subscribe(listener, onEnd) {
      listeners.set(listener, onEnd);
      return () => listeners.delete(listener);
    },
    tellImport: (data) => tell({ event: 'import', data }),
    get size() {
      return listeners.size;
    },
    stop() {
      stopping.abort();
      for (const onEnd of [...listeners.values()]) onEnd();
    },
  };
}
