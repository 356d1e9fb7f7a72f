import { useSyncExternalStore } from 'react';

/** A value that changes over time, and who wants to know. */
export interface Store<T> {
  current(): T;
  /** Does nothing when the value is the same. */
  set(next: T): void;
  /** @returns how to stop listening. */
  subscribe(listener: () => void): () => void;
}

/** A store that holds `initial` until it is set. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    current: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a store in a component, which renders again when it changes. */
export function useStore<T>(store: Pick<Store<T>, 'current' | 'subscribe'>): T {
  return useSyncExternalStore(store.subscribe, store.current);
}
