import { bitSearch } from './bit-search.js';
import { type CharSet, NEWLINES, setHas, WORD } from './char-set.js';
import type { RegexEdge } from './regex-node.js';
import type { RegexProgram } from './regex-program.js';

/** What stands on one side of a place in the text. */
type Side = 'edge' | 'newline' | 'word' | 'other';

/** A set of automaton states before their empty moves, and what stood before them. */
interface DfaState {
  readonly states: Int32Array;
  readonly before: Side;
  /** By class of the next character; the last entry is the end of the text. */
  readonly next: (DfaState | 'match' | undefined)[];
}

// About 1 MB for one pattern.
const CACHED_STATES = 1_000;
// Sets of hundreds of states take long to make: fewer of those.
const CACHED_NUMBERS = 32_000;

/**
 * Makes a search (unanchored) that takes time linear in the text, whatever the pattern and the text: the automaton's
 * states are followed side by side. Sets of states that came up before are remembered, which makes most characters one
 * look-up; a text that needs too many sets is followed without remembering.
 *
 * @param cachedStates how many sets are remembered.
 */
export function regexSearch(
  program: RegexProgram,
  cachedStates = CACHED_STATES,
): (text: string) => boolean {
  const stepper = createStepper(program);
  const { classes } = stepper;
  const endClass = classes.samples.length;
  const start = Int32Array.of(program.start);
  let cache = new Map<string, DfaState>();
  let cachedNumbers = 0;
  const followBits = bitSearch(program, {
    classOf: classes.classOf,
    count: endClass,
    takes: stepper.takes,
  });

  const intern = (states: Int32Array, before: Side): DfaState => {
    const key = `${before}:${states.join(',')}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const fresh: DfaState = { states, before, next: [] };
    cache.set(key, fresh);
    cachedNumbers += states.length;
    return fresh;
  };

  const advance = (from: DfaState, charClass: number): DfaState | 'match' => {
    const known = from.next[charClass];
    if (known !== undefined) return known;
    const reached = stepper.step(from.states, from.before, charClass);
    const next =
      reached === 'match' ? reached : intern(reached.slice().sort(), classes.sideOf(charClass));
    from.next[charClass] = next;
    return next;
  };

  /** From `index` on without remembering; `from` is the set before that character. */
  const searchPlainly = (text: string, index: number, from: DfaState): boolean => {
    let { states, before } = from;
    for (let at = index; at <= text.length; at += 1) {
      const charClass = at < text.length ? classes.classOf(text.charCodeAt(at)) : endClass;
      const reached = stepper.step(states, before, charClass);
      if (reached === 'match') return true;
      states = reached;
      before = classes.sideOf(charClass);
    }
    return false;
  };

  const isFull = () => cache.size > cachedStates || cachedNumbers > CACHED_NUMBERS;

  return (text) => {
    if (isFull()) {
      cache = new Map();
      cachedNumbers = 0;
    }
    let state = intern(start, 'edge');
    for (let index = 0; index <= text.length; index += 1) {
      if (isFull()) return followBits?.(text) ?? searchPlainly(text, index, state);
      const charClass = index < text.length ? classes.classOf(text.charCodeAt(index)) : endClass;
      const next = advance(state, charClass);
      if (next === 'match') return true;
      state = next;
    }
    return false;
  };
}

interface Stepper {
  readonly classes: CharClasses;
  /** Whether a state takes a character of a class. */
  readonly takes: (state: number, charClass: number) => boolean;
  /** The states after one more character; the array is used again two steps later. */
  step(from: Int32Array, before: Side, charClass: number): Int32Array | 'match';
}

function createStepper({ states, start }: RegexProgram): Stepper {
  const classes = classesOf(states.flatMap((state) => (state.kind === 'take' ? [state.set] : [])));
  const size = states.length;
  // takes[class × size + state]: whether the state takes a character of that class.
  const takes = new Uint8Array(classes.samples.length * size);
  for (const [charClass, code] of classes.samples.entries())
    for (const [index, state] of states.entries())
      if (state.kind === 'take' && setHas(state.set, code)) takes[charClass * size + index] = 1;
  const seen = new Uint32Array(size);
  const taken = new Uint32Array(size);
  const open: number[] = [];
  const buffers = [new Int32Array(size + 1), new Int32Array(size + 1)] as const;
  let into: Int32Array = buffers[0];
  let count = 0;
  let generation = 0;

  const startStep = (from: Int32Array): void => {
    // The marks hold 32 bits.
    if (generation === 0xffffffff) {
      seen.fill(0);
      taken.fill(0);
      generation = 0;
    }
    generation += 1;
    into = into === buffers[0] ? buffers[1] : buffers[0];
    count = 0;
    open.length = 0;
    for (const index of from) open.push(index);
    keep(start);
  };

  const keep = (index: number): void => {
    if (taken[index] === generation) return;
    taken[index] = generation;
    into[count] = index;
    count += 1;
  };

  const pushAll = (others: readonly number[]): void => {
    for (const other of others) open.push(other);
  };

  /** Follows one state; whether it is the match. */
  const follow = (index: number, charClass: number, holdsHere: (edge: RegexEdge) => boolean) => {
    const state = states[index];
    switch (state?.kind) {
      case 'fork':
        pushAll(state.others);
        return false;
      case 'take':
        if (takes[charClass * size + index] === 1) keep(state.next);
        return false;
      case 'edge':
        if (holdsHere(state.edge)) open.push(state.next);
        return false;
      default:
        return state?.kind === 'match';
    }
  };

  return {
    classes,
    takes: (state, charClass) => takes[charClass * size + state] === 1,
    step(from, before, charClass) {
      const after = classes.sideOf(charClass);
      const holdsHere = (edge: RegexEdge): boolean => holds(edge, before, after);
      startStep(from);
      for (let index = open.pop(); index !== undefined; index = open.pop()) {
        if (seen[index] === generation) continue;
        seen[index] = generation;
        if (follow(index, charClass, holdsHere)) return 'match';
      }
      return into.subarray(0, count);
    },
  };
}

function holds(edge: RegexEdge, before: Side, after: Side): boolean {
  switch (edge) {
    case 'text-start':
      return before === 'edge';
    case 'text-end':
      return after === 'edge';
    case 'line-start':
      return before === 'edge' || before === 'newline';
    case 'line-end':
      return after === 'edge' || after === 'newline';
    case 'word-edge':
      return (before === 'word') !== (after === 'word');
    case 'no-word-edge':
      return (before === 'word') === (after === 'word');
  }
}

interface CharClasses {
  readonly classOf: (code: number) => number;
  /** One code unit of each class. */
  readonly samples: readonly number[];
  /** What a character of the class is; `edge` for the class after the last, which is the end of the text. */
  readonly sideOf: (charClass: number) => Side;
}

/** Code units that no set of the pattern tells apart form one class. */
function classesOf(sets: readonly CharSet[]): CharClasses {
  const cuts = new Set<number>([0]);
  for (const [from, to] of [...sets, WORD, NEWLINES].flat()) {
    cuts.add(from);
    cuts.add(to + 1);
  }
  const starts = [...cuts].filter((cut) => cut <= 0xffff).sort((a, b) => a - b);
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => lastAtMost(starts, code));
  const sides = starts.map((code): Side => {
    if (setHas(WORD, code)) return 'word';
    return setHas(NEWLINES, code) ? 'newline' : 'other';
  });
  return {
    classOf: (code) => ascii[code] ?? lastAtMost(starts, code),
    samples: starts,
    sideOf: (charClass) => sides[charClass] ?? 'edge',
  };
}

/** Index of the last number that is not above `limit`; `ascending[0]` is 0. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
