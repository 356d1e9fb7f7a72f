import { ROW_CLASSES } from './build-automata.js';
import type { RuleSetImage } from './rule-set-image.js';
import type { TextBuffer } from './text-buffer.js';
import type { TruthTable } from './truth-table.js';

type ScannedImage = Pick<RuleSetImage, 'roots' | 'states' | 'dense' | 'outputs'>;

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
    const prefix = roots[field * 3] ?? 0;
    const suffix = roots[field * 3 + 1] ?? 0;
    const contains = roots[field * 3 + 2] ?? 0;
    if (prefix !== 0) this.#walkPrefixes(prefix, text.classes);
    if (suffix !== 0) this.#walkSuffixes(suffix, text);
    if (contains !== 0) this.#find(contains, text);
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

  #find(root: number, { classes, length }: TextBuffer): void {
    const { states, dense } = this.#image;
    let state = root;
    for (let index = 1; index <= length; index += 1) {
      const charClass = classes[index] ?? 0;
      const base = states[state << 2] ?? 0;
      state =
        base < 0 && charClass < ROW_CLASSES
          ? (dense[~base + 1 + charClass] ?? 0)
          : this.#step(state, charClass, root);
      const output = states[(state << 2) + 3] ?? 0;
      if (output !== 0) this.#emit(output);
    }
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
