import type { CorrelationMatch } from './correlation-match.js';
import type { LinkedCorrelation } from './link-correlations.js';
import { EntryQueue, type WindowEntry } from './window-entry.js';
import { createWindowMeasure, type Measurement, type WindowMeasure } from './window-measure.js';

/** What one group of a correlation comes to. */
export interface GroupListener<T> {
  /** The condition began to hold: what is built on this correlation counts it now. */
  onHeld(held: WindowEntry<T>): void;
  /** Nothing more will belong to the match. */
  onMatch(match: CorrelationMatch<T>): void;
}

/** The window of one group; `close` when no more can come. */
export interface GroupWindow<T> {
  /** Entries held. */
  readonly size: number;
  /** From this time on nothing that is in the window can matter any more. */
  readonly endMs: number;
  add(entry: WindowEntry<T>): void;
  close(): void;
  /** Forgets the oldest entry, for want of room. */
  dropOldest(): void;
}

/** What a window is about. */
export interface GroupSetting<T> {
  readonly linked: LinkedCorrelation;
  readonly group: ReadonlyMap<string, string>;
  readonly listener: GroupListener<T>;
}

const MAX_EVIDENCE = 100;

/** The match that is being gathered. */
interface OpenMatch<T> {
  readonly evidence: WindowEntry<T>[];
  readonly firstMs: number;
  readonly heldMs: number;
  lastMs: number;
  eventCount: number;
  value: number;
}

/**
 * Slides: an event is judged with those of its group that are at most a timespan older. The condition begins to hold once; while
 * it goes on to hold with every new event, these belong to the same match. For conditions that more events can only
 * fulfil.
 */
export class SlidingWindow<T> implements GroupWindow<T> {
  private readonly queue = new EntryQueue<T>();
  private readonly setting: GroupSetting<T>;
  private measure: WindowMeasure<T>;
  private open: OpenMatch<T> | undefined;

  constructor(setting: GroupSetting<T>) {
    this.setting = setting;
    this.measure = createWindowMeasure<T>(setting.linked);
  }

  get size(): number {
    return this.queue.length;
  }

  get endMs(): number {
    return this.queue.newestMs + spanMs(this.setting.linked);
  }

  add(entry: WindowEntry<T>): void {
    if (this.queue.insert(entry)) this.measure.add(entry);
    else this.measureAgain();
    while (this.queue.oldestMs < this.queue.newestMs - spanMs(this.setting.linked))
      this.dropOldest();
    const measured = this.measure.measure(this.queue);
    if (!measured.holds) this.finishOpen();
    else if (this.open === undefined) this.begin(entry, measured);
    else extend(this.open, entry, measured);
  }

  close(): void {
    this.finishOpen();
  }

  dropOldest(): void {
    const oldest = this.queue.shift();
    if (oldest !== undefined) this.measure.remove(oldest);
  }

  private measureAgain(): void {
    this.measure = createWindowMeasure<T>(this.setting.linked);
    for (const entry of this.queue.entries()) this.measure.add(entry);
  }

  private begin(entry: WindowEntry<T>, { value }: Measurement): void {
    const entries = this.queue.entries();
    const evidence = chooseEvidence(entries, entry);
    this.open = {
      evidence,
      firstMs: this.queue.oldestMs,
      heldMs: entry.timeMs,
      lastMs: this.queue.newestMs,
      eventCount: entries.length,
      value,
    };
    this.setting.listener.onHeld({ ...entry, items: itemsOf(evidence) });
  }

  private finishOpen(): void {
    if (this.open !== undefined) this.setting.listener.onMatch(toMatch(this.open, this.setting));
    this.open = undefined;
  }
}

function extend<T>(open: OpenMatch<T>, entry: WindowEntry<T>, { value }: Measurement): void {
  open.eventCount += 1;
  open.lastMs = Math.max(open.lastMs, entry.timeMs);
  open.value = Math.max(open.value, value);
  if (open.evidence.length < MAX_EVIDENCE) open.evidence.push(entry);
}

/**
 * Stands still: begins with an event of the group and ends a timespan later, when the condition is judged once over all of it.
 * For conditions that more events can break: fewer than, exactly, a mean, `not`.
 */
export class FixedWindow<T> implements GroupWindow<T> {
  private readonly queue = new EntryQueue<T>();
  private readonly setting: GroupSetting<T>;
  private readonly startMs: number;

  constructor(setting: GroupSetting<T>, first: WindowEntry<T>) {
    this.setting = setting;
    this.startMs = first.timeMs;
  }

  get size(): number {
    return this.queue.length;
  }

  get endMs(): number {
    return this.startMs + spanMs(this.setting.linked);
  }

  add(entry: WindowEntry<T>): void {
    this.queue.insert(entry);
  }

  dropOldest(): void {
    this.queue.shift();
  }

  close(): void {
    const { linked, listener } = this.setting;
    const entries = this.queue.entries();
    const last = entries.at(-1);
    if (last === undefined) return;
    const measure = createWindowMeasure<T>(linked);
    for (const entry of entries) measure.add(entry);
    const { holds, value } = measure.measure(this.queue);
    if (!holds) return;
    const evidence = chooseEvidence(entries, last);
    const heldMs = this.endMs;
    listener.onHeld({ ...last, timeMs: heldMs, items: itemsOf(evidence) });
    const times = { firstMs: this.queue.oldestMs, heldMs, lastMs: last.timeMs };
    const open = { evidence, ...times, eventCount: entries.length, value };
    listener.onMatch(toMatch(open, this.setting));
  }
}

/** Milliseconds that a correlation looks at. */
function spanMs({ correlation }: LinkedCorrelation): number {
  return correlation.timespanSeconds * 1_000;
}

/** The entry that decided, the newest of each rule, then the oldest of all; oldest first. */
function chooseEvidence<T>(
  entries: readonly WindowEntry<T>[],
  deciding: WindowEntry<T>,
): WindowEntry<T>[] {
  if (entries.length <= MAX_EVIDENCE) return [...entries];
  const chosen = new Set<WindowEntry<T>>([deciding]);
  const seen = new Set(deciding.inputs);
  for (let place = entries.length - 1; place >= 0 && chosen.size < MAX_EVIDENCE; place -= 1) {
    const entry = entries[place];
    if (entry === undefined || entry.inputs.every((input) => seen.has(input))) continue;
    for (const input of entry.inputs) seen.add(input);
    chosen.add(entry);
  }
  for (const entry of entries) {
    if (chosen.size >= MAX_EVIDENCE) break;
    chosen.add(entry);
  }
  return entries.filter((entry) => chosen.has(entry));
}

function itemsOf<T>(entries: readonly WindowEntry<T>[]): readonly T[] {
  return [...new Set(entries.flatMap(({ items }) => items))].slice(0, MAX_EVIDENCE);
}

function toMatch<T>(open: OpenMatch<T>, { linked, group }: GroupSetting<T>): CorrelationMatch<T> {
  return {
    kind: 'correlation-match',
    correlation: linked.correlation,
    group,
    firstMs: open.firstMs,
    heldMs: open.heldMs,
    lastMs: open.lastMs,
    eventCount: open.eventCount,
    value: open.value,
    evidence: itemsOf(open.evidence),
  };
}
