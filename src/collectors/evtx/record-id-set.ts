const MAX_RUNS = 8_192;

/**
 * Numbers of records, kept as runs, since a log numbers its records one by one. Of a log with very many gaps only the
 * highest numbers are kept, so that memory is bounded.
 */
export class RecordIdSet {
  // Invariant: sorted, apart from each other; both ends belong to the run.
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** @returns false when it was there already. */
  add(id: number | string): boolean {
    // Beyond 2^53 only damage numbers records.
    if (typeof id === 'string') return true;
    const run = this.#runBefore(id);
    const end = this.#ends[run] ?? Number.NEGATIVE_INFINITY;
    if (id <= end) return false;
    if (id === end + 1) this.#ends[run] = id;
    else {
      this.#starts.splice(run + 1, 0, id);
      this.#ends.splice(run + 1, 0, id);
    }
    if (this.#starts.length > MAX_RUNS) {
      this.#starts.splice(0, MAX_RUNS / 2);
      this.#ends.splice(0, MAX_RUNS / 2);
    }
    return true;
  }

  /** The last run that starts at or before `id`; -1 when none does. */
  #runBefore(id: number): number {
    const starts = this.#starts;
    let high = starts.length - 1;
    if (high < 0 || (starts[high] ?? 0) <= id) return high;
    let low = -1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= id) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
