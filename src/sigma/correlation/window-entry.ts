/** An event in a window. */
export interface WindowEntry<T> {
  readonly timeMs: number;
  /** Which inputs of the correlation matched it, ascending. */
  readonly inputs: readonly number[];
  /** What is counted or computed; undefined for types that need no field. */
  readonly value: string | number | undefined;
  /** What the caller wants to see again as evidence: one event, or those of a correlation below. */
  readonly items: readonly T[];
}

/** The entries of a window, oldest first. */
export class EntryQueue<T> {
  private readonly list: WindowEntry<T>[] = [];
  private head = 0;

  get length(): number {
    return this.list.length - this.head;
  }

  /** `Infinity` when there is none. */
  get oldestMs(): number {
    return this.list[this.head]?.timeMs ?? Number.POSITIVE_INFINITY;
  }

  /** `-Infinity` when there is none. */
  get newestMs(): number {
    return this.length === 0
      ? Number.NEGATIVE_INFINITY
      : (this.list.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY);
  }

  /** Puts an entry where its time wants it, after those of the same time; whether that is the end. */
  insert(entry: WindowEntry<T>): boolean {
    let place = this.list.length;
    while (place > this.head && (this.list[place - 1]?.timeMs ?? 0) > entry.timeMs) place -= 1;
    if (place === this.list.length) {
      this.list.push(entry);
      return true;
    }
    this.list.splice(place, 0, entry);
    return false;
  }

  shift(): WindowEntry<T> | undefined {
    if (this.length === 0) return undefined;
    const first = this.list[this.head];
    this.head += 1;
    if (this.head > 64 && this.head * 2 > this.list.length) {
      this.list.splice(0, this.head);
      this.head = 0;
    }
    return first;
  }

  entries(): readonly WindowEntry<T>[] {
    return this.list.slice(this.head);
  }
}
