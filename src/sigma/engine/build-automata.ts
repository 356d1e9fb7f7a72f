import { DoubleArray } from './double-array.js';
import { FILTER_WORDS, needleFilter } from './needle-filter.js';
import type { Needle } from './predicate-table.js';
import { END, type TextClasses } from './text-classes.js';

/** Where the automata of one field start; 0 when there is none. */
export interface FieldRoots {
  /** `startswith` and `equals`: walked from the start of a text. */
  readonly prefix: number;
  /** `endswith`: walked from the end of a text. */
  readonly suffix: number;
  /** `contains`: run over a text. */
  readonly contains: number;
  /** Where the filter of `contains` starts in `filters`. */
  readonly filter: number;
}

/** The automata of all fields. */
export interface Automata {
  readonly roots: readonly FieldRoots[];
  /** See DoubleArray. A negative base is the row, from ~base on, in `dense`. */
  readonly states: Int32Array;
  /** Rows of states that are met often: the state's base, then where it goes by class, over failures, for ROW_CLASSES. */
  readonly dense: Int32Array;
  /** Lists of predicates: count, then that many; a state's output is the place of its list, 0 for none. */
  readonly outputs: Int32Array;
  /** FILTER_WORDS a field that has a `contains` automaton; see needleFilter. */
  readonly filters: Int32Array;
}

/**
 * Classes that a row holds: those of the most frequent characters, which take in all of ASCII that is used. For others
 * the state's own transitions count.
 */
export const ROW_CLASSES = 128;
// Rows for every state of depth 1 pay off in large automata only.
const MIN_NEEDLES_FOR_ROWS = 100;

/** Builds three automata a field: a tree of prefixes, one of reversed suffixes, and one that finds needles anywhere. */
export function buildAutomata(
  needles: readonly Needle[],
  fieldCount: number,
  classes: TextClasses,
): Automata {
  const byField = Array.from({ length: fieldCount }, (): Needle[] => []);
  for (const needle of needles) byField[needle.field]?.push(needle);
  const builder = new AutomataBuilder(classes);
  const filters: Int32Array[] = [];
  const roots = byField.map((ofField): FieldRoots => {
    const at = (...positions: string[]) =>
      ofField.filter(({ position }) => positions.includes(position));
    const filter = filters.length * FILTER_WORDS;
    const anywhere = at('contains');
    if (anywhere.length > 0)
      filters.push(
        needleFilter(
          anywhere.map(({ text }) => text),
          classes,
        ),
      );
    return {
      filter,
      prefix: builder.addTree(at('equals', 'startswith')),
      suffix: builder.addTree(at('endswith')),
      contains: builder.addFinder(anywhere),
    };
  });
  const joined = new Int32Array(filters.length * FILTER_WORDS);
  for (const [index, filter] of filters.entries()) joined.set(filter, index * FILTER_WORDS);
  return { roots, filters: joined, ...builder.finish() };
}

/** A needle as a text of classes. */
interface Word {
  readonly classes: string;
  readonly predicate: number;
}

/** Words from..to (exclusive) share their first `depth` classes, which lead to `state`. */
interface Span {
  readonly state: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

class AutomataBuilder {
  readonly #classes: TextClasses;
  readonly #array: DoubleArray;
  // Row 0 is nobody's, so that ~row is never -1, the mark of a state without successors.
  readonly #dense: number[] = [0];
  // Place 0 means no output.
  readonly #outputs: number[] = [0];
  readonly #outputPlaces = new Map<string, number>();

  constructor(classes: TextClasses) {
    this.#classes = classes;
    this.#array = new DoubleArray(classes.count);
  }

  addTree(needles: readonly Needle[]): number {
    if (needles.length === 0) return 0;
    const root = this.#array.addRoot();
    this.#grow(root, this.#wordsOf(needles));
    return root;
  }

  /** Aho and Corasick's automaton; rows of all transitions for its root and, when it is large, the next states. */
  addFinder(needles: readonly Needle[]): number {
    if (needles.length === 0) return 0;
    const array = this.#array;
    const root = array.addRoot();
    const spans = this.#grow(root, this.#wordsOf(needles), (state, parent, charClass) => {
      array.setFail(
        state,
        parent === root ? root : this.#next(array.failOf(parent), charClass, root),
      );
      this.#addOutputs(state, this.#listAt(array.outputOf(array.failOf(state))));
    });
    array.setFail(root, root);
    const isLarge = needles.length >= MIN_NEEDLES_FOR_ROWS;
    const rows = spans.filter(({ depth }) => depth === 0 || (isLarge && depth === 1));
    const filled = rows.map(({ state }) => ({
      state,
      row: Array.from({ length: ROW_CLASSES }, (_, charClass) =>
        this.#next(state, charClass, root),
      ),
    }));
    // Rows are put in place last: they are made from the transitions that they replace.
    for (const { state, row } of filled) {
      const base = array.setDense(state, this.#dense.length);
      this.#dense.push(base);
      for (const next of row) this.#dense.push(next);
    }
    return root;
  }

