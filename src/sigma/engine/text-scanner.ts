import { ROW_CLASSES } from './build-automata.js';
import { FILTER_BITS, FILTER_MASK, START_MASK } from './needle-filter.js';
import type { RuleSetImage } from './rule-set-image.js';
import type { TextBuffer } from './text-buffer.js';
import type { TruthTable } from './truth-table.js';

type ScannedImage = Pick<RuleSetImage, 'roots' | 'states' | 'dense' | 'outputs' | 'filters'>;

/** Runs the automata of a field over a text and sets what holds. Each character is looked at once an automaton. */
export class TextScanner {
  readonly #image: ScannedImage;
  readonly #truths: TruthTable;

  constructor(image: ScannedImage, truths: TruthTable) {
    this.#image = image;
    this.#truths = truths;
  }

  scan(field: number, text: TextBuffer): void {
    const { roots } = this.#image;
    const prefix = roots[field << 2] ?? 0;
    const suffix = roots[(field << 2) + 1] ?? 0;
    const contains = roots[(field << 2) + 2] ?? 0;
    if (prefix !== 0) this.#walkPrefixes(prefix, text.classes);
    if (suffix !== 0) this.#walkSuffixes(suffix, text);
    if (contains !== 0) this.#find(contains, roots[(field << 2) + 3] ?? 0, text);
  }

  // A state's words: see STATE_WORDS. Written out here, where every nanosecond is met a billion times.
  #walkPrefixes(root: number, classes: Uint16Array): void {
    const { states } = this.#image;
    let state = root;
    for (let index = 1; ; index += 1) {
      const next = (states[state << 2] ?? 0) + (classes[index] ?? 0);
      if (states[(next << 2) + 1] !== state) return;
      state = next;
      const output = states[(state << 2) + 3] ?? 0;
      if (output !== 0) this.#emit(output);
    }
  }

  #walkSuffixes(root: number, { classes, length }: TextBuffer): void {
    const { states } = this.#image;
    let state = root;
    for (let index = length; ; index -= 1) {
      const next = (states[state << 2] ?? 0) + (classes[index] ?? 0);
      if (states[(next << 2) + 1] !== state) return;
      state = next;
      const output = states[(state << 2) + 3] ?? 0;
      if (output !== 0) this.#emit(output);
    }
  }

  /** Looks for places where a needle may start, and follows the automaton from each until it is back at its start. */
  #find(root: number, filter: number, text: TextBuffer): void {
    const { length } = text;
    let index = 1;
    while (index <= length) {
      index = this.#skip(filter, text, index);
      if (index <= length) index = this.#follow(root, text, index);
    }
  }

  /** The next place at which a needle may start. */
  #skip(filter: number, { classes, length }: TextBuffer, from: number): number {
    const { filters } = this.#image;
    let start = ((classes[from] ?? 0) << FILTER_BITS) | ((classes[from + 1] ?? 0) & FILTER_MASK);
    for (let index = from; index <= length; index += 1) {
      start = ((start << FILTER_BITS) | ((classes[index + 2] ?? 0) & FILTER_MASK)) & START_MASK;
      if (((filters[filter + (start >>> 5)] ?? 0) >>> (start & 31)) & 1) return index;
    }
    return length + 1;
  }

  /** The next place at which a needle may start that was not seen to the end. */
  #follow(root: number, { classes, length }: TextBuffer, from: number): number {
    const { states } = this.#image;
    let state = root;
    for (let index = from; index <= length; index += 1) {
      state = this.#next(state, classes[index] ?? 0, root);
      if (state === root) return index + 1;
      const output = states[(state << 2) + 3] ?? 0;
      if (output !== 0) this.#emit(output);
      // A row: the start of a needle of one character so far, for the filter to judge.
      if (index > from && (states[state << 2] ?? 0) < 0) return index;
    }
    return length + 1;
  }

  #next(state: number, charClass: number, root: number): number {
    const { states, dense } = this.#image;
    const base = states[state << 2] ?? 0;
    return base < 0 && charClass < ROW_CLASSES
      ? (dense[~base + 1 + charClass] ?? 0)
      : this.#step(state, charClass, root);
  }

  /** Where a state goes, over failures. */
  #step(from: number, charClass: number, root: number): number {
    const { states, dense } = this.#image;
    for (let state = from; ; state = states[(state << 2) + 2] ?? 0) {
      let base = states[state << 2] ?? 0;
      if (base < 0) {
        if (charClass < ROW_CLASSES) return dense[~base + 1 + charClass] ?? 0;
        base = dense[~base] ?? 0;
      }
      const next = base + charClass;
      if (states[(next << 2) + 1] === state) return next;
      if (state === root) return root;
    }
  }

  #emit(output: number): void {
    const { outputs } = this.#image;
    const truths = this.#truths;
    const end = output + (outputs[output] ?? 0);
    for (let at = output + 1; at <= end; at += 1) truths.set(outputs[at] ?? 0);
  }
}
