import type { Issue } from '../../model/index.js';
import { fold } from '../event-view.js';
import type { CorrelationCondition, SigmaCorrelation } from '../sigma-rule.js';
import type { CorrelationMatch } from './correlation-match.js';
import { FixedWindow, type GroupWindow, SlidingWindow } from './group-window.js';
import type { CorrelationInput, LinkedCorrelation } from './link-correlations.js';
import type { WindowEntry } from './window-entry.js';

/** An event, or a correlation below that began to hold, before its fields are read. */
export interface FeedSource<T> {
  readonly timeMs: number | undefined;
  texts(field: string): readonly string[];
  readonly items: readonly T[];
}

/** What a run keeps of an event until its turn comes. */
export interface CorrelationFeed<T> {
  readonly run: CorrelationRun<T>;
  readonly entry: WindowEntry<T>;
  readonly key: string;
  readonly group: ReadonlyMap<string, string>;
}

export interface CorrelationRunOptions<T> {
  readonly maxEntries: number;
  readonly onHeld: (held: FeedSource<T>) => void;
  readonly onMatch: (match: CorrelationMatch<T>) => void;
}

/** Reasons for which an event does not count, or not as it should. */
interface Losses {
  untimed: number;
  ungrouped: number;
  unvalued: number;
  late: number;
  dropped: number;
}

// A value can be as long as its event; for telling values apart this much and the length are enough.
const MAX_TEXT = 512;

/** One correlation at work: its groups and their windows. */
export class CorrelationRun<T> {
  private readonly linked: LinkedCorrelation;
  private readonly options: CorrelationRunOptions<T>;
  private readonly windows = new Map<string, GroupWindow<T>>();
  private readonly losses: Losses = { untimed: 0, ungrouped: 0, unvalued: 0, late: 0, dropped: 0 };
  private readonly slides: boolean;
  private used = 0;
  private size = 0;

  constructor(linked: LinkedCorrelation, options: CorrelationRunOptions<T>) {
    this.linked = linked;
    this.options = options;
    this.slides = onlyGrows(linked.correlation);
  }

  /** Reads what the correlation needs of an event; undefined when it does not count, which is noted. */
  feedOf(
    matched: readonly CorrelationInput[],
    source: FeedSource<T>,
  ): CorrelationFeed<T> | undefined {
    const { inputs, correlation } = this.linked;
    const places = inputs.flatMap((input, place) => (matched.includes(input) ? [place] : []));
    const { timeMs, items } = source;
    if (timeMs === undefined) return this.lose('untimed');
    const group = this.groupOf(places[0] ?? 0, source);
    if (group === undefined) return this.lose('ungrouped');
    const value = comparedValue(correlation, source);
    if (value === MISSING) return this.lose('unvalued');
    this.used += 1;
    const key = JSON.stringify([...group.values()].map(fold));
    return { run: this, entry: { timeMs, inputs: places, value, items }, key, group };
  }

  private lose(reason: keyof Losses): undefined {
    this.losses[reason] += 1;
  }

  private groupOf(place: number, source: FeedSource<T>): ReadonlyMap<string, string> | undefined {
    const group = new Map<string, string>();
    const fields = this.linked.groupFields[place] ?? [];
    for (const [index, name] of this.linked.correlation.groupBy.entries()) {
      const texts = source.texts(fields[index] ?? name);
      if (texts.length === 0) return undefined;
      group.set(name, shorten(texts.join(', ')));
    }
    return group;
  }

  /** Takes an event in its turn. */
  add({ entry, key, group }: CorrelationFeed<T>): void {
    let window = this.windows.get(key);
    if (window !== undefined && this.isOutside(window, entry)) {
      if (entry.timeMs < window.endMs) this.losses.late += 1;
      this.closeWindow(key, window);
      window = undefined;
    }
    const before = window?.size ?? 0;
    window ??= this.createWindow(group, entry);
    // The last place: windows are in the order in which they were last touched.
    if (this.slides) this.windows.delete(key);
    this.windows.set(key, window);
    window.add(entry);
    this.size += window.size - before;
    if (this.size > this.options.maxEntries) this.makeRoom(key, window);
  }