  finish(): Omit<Automata, 'roots' | 'filters'> {
    return {
      states: this.#array.finish(),
      dense: Int32Array.from(this.#dense),
      outputs: Int32Array.from(this.#outputs),
    };
  }

  #wordsOf(needles: readonly Needle[]): Word[] {
    const words = needles.map(({ text, position, predicate }): Word => {
      const codes = Array.from(
        { length: text.length },
        (_, index) => this.#classes.ofCode[text.charCodeAt(index)] ?? 0,
      );
      if (position === 'endswith') codes.reverse();
      if (position === 'equals') codes.push(END);
      return { classes: codes.map((code) => String.fromCharCode(code)).join(''), predicate };
    });
    return words.sort((a, b) => (a.classes < b.classes ? -1 : 1));
  }

  /** Adds all states below a root, nearest first. `visit` sees each state after its parent has been seen. */
  #grow(
    root: number,
    words: readonly Word[],
    visit?: (state: number, parent: number, charClass: number) => void,
  ): readonly Span[] {
    const spans: Span[] = [{ state: root, from: 0, to: words.length, depth: 0 }];
    for (let index = 0; index < spans.length; index += 1) {
      const span = spans[index];
      if (span !== undefined) this.#growSpan(span, words, { spans, visit });
    }
    return spans;
  }

  #growSpan(
    span: Span,
    words: readonly Word[],
    into: {
      readonly spans: Span[];
      readonly visit: ((state: number, parent: number, charClass: number) => void) | undefined;
    },
  ): void {
    const children = childrenOf(span, words);
    if (children.length === 0) return;
    const base = this.#array.addChildren(
      span.state,
      children.map(({ charClass }) => charClass),
    );
    for (const { charClass, from, to } of children) {
      const child: Span = { state: base + charClass, from, to, depth: span.depth + 1 };
      this.#addOutputs(child.state, endingAt(child, words));
      into.visit?.(child.state, span.state, charClass);
      into.spans.push(child);
    }
  }

  /** Where a finder goes from a state, over failures. */
  #next(from: number, charClass: number, root: number): number {
    for (let state = from; ; state = this.#array.failOf(state)) {
      const child = this.#array.child(state, charClass);
      if (child >= 0) return child;
      if (state === root) return root;
    }
  }

  #listAt(place: number): readonly number[] {
    if (place <= 0) return [];
    return this.#outputs.slice(place + 1, place + 1 + (this.#outputs[place] ?? 0));
  }

  #addOutputs(state: number, predicates: readonly number[]): void {
    if (predicates.length === 0) return;
    const all = [...new Set([...this.#listAt(this.#array.outputOf(state)), ...predicates])];
    const list = all.sort((a, b) => a - b);
    const key = list.join(',');
    let place = this.#outputPlaces.get(key);
    if (place === undefined) {
      place = this.#outputs.push(list.length, ...list) - list.length - 1;
      this.#outputPlaces.set(key, place);
    }
    this.#array.setOutput(state, place);
  }
}

interface Child {
  readonly charClass: number;
  readonly from: number;
  readonly to: number;
}

function childrenOf({ from, to, depth }: Span, words: readonly Word[]): Child[] {
  const children: Child[] = [];
  let at = from;
  // A word that ends here comes first: it is a prefix of the others.
  while (at < to && (words[at]?.classes.length ?? 0) === depth) at += 1;
  while (at < to) {
    const charClass = words[at]?.classes.charCodeAt(depth) ?? 0;
    const start = at;
    while (at < to && words[at]?.classes.charCodeAt(depth) === charClass) at += 1;
    children.push({ charClass, from: start, to: at });
  }
  return children;
}

/** Predicates of the words that end at a span's state. */
function endingAt({ from, to, depth }: Span, words: readonly Word[]): number[] {
  const predicates: number[] = [];
  for (let at = from; at < to && words[at]?.classes.length === depth; at += 1)
    predicates.push(words[at]?.predicate ?? 0);
  return predicates;
}
