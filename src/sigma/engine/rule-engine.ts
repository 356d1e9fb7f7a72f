import { compileOperand, type OperandTest } from '../compile-operand.js';
import { type EventView, textsOf, viewEvent } from '../event-view.js';
import type { EventLogsource, FieldValue, SigmaEvent } from '../field-value.js';
import { isLazyFields, type LazyFields, type LazyLayout, TEXT_FORM } from '../lazy-fields.js';
import type { RuleLogsource } from '../sigma-rule.js';
import { type Bucket, createBucket } from './bucket.js';
import { ConditionMachine } from './condition-machine.js';
import { LogsourceIndex } from './logsource-index.js';
import type { RuleSetImage } from './rule-set-image.js';
import { TextBuffer } from './text-buffer.js';
import { textClasses } from './text-classes.js';
import { TextScanner } from './text-scanner.js';
import { TruthTable } from './truth-table.js';

/** Matches events against all rules of a set at once. */
export interface RuleEngine {
  /** Numbers of the rules that hold, ascending; each event meets only the rules of its logsource. */
  match(event: SigmaEvent): readonly number[];
  /** Numbers of the rules that are about a logsource, ascending. */
  applicable(logsource: EventLogsource): Int32Array;
}

const NONE: readonly number[] = [];
// Bounds memory on logs made to name a logsource an event.
const MAX_BUCKETS = 1_000;

/** @param logsources of the rules, in the order in which they were compiled. */
export function createRuleEngine(
  image: RuleSetImage,
  logsources: readonly RuleLogsource[],
): RuleEngine {
  return new Engine(image, logsources);
}

class Engine implements RuleEngine {
  readonly #image: RuleSetImage;
  readonly #rules: LogsourceIndex;
  readonly #truths: TruthTable;
  readonly #scanner: TextScanner;
  readonly #buffer: TextBuffer;
  readonly #machine: ConditionMachine;
  readonly #buckets = new Map<string, Bucket>();
  readonly #bucketOf = new WeakMap<EventLogsource, Bucket>();
  readonly #specials = new Map<number, OperandTest>();
  /** By field: the number of the last event of which it was read. */
  readonly #read: Uint32Array;
  /** By rule: the number of the last event for which it was asked. */
  readonly #asked: Uint32Array;
  #last: { readonly logsource: EventLogsource; readonly bucket: Bucket } | undefined;
  #event: SigmaEvent | undefined;
  #view: EventView | undefined;
  #lazy: LazyFields | undefined;

