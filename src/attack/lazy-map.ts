/** A read-only map whose values are made when they are asked for. */
export class LazyMap<K, Raw, V> implements ReadonlyMap<K, V> {
  readonly #raw: ReadonlyMap<K, Raw>;
  readonly #make: (raw: Raw) => V | undefined;

  /** @param make called on every look-up, so it must remember what it made; undefined hides the key. */
  constructor(raw: ReadonlyMap<K, Raw>, make: (raw: Raw) => V | undefined) {
    this.#raw = raw;
    this.#make = make;
  }

  get size(): number {
    return this.#raw.size;
  }

  has(key: K): boolean {
    return this.#raw.has(key);
  }

  get(key: K): V | undefined {
    const raw = this.#raw.get(key);
    return raw === undefined ? undefined : this.#make(raw);
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, raw] of this.#raw) {
      const value = this.#make(raw);
      if (value !== undefined) yield [key, value];
    }
    return undefined;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  keys(): MapIterator<K> {
    return this.#raw.keys();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }
}