  private isOutside(window: GroupWindow<T>, { timeMs }: WindowEntry<T>): boolean {
    const span = this.linked.correlation.timespanSeconds * 1_000;
    return timeMs > window.endMs || timeMs < window.endMs - (this.slides ? 2 : 1) * span;
  }

  private createWindow(group: ReadonlyMap<string, string>, first: WindowEntry<T>): GroupWindow<T> {
    const { onMatch, onHeld } = this.options;
    const setting = {
      linked: this.linked,
      group,
      listener: {
        onMatch,
        onHeld: ({ timeMs, items }: WindowEntry<T>) =>
          onHeld({ timeMs, items, texts: (field: string) => textsIn(group, field) }),
      },
    };
    return this.slides ? new SlidingWindow<T>(setting) : new FixedWindow<T>(setting, first);
  }

  private closeWindow(key: string, window: GroupWindow<T>): void {
    this.windows.delete(key);
    this.size -= window.size;
    window.close();
  }

  private makeRoom(ownKey: string, own: GroupWindow<T>): void {
    for (const [key, window] of this.windows) {
      if (this.size <= this.options.maxEntries) return;
      if (key === ownKey) continue;
      this.losses.dropped += window.size;
      this.closeWindow(key, window);
    }
    while (this.size > this.options.maxEntries) {
      own.dropOldest();
      this.size -= 1;
      this.losses.dropped += 1;
    }
  }

  /** Closes the windows that ended before a time. */
  advance(timeMs: number): void {
    for (const [key, window] of this.windows) {
      if (window.endMs >= timeMs) return;
      this.closeWindow(key, window);
    }
  }

  finish(): void {
    for (const [key, window] of [...this.windows]) this.closeWindow(key, window);
  }

  issues(): readonly Issue[] {
    const { losses, used, linked } = this;
    const { groupBy, condition, at, title } = linked.correlation;
    const messages: string[] = [];
    if (losses.untimed > 0) messages.push(`${losses.untimed} matches have no time`);
    // A field that some events lack is ordinary; one that all lack is a mistake.
    if (used === 0 && losses.ungrouped > 0)
      messages.push(`none of ${losses.ungrouped} matches has all of ${groupBy.join(', ')}`);
    if (used === 0 && losses.unvalued > 0)
      messages.push(`none of ${losses.unvalued} matches has ${describeFields(condition)}`);
    if (losses.late > 0)
      messages.push(`${losses.late} matches came too late to be put in the order of time`);
    if (losses.dropped > 0)
      messages.push(
        `${losses.dropped} matches did not fit its windows (at most ${this.options.maxEntries})`,
      );
    return messages.map((message) => ({
      kind: 'issue',
      code: 'CORRELATION_INCOMPLETE',
      message: `correlation "${title}": ${message}`,
      at,
    }));
  }
}

function describeFields(condition: CorrelationCondition): string {
  return condition.kind === 'compare' ? condition.fields.join(', ') : 'the field';
}

function textsIn(group: ReadonlyMap<string, string>, field: string): readonly string[] {
  const text = group.get(field);
  return text === undefined ? [] : [text];
}

/** Whether more events can only fulfil the condition, so that the first moment at which it holds is known at once. */
function onlyGrows({ type, condition }: SigmaCorrelation): boolean {
  if (type === 'value_avg' || type === 'value_median' || type === 'value_percentile') return false;
  if (condition.kind === 'compare')
    return condition.comparisons.every(({ comparison }) => comparison.startsWith('gt'));
  return !JSON.stringify(condition.expression).includes('"kind":"not"');
}

const MISSING = Symbol('missing');

function comparedValue<T>(
  { type, condition }: SigmaCorrelation,
  source: FeedSource<T>,
): string | number | undefined | typeof MISSING {
  if (condition.kind !== 'compare' || condition.fields.length === 0) return undefined;
  const texts = condition.fields.map((field) => source.texts(field));
  if (texts.some((values) => values.length === 0)) return MISSING;
  if (type === 'value_count')
    return JSON.stringify(texts.map((values) => fold(shorten(values.join(', ')))));
  const text = texts[0]?.[0]?.trim() ?? '';
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : MISSING;
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length})` : text;
}
