import type { WindowEntry } from './window-entry.js';

/** A chain of events of rules in their order; the newest that starts latest. */
interface Chain<T> {
  readonly startMs: number;
  readonly entry: WindowEntry<T>;
  readonly before: Chain<T> | undefined;
}

/**
 * Finds events that stand in the order of their rules, as `temporal_ordered` asks: for each last rule and length, the chain
 * that starts latest. Memory is bounded by the square of the number of rules.
 */
export class ChainFinder<T> {
  private readonly inputs: number;
  private readonly chains: (Chain<T> | undefined)[][];

  /** @param inputs how many rules there are. */
  constructor(inputs: number) {
    this.inputs = inputs;
    this.chains = Array.from({ length: inputs }, () => []);
  }

  /** Takes the next event in the order of time. One event is only one link, also when several rules matched it. */
  add(entry: WindowEntry<T>): void {
    // From the last rule on, so that what this event adds is not extended by it.
    for (let input = this.inputs - 1; input >= 0; input -= 1)
      if (entry.inputs.includes(input)) this.extend(input, entry);
  }

  private extend(input: number, entry: WindowEntry<T>): void {
    const own = this.chains[input] ?? [];
    own[1] = { startMs: entry.timeMs, entry, before: undefined };
    for (let length = 2; length <= input + 1; length += 1) {
      const before = this.latest(length - 1, input);
      if (before === undefined) continue;
      const known = own[length];
      if (known === undefined || known.startMs <= before.startMs)
        own[length] = { startMs: before.startMs, entry, before };
    }
  }

  /** The chain of a length that ends before a rule and starts latest. */
  private latest(length: number, beforeInput: number): Chain<T> | undefined {
    let latest: Chain<T> | undefined;
    for (let input = 0; input < beforeInput; input += 1) {
      const chain = this.chains[input]?.[length];
      if (chain !== undefined && (latest === undefined || chain.startMs > latest.startMs))
        latest = chain;
    }
    return latest;
  }

  /** The longest chain that starts at or after a time; its events in order. */
  longest(sinceMs: number): readonly WindowEntry<T>[] {
    for (let length = this.inputs; length > 0; length -= 1) {
      const chain = this.latest(length, this.inputs);
      if (chain !== undefined && chain.startMs >= sinceMs) return entriesOf(chain);
    }
    return [];
  }
}

function entriesOf<T>(chain: Chain<T>): readonly WindowEntry<T>[] {
  const entries: WindowEntry<T>[] = [];
  for (let link: Chain<T> | undefined = chain; link !== undefined; link = link.before)
    entries.push(link.entry);
  return entries.reverse();
}
