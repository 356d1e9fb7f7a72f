import type { CharSet } from './char-set.js';
import type { RegexProblem } from './parse-regex.js';
import type { RegexEdge, RegexNode } from './regex-node.js';

/** One state of the automaton. `next` and `others` are indexes of states. */
export type RegexState =
  | { readonly kind: 'take'; readonly set: CharSet; readonly next: number }
  | { readonly kind: 'fork'; readonly others: readonly number[] }
  | { readonly kind: 'edge'; readonly edge: RegexEdge; readonly next: number }
  | { readonly kind: 'match' };

/** A regular expression as a Thompson automaton: `states[start]` first. */
export interface RegexProgram {
  readonly states: readonly RegexState[];
  readonly start: number;
}

// A step costs at most this many operations, so a text costs at most length × MAX_STATES.
const MAX_STATES = 2_000;

class TooLarge extends Error {}

/** Builds the automaton, or says that counted repetition makes it too large. */
export function compileRegex(node: RegexNode): RegexProgram | RegexProblem {
  const states: RegexState[] = [{ kind: 'match' }];
  try {
    return { start: build(node, 0, states), states };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const message = `regular expression: needs more than ${MAX_STATES} states`;
    return { kind: 'problem', message };
  }
}

function add(states: RegexState[], state: RegexState): number {
  if (states.length >= MAX_STATES) throw new TooLarge();
  return states.push(state) - 1;
}

/** Builds back to front: `next` is the state after the node; returns the node's first state. */
function build(node: RegexNode, next: number, states: RegexState[]): number {
  switch (node.kind) {
    case 'set':
      return add(states, { kind: 'take', set: node.set, next });
    case 'edge':
      return add(states, { kind: 'edge', edge: node.edge, next });
    case 'sequence':
      return node.parts.reduceRight((after, part) => build(part, after, states), next);
    case 'choice': {
      const others = node.parts.map((part) => build(part, next, states));
      return add(states, { kind: 'fork', others });
    }
    case 'repeat':
      return buildRepeat(node, next, states);
  }
}

function buildRepeat(
  { part, min, max }: Extract<RegexNode, { kind: 'repeat' }>,
  next: number,
  states: RegexState[],
): number {
  let after = next;
  if (max === Infinity) {
    const others = [next];
    after = add(states, { kind: 'fork', others });
    // The loop: the fork is made first, its way into the body added when the body is there.
    others.push(build(part, after, states));
  } else {
    for (let count = min; count < max; count += 1)
      after = add(states, { kind: 'fork', others: [build(part, after, states), next] });
  }
  for (let count = 0; count < min; count += 1) after = build(part, after, states);
  return after;
}
