import type { Condition } from '../condition.js';
import { compareNumber } from './compare-number.js';
import type { LinkedCorrelation } from './link-correlations.js';
import { ChainFinder } from './longest-chain.js';
import { percentileOf } from './percentile-of.js';
import type { EntryQueue, WindowEntry } from './window-entry.js';

/** What a correlation's condition says of a window. */
export interface Measurement {
  readonly holds: boolean;
  /** What was compared: a count, a sum, a mean; for an expression of rules, how many rules matched. */
  readonly value: number;
}

/** Keeps the number that a condition is about while entries come and go. */
export interface WindowMeasure<T> {
  /** In the order of time. */
  add(entry: WindowEntry<T>): void;
  /** Always the oldest. */
  remove(entry: WindowEntry<T>): void;
  measure(window: EntryQueue<T>): Measurement;
}

/** The measure of a correlation's type. */
export function createWindowMeasure<T>(linked: LinkedCorrelation): WindowMeasure<T> {
  const { type, condition } = linked.correlation;
  if (type === 'temporal') return measureRules(linked);
  if (type === 'temporal_ordered') return measureOrder(linked);
  if (condition.kind === 'expression') return measureRules(linked);
  const compared = (value: number): Measurement => ({
    holds: compareNumber(value, condition.comparisons),
    value,
  });
  if (type === 'event_count')
    return { add() {}, remove() {}, measure: ({ length }) => compared(length) };
  if (type === 'value_count') return measureDistinct(compared);
  if (type === 'value_sum') return measureSum(compared);
  return measureNumbers(compared, (values) => {
    if (type === 'value_avg') return values.reduce((sum, value) => sum + value, 0) / values.length;
    return percentileOf(values, type === 'value_median' ? 50 : (condition.percentile ?? 50));
  });
}

type Compared = (value: number) => Measurement;

function measureDistinct<T>(compared: Compared): WindowMeasure<T> {
  const counts = new Map<unknown, number>();
  return {
    add: ({ value }) => counts.set(value, (counts.get(value) ?? 0) + 1),
    remove({ value }) {
      const left = (counts.get(value) ?? 0) - 1;
      if (left > 0) counts.set(value, left);
      else counts.delete(value);
    },
    measure: () => compared(counts.size),
  };
}

function measureSum<T>(compared: Compared): WindowMeasure<T> {
  let sum = 0;
  const change = ({ value }: WindowEntry<T>, sign: 1 | -1): void => {
    if (typeof value === 'number') sum += sign * value;
  };
  return {
    add: (entry) => change(entry, 1),
    remove: (entry) => change(entry, -1),
    measure: () => compared(sum),
  };
}

function measureNumbers<T>(
  compared: Compared,
  compute: (values: readonly number[]) => number,
): WindowMeasure<T> {
  return {
    add() {},
    remove() {},
    measure(window) {
      const values = window
        .entries()
        .flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
      return values.length === 0 ? { holds: false, value: 0 } : compared(compute(values));
    },
  };
}

/** How many entries each rule has. */
function measureRules<T>(linked: LinkedCorrelation): WindowMeasure<T> {
  const counts = new Map<number, number>();
  const change = ({ inputs }: WindowEntry<T>, by: number): void => {
    for (const input of inputs) counts.set(input, (counts.get(input) ?? 0) + by);
  };
  return {
    add: (entry) => change(entry, 1),
    remove: (entry) => change(entry, -1),
    measure() {
      const seen = new Set([...counts].flatMap(([input, count]) => (count > 0 ? [input] : [])));
      return { holds: rulesHold(linked, seen), value: seen.size };
    },
  };
}

function rulesHold(linked: LinkedCorrelation, seen: ReadonlySet<number>): boolean {
  const { condition } = linked.correlation;
  return condition.kind === 'compare'
    ? compareNumber(seen.size, condition.comparisons)
    : expressionHolds(condition.expression, (name) => seen.has(linked.placeOf.get(name) ?? -1));
}

function expressionHolds(condition: Condition, isSeen: (name: string) => boolean): boolean {
  switch (condition.kind) {
    case 'selection':
      return isSeen(condition.name);
    case 'of':
      return false;
    case 'not':
      return !expressionHolds(condition.part, isSeen);
    case 'and':
      return condition.parts.every((part) => expressionHolds(part, isSeen));
    case 'or':
      return condition.parts.some((part) => expressionHolds(part, isSeen));
  }
}

/**
 * How many rules matched in their order. An expression must hold for the rules that matched, and those must have matched in
 * their order.
 */
function measureOrder<T>(linked: LinkedCorrelation): WindowMeasure<T> {
  const { condition } = linked.correlation;
  const rules = measureRules<T>(linked);
  const finder = new ChainFinder<T>(linked.inputs.length);
  return {
    add(entry) {
      rules.add(entry);
      finder.add(entry);
    },
    remove: (entry) => rules.remove(entry),
    measure(window) {
      const value = finder.longest(window.oldestMs).length;
      if (condition.kind === 'compare')
        return { holds: compareNumber(value, condition.comparisons), value };
      const { holds, value: seen } = rules.measure(window);
      return { holds: holds && value === seen, value };
    },
  };
}
