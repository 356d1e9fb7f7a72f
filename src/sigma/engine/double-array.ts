/** Words of a state in the table: base, check, fail, output. */
const STATE_WORDS = 4;
// What no state is; -1 marks a free slot.
const NO_PARENT = -2;

/**
 * States of automata in one table. State `s` goes over class `c` to `t = base[s] + c` when `check[t]` is `s`. States
 * are a few neighbouring words, so a step costs one or two cache lines, and a set of rules fits in a few megabytes.
 */
export class DoubleArray {
  #words: Int32Array;
  #top: number;
  #firstFree: number;
  readonly #classCount: number;

  /** @param classCount bases are at least 0 and reach that much further than the last state. */
  constructor(classCount: number) {
    this.#classCount = classCount;
    // Slots that no transition reaches: state 0 means none.
    this.#top = classCount;
    this.#firstFree = classCount;
    this.#words = new Int32Array(STATE_WORDS * 4096).fill(-1);
  }

  /** A state that no transition leads to. */
  addRoot(): number {
    const state = this.#top;
    this.#take(state, NO_PARENT);
    return state;
  }

  /**
   * Gives a state its successors.
   *
   * @param classes ascending, at least one.
   * @returns the base: successor by class is base + class.
   */
  addChildren(state: number, classes: readonly number[]): number {
    const base = this.#findBase(classes);
    this.#words[state * STATE_WORDS] = base;
    for (const charClass of classes) this.#take(base + charClass, state);
    return base;
  }

  /** State reached from `state` over a class, without failing; -1 when there is none. */
  child(state: number, charClass: number): number {
    const base = this.#words[state * STATE_WORDS] ?? -1;
    if (base < 0) return -1;
    const next = base + charClass;
    return this.#words[next * STATE_WORDS + 1] === state ? next : -1;
  }

  setFail(state: number, fail: number): void {
    this.#words[state * STATE_WORDS + 2] = fail;
  }

  failOf(state: number): number {
    return this.#words[state * STATE_WORDS + 2] ?? 0;
  }

  setOutput(state: number, output: number): void {
    this.#words[state * STATE_WORDS + 3] = output;
  }

  outputOf(state: number): number {
    return this.#words[state * STATE_WORDS + 3] ?? 0;
  }

  /** Replaces a state's base by a row of `dense`; the base that it had, 0 for none. */
  setDense(state: number, row: number): number {
    const base = this.#words[state * STATE_WORDS] ?? 0;
    this.#words[state * STATE_WORDS] = ~row;
    return Math.max(base, 0);
  }

  /** The table; every base plus every class is within it. */
  finish(): Int32Array {
    const length = (this.#top + this.#classCount) * STATE_WORDS;
    this.#grow(length);
    const words = this.#words.slice(0, length);
    // A state without successors and a free slot lead nowhere: base 0, whose slots are nobody's.
    for (let at = 0; at < words.length; at += STATE_WORDS) {
      if (words[at] === -1) words[at] = 0;
      if (words[at + 2] === -1) words[at + 2] = 0;
      if (words[at + 3] === -1) words[at + 3] = 0;
    }
    return words;
  }

  #take(slot: number, parent: number): void {
    this.#grow((slot + 1) * STATE_WORDS);
    const at = slot * STATE_WORDS;
    this.#words[at + 1] = parent;
    if (slot >= this.#top) this.#top = slot + 1;
    while (this.#firstFree < this.#top && !this.#isFree(this.#firstFree)) this.#firstFree += 1;
  }

  #isFree(slot: number): boolean {
    const check = this.#words[slot * STATE_WORDS + 1];
    return check === undefined || check === -1;
  }

  #findBase(classes: readonly number[]): number {
    const [first = 0] = classes;
    // Not too long: a little room lost costs less than the search.
    let tries = 64;
    for (let slot = this.#firstFree; slot < this.#top && tries > 0; slot += 1) {
      if (!this.#isFree(slot)) continue;
      tries -= 1;
      const base = slot - first;
      if (base >= 0 && classes.every((charClass) => this.#isFree(base + charClass))) return base;
    }
    return Math.max(this.#top - first, 0);
  }

  #grow(length: number): void {
    if (length <= this.#words.length) return;
    const grown = new Int32Array(Math.max(length, Math.ceil(this.#words.length * 1.5))).fill(-1);
    grown.set(this.#words);
    this.#words = grown;
  }
}
