import type { ByteRange } from './read-value.js';

/** The values of all records of a chunk, one behind the other: types, and places in the chunk. */
export class SlotTable {
  types = new Uint8Array(1_024);
  ranges = new Int32Array(1_024);
  length = 0;

  /** Makes room for `count` more slots, which are null until they are set. */
  reserve(count: number): number {
    const base = this.length;
    this.length += count;
    if (this.length > this.types.length) this.#grow();
    return base;
  }

  set(slot: number, type: number, range: ByteRange): void {
    this.types[slot] = type;
    this.ranges[slot] = range;
  }

  /** Takes back all slots from `base`. */
  release(base: number): void {
    this.types.fill(0, base, this.length);
    this.ranges.fill(0, base, this.length);
    this.length = base;
  }

  #grow(): void {
    const { types, ranges } = this;
    this.types = new Uint8Array(this.length * 2);
    this.ranges = new Int32Array(this.length * 2);
    this.types.set(types);
    this.ranges.set(ranges);
  }
}
