/** Which predicates hold for the event at hand. Starting anew costs nothing: truths carry the event's number. */
export class TruthTable {
  /** By predicate: the number of the last event for which it held. */
  readonly stamps: Uint32Array;
  /** By predicate: the number of the last event for which a special predicate was asked. */
  readonly asked: Uint32Array;
  /** The event at hand. */
  now = 0;
  /** Predicates that hold, each once, in no order: the first `hitCount`. */
  readonly hits: Int32Array;
  hitCount = 0;

  constructor(predicateCount: number) {
    this.stamps = new Uint32Array(predicateCount);
    this.asked = new Uint32Array(predicateCount);
    this.hits = new Int32Array(predicateCount);
  }

  start(): void {
    this.hitCount = 0;
    this.now += 1;
    if (this.now <= 0xffff_ffff) return;
    this.stamps.fill(0);
    this.asked.fill(0);
    this.now = 1;
  }

  set(predicate: number): void {
    if (this.stamps[predicate] === this.now) return;
    this.stamps[predicate] = this.now;
    this.hits[this.hitCount] = predicate;
    this.hitCount += 1;
  }

  holds(predicate: number): boolean {
    return this.stamps[predicate] === this.now;
  }
}
