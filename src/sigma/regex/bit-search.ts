import type { RegexProgram, RegexState } from './regex-program.js';

/** What the search needs of a pattern's character classes. */
export interface BitClasses {
  readonly classOf: (code: number) => number;
  readonly count: number;
  /** Whether a state takes a character of a class. */
  readonly takes: (state: number, charClass: number) => boolean;
}

/** Places of a pattern that wait for a character, after the empty moves from some state. */
interface Closure {
  readonly places: readonly number[];
  readonly matches: boolean;
  readonly matchesAtEnd: boolean;
}

// Bits that a table is asked for at once: as many as keep the tables small.
const WIDE_BITS = 8;
const NARROW_BITS = 4;
const MAX_WIDE_PLACES = 512;

/**
 * Makes a search that follows all states of a pattern at once, as bits: some dozen operations a character, whatever the
 * text, where following them one by one takes hundreds.
 *
 * @returns undefined for patterns with `\b` or anchors of lines, whose empty moves depend on the text.
 */
export function bitSearch(
  program: RegexProgram,
  classes: BitClasses,
): ((text: string) => boolean) | undefined {
  const { states } = program;
  const isFit = states.every(
    (state) => state.kind !== 'edge' || state.edge === 'text-start' || state.edge === 'text-end',
  );
  if (!isFit) return undefined;
  let machine: ((text: string) => boolean) | undefined;
  return (text) => {
    machine ??= createMachine(program, classes);
    return machine(text);
  };
}

function createMachine(program: RegexProgram, classes: BitClasses): (text: string) => boolean {
  const { states, start } = program;
  const taking = states.flatMap((state, index) => (state.kind === 'take' ? [index] : []));
  const placeOf = new Map(taking.map((state, place) => [state, place]));
  const close = (state: number, atStart: boolean) =>
    closureOf(program, placeOf, { state, atStart });
  const first = close(start, true);
  const anywhere = close(start, false);
  if (first.matches || anywhere.matches || anywhere.matchesAtEnd) return () => true;
  const follow = taking.map((index) => {
    const state = states[index];
    return close(state?.kind === 'take' ? state.next : start, false);
  });
  const words = Math.max(1, Math.ceil(taking.length / 32));
  const bitsOf = (places: readonly number[]) => toBits(places, words);
  const placesWhere = (holds: (closure: Closure) => boolean) =>
    bitsOf(follow.flatMap((closure, place) => (holds(closure) ? [place] : [])));
  const matching = placesWhere(({ matches }) => matches);
  const matchingAtEnd = placesWhere(({ matchesAtEnd }) => matchesAtEnd);
  const takenBy = Array.from({ length: classes.count }, (_, charClass) =>
    bitsOf(taking.flatMap((state, place) => (classes.takes(state, charClass) ? [place] : []))),
  );
  const table = followTable(follow, words);
  const firstBits = bitsOf(first.places);
  const startBits = bitsOf(anywhere.places);
  const waiting = new Uint32Array(words);
  const taken = new Uint32Array(words);
  return (text) => {
    if (text === '') return first.matchesAtEnd;
    waiting.set(firstBits);
    for (let index = 0; index < text.length; index += 1) {
      const accepted = takenBy[classes.classOf(text.charCodeAt(index))] ?? startBits;
      for (let word = 0; word < words; word += 1)
        taken[word] = (waiting[word] ?? 0) & (accepted[word] ?? 0);
      if (meet(taken, matching)) return true;
      waiting.set(startBits);
      table(taken, waiting);
    }
    return meet(taken, matchingAtEnd);
  };
}

function meet(some: Uint32Array, others: Uint32Array): boolean {
  for (let word = 0; word < some.length; word += 1)
    if (((some[word] ?? 0) & (others[word] ?? 0)) !== 0) return true;
  return false;
}

function toBits(places: readonly number[], words: number): Uint32Array {
  const bits = new Uint32Array(words);
  for (const place of places) bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
  return bits;
}

function closureOf(
  { states }: RegexProgram,
  placeOf: ReadonlyMap<number, number>,
  { state: from, atStart }: { readonly state: number; readonly atStart: boolean },
): Closure {
  const places: number[] = [];
  const found = { matches: false, matchesAtEnd: false };
  const seen = new Set<string>();
  const open = [{ index: from, atEnd: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { index, atEnd } = next;
    const key = `${index} ${atEnd}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const state = states[index];
    if (state?.kind === 'match') found[atEnd ? 'matchesAtEnd' : 'matches'] = true;
    else if (state?.kind !== 'take') open.push(...emptyMoves(state, atEnd, atStart));
    else if (!atEnd) places.push(placeOf.get(index) ?? 0);
  }
  return { ...found, places, matchesAtEnd: found.matches || found.matchesAtEnd };
}

function emptyMoves(state: RegexState | undefined, atEnd: boolean, atStart: boolean) {
  if (state?.kind === 'fork') return state.others.map((index) => ({ index, atEnd }));
  if (state?.kind !== 'edge') return [];
  const isEnd = state.edge === 'text-end';
  return isEnd || atStart ? [{ index: state.next, atEnd: atEnd || isEnd }] : [];
}

/** Adds to `into` whatever follows the places in `taken`, by table for some bits at a time. */
function followTable(
  follow: readonly Closure[],
  words: number,
): (taken: Uint32Array, into: Uint32Array) => void {
  const bits = follow.length <= MAX_WIDE_PLACES ? WIDE_BITS : NARROW_BITS;
  const size = 1 << bits;
  const chunks = Math.ceil(follow.length / bits);
  const table = new Uint32Array(chunks * size * words);
  for (let chunk = 0; chunk < chunks; chunk += 1)
    for (let value = 1; value < size; value += 1) {
      const low = 31 - Math.clz32(value & -value);
      const own = toBits(follow[chunk * bits + low]?.places ?? [], words);
      const at = (chunk * size + value) * words;
      const rest = (chunk * size + (value & (value - 1))) * words;
      for (let word = 0; word < words; word += 1)
        table[at + word] = (own[word] ?? 0) | (table[rest + word] ?? 0);
    }
  const perWord = 32 / bits;
  return (taken, into) => {
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const word = taken[Math.floor(chunk / perWord)] ?? 0;
      const value = (word >>> ((chunk % perWord) * bits)) & (size - 1);
      if (value === 0) continue;
      const at = (chunk * size + value) * words;
      for (let index = 0; index < words; index += 1)
        into[index] = (into[index] ?? 0) | (table[at + index] ?? 0);
    }
  };
}
