/** A map that forgets the key used longest ago when it is full. */
export interface BoundedMap<V> {
  /** Counts as use. */
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  values(): Iterable<V>;
  entries(): Iterable<readonly [string, V]>;
  readonly size: number;
}

const MAX_KEY_LENGTH = 512;

/** @param limit most keys held. Keys longer than 512 characters are cut. */
export function createBoundedMap<V>(limit: number): BoundedMap<V> {
  const map = new Map<string, V>();
  const cut = (key: string): string =>
    key.length > MAX_KEY_LENGTH ? key.slice(0, MAX_KEY_LENGTH) : key;
  return {
    get(key) {
      const short = cut(key);
      const value = map.get(short);
      if (value === undefined) return undefined;
      map.delete(short);
      map.set(short, value);
      return value;
    },
    set(key, value) {
      const short = cut(key);
      map.delete(short);
      map.set(short, value);
      if (map.size <= limit) return;
      const [oldest] = map.keys();
      if (oldest !== undefined) map.delete(oldest);
    },
    delete: (key) => map.delete(cut(key)),
    values: () => map.values(),
    entries: () => map.entries(),
    get size() {
      return map.size;
    },
  };
}