  constructor(image: RuleSetImage, logsources: readonly RuleLogsource[]) {
    this.#image = image;
    this.#rules = new LogsourceIndex(logsources);
    this.#truths = new TruthTable(image.fieldOf.length);
    this.#scanner = new TextScanner(image, this.#truths);
    this.#buffer = new TextBuffer(textClasses(image.characters));
    this.#read = new Uint32Array(image.fields.length);
    this.#asked = new Uint32Array(image.conditions.length);
    this.#machine = new ConditionMachine(image, this.#truths, {
      readField: (field) => this.#readField(field),
      askSpecial: (predicate) => this.#askSpecial(predicate),
    });
  }

  match(event: SigmaEvent): readonly number[] {
    const bucket = this.#bucket(event.logsource);
    if (bucket.rules.length === 0) return NONE;
    this.#event = event;
    this.#view = undefined;
    this.#truths.start();
    if (this.#truths.now === 1) {
      this.#read.fill(0);
      this.#asked.fill(0);
    }
    this.#lazy = isLazyFields(event.fields) ? event.fields : undefined;
    if (this.#lazy !== undefined) this.#readPlanned(this.#lazy, bucket);
    else for (const field of bucket.fields) this.#readField(field);
    if (bucket.hasKeywords && this.#mayHoldKeyword(bucket, event)) this.#readField(0);
    return this.#askCandidates(bucket);
  }

  applicable(logsource: EventLogsource): Int32Array {
    return this.#bucket(logsource).rules;
  }

  #mayHoldKeyword({ keywordSearches }: Bucket, { fields }: SigmaEvent): boolean {
    if (keywordSearches === undefined) return true;
    if (this.#lazy?.mayHold(keywordSearches) === false) return false;
    const { texts } = keywordSearches;
    for (const value of fields.values()) {
      if (typeof value === 'string') {
        if (texts.mayHold(value)) return true;
      } else if (textsOf(value).some((text) => texts.mayHold(text))) return true;
    }
    return false;
  }

  #askCandidates(bucket: Bucket): readonly number[] {
    const truths = this.#truths;
    const { placeOf, lists, always } = bucket;
    const matched: number[] = [];
    for (const rule of always) this.#ask(rule, matched);
    // Conditions may read further fields; those hold no witness.
    const { hits, hitCount } = truths;
    for (let index = 0; index < hitCount; index += 1) {
      const place = placeOf[hits[index] ?? 0] ?? 0;
      if (place === 0) continue;
      const end = place + (lists[place] ?? 0);
      for (let at = place + 1; at <= end; at += 1) this.#ask(lists[at] ?? 0, matched);
    }
    return matched.length === 0 ? NONE : sortNumbers(matched);
  }

  #ask(rule: number, matched: number[]): void {
    if (this.#isFirst(rule) && this.#machine.holds(this.#image.conditions[rule] ?? 0))
      matched.push(rule);
  }

  #isFirst(rule: number): boolean {
    const { now } = this.#truths;
    if (this.#asked[rule] === now) return false;
    this.#asked[rule] = now;
    return true;
  }

  #readField(field: number): void {
    const { now } = this.#truths;
    if (this.#read[field] === now) return;
    this.#read[field] = now;
    const fields = this.#event?.fields;
    if (fields === undefined) return;
    if (field === 0) {
      for (const value of fields.values()) this.#scanValue(0, value);
      return;
    }
    const name = this.#image.fields[field] ?? '';
    const lazy = this.#lazy;
    if (lazy !== undefined) this.#readSlot(lazy, field, lazy.layout.slots.get(name));
    else this.#readValue(field, fields.get(name));
  }

  /** Reads the fields of a bucket that events of this layout can have. */
  #readPlanned(lazy: LazyFields, bucket: Bucket): void {
    const { now } = this.#truths;
    const plan = this.#planOf(lazy, bucket);
    for (let index = 0; index < plan.length; index += 2) {
      const field = plan[index] ?? 0;
      this.#read[field] = now;
      this.#readSlot(lazy, field, plan[index + 1]);
    }
  }

  /** Fields of the bucket and their slots, in turn. */
  #planOf({ layout }: LazyFields, bucket: Bucket): Int32Array {
    const { lastPlan } = bucket;
    if (lastPlan?.layout === layout) return lastPlan.plan;
    const plan = bucket.plans.get(layout) ?? this.#makePlan(layout, bucket);
    bucket.lastPlan = { layout, plan };
    return plan;
  }

  #makePlan(layout: LazyLayout, bucket: Bucket): Int32Array {
    const plan: number[] = [];
    for (const field of bucket.fields) {
      const slot = layout.slots.get(this.#image.fields[field] ?? '');
      if (slot !== undefined) plan.push(field, slot);
    }
    const made = Int32Array.from(plan);
    bucket.plans.set(layout, made);
    return made;
  }

  #readSlot(lazy: LazyFields, field: number, slot: number | undefined): void {
    if (slot === undefined) return;
    if (!this.#loadSlot(lazy, slot)) {
      this.#readValue(field, lazy.valueAt(slot));
      return;
    }
    this.#setState(this.#image.exists, field);
    this.#setState(this.#image.present, field);
    this.#scanner.scan(field, this.#buffer);
  }

  /** Whether the text at a slot could be loaded as it stands. */
  #loadSlot(lazy: LazyFields, slot: number): boolean {
    switch (lazy.textAt(slot)) {
      case TEXT_FORM.json:
        this.#buffer.loadJson(lazy.bytes, lazy.textStart, lazy.textEnd);
        return true;
      case TEXT_FORM.utf16:
        return this.#buffer.loadUtf16(lazy.bytes, lazy.textStart, lazy.textEnd);
      default:
        return false;
    }
  }

  #readValue(field: number, value: FieldValue | undefined): void {
    if (value === undefined) return;
    this.#setState(this.#image.exists, field);
    if (this.#scanValue(field, value)) this.#setState(this.#image.present, field);
  }

  #setState(predicates: Int32Array, field: number): void {
    const predicate = predicates[field] ?? -1;
    if (predicate >= 0) this.#truths.set(predicate);
  }

  /** Whether the value has a text at all. */
  #scanValue(field: number, value: FieldValue): boolean {
    if (typeof value === 'string') {
      this.#scanText(field, value);
      return true;
    }
    const texts = textsOf(value);
    for (const text of texts) this.#scanText(field, text);
    return texts.length > 0;
  }

  #scanText(field: number, text: string): void {
    this.#buffer.load(text);
    this.#scanner.scan(field, this.#buffer);
  }

  #askSpecial(predicate: number): boolean {
    const event = this.#event;
    if (event === undefined) return false;
    this.#view ??= viewEvent(event);
    return this.#specialTest(predicate)(this.#view);
  }

  #specialTest(predicate: number): OperandTest {
    const known = this.#specials.get(predicate);
    if (known !== undefined) return known;
    const special = this.#image.specials.find(({ id }) => id === predicate);
    const never: OperandTest = () => false;
    let test = never;
    if (special !== undefined) {
      const field = special.field === 0 ? undefined : this.#image.fields[special.field];
      const compiled = compileOperand(special.operand, { field, cased: special.cased });
      // The rule was refused when it was loaded, so nobody asks.
      test = typeof compiled === 'string' ? never : compiled;
    }
    this.#specials.set(predicate, test);
    return test;
  }

  #bucket(logsource: EventLogsource): Bucket {
    // Events of a kind come in rows.
    if (this.#last?.logsource === logsource) return this.#last.bucket;
    const bucket = this.#bucketOf.get(logsource) ?? this.#findBucket(logsource);
    this.#last = { logsource, bucket };
    return bucket;
  }

  #findBucket(logsource: EventLogsource): Bucket {
    const { product, categories, services } = logsource;
    const key = `${product}\n${categories.join()}\n${services.join()}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = createBucket(this.#image, this.#rules.rulesFor(logsource));
      if (this.#buckets.size >= MAX_BUCKETS) this.#buckets.clear();
      this.#buckets.set(key, bucket);
    }
    this.#bucketOf.set(logsource, bucket);
    return bucket;
  }
}

function sortNumbers(numbers: number[]): readonly number[] {
  return numbers.length === 1 ? numbers : numbers.sort((a, b) => a - b);
}
