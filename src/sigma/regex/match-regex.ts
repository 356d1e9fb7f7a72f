import { type CharSet, NEWLINES, setHas, WORD } from './char-set.js';
import type { RegexEdge } from './regex-node.js';
import type { RegexProgram } from './regex-program.js';

/** What stands on one side of a place in the text. */
type Side = 'edge' | 'newline' | 'word' | 'other';

/** A set of automaton states before their empty moves, and what stood before them. */
interface DfaState {
  readonly states: readonly number[];
  readonly before: Side;
  /** By class of the next character; the last entry is the end of the text. */
  readonly next: (DfaState | 'match' | undefined)[];
}

// About 1 MB for one pattern; a text that needs more states than this empties the cache and goes on.
const MAX_CACHED_STATES = 1_000;

/**
 * Makes a search (unanchored) that takes time linear in the text, whatever the pattern and the text: the automaton's
 * states are followed side by side, and sets of states that came up before are remembered.
 */
export function regexSearch({ states, start }: RegexProgram): (text: string) => boolean {
  const classes = classesOf(states.flatMap((state) => (state.kind === 'take' ? [state.set] : [])));
  let cache = new Map<string, DfaState>();

  const intern = (set: readonly number[], before: Side): DfaState => {
    const key = `${before}:${set.join(',')}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    if (cache.size >= MAX_CACHED_STATES) cache = new Map();
    const fresh: DfaState = { states: set, before, next: [] };
    cache.set(key, fresh);
    return fresh;
  };

  const step = (from: DfaState, charClass: number): DfaState | 'match' => {
    const side = classes.sides[charClass] ?? 'edge';
    const code = classes.samples[charClass];
    const reached = followEmpty(from, side);
    if (reached.has(0)) return 'match';
    const taken = new Set([start]);
    for (const index of reached) {
      const state = states[index];
      if (state?.kind === 'take' && code !== undefined && setHas(state.set, code))
        taken.add(state.next);
    }
    return intern(
      [...taken].sort((a, b) => a - b),
      side,
    );
  };

  /** State 0 is the match. */
  const followEmpty = (from: DfaState, after: Side): ReadonlySet<number> => {
    const reached = new Set<number>();
    const open = [...from.states];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (reached.has(index)) continue;
      reached.add(index);
      const state = states[index];
      if (state?.kind === 'fork') open.push(...state.others);
      if (state?.kind === 'edge' && holds(state.edge, from.before, after)) open.push(state.next);
    }
    return reached;
  };

  const endClass = classes.samples.length;
  const advance = (from: DfaState, charClass: number): DfaState | 'match' => {
    const known = from.next[charClass];
    if (known !== undefined) return known;
    const next = step(from, charClass);
    from.next[charClass] = next;
    return next;
  };

  return (text) => {
    let state: DfaState | 'match' = intern([start], 'edge');
    for (let index = 0; index < text.length; index += 1) {
      state = advance(state, classes.classOf(text.charCodeAt(index)));
      if (state === 'match') return true;
    }
    return advance(state, endClass) === 'match';
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
  readonly sides: readonly Side[];
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
  return {
    classOf: (code) => ascii[code] ?? lastAtMost(starts, code),
    samples: starts,
    sides: starts.map((code) => {
      if (setHas(WORD, code)) return 'word';
      return setHas(NEWLINES, code) ? 'newline' : 'other';
    }),
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
