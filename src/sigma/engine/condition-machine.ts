import { OP } from './encode-condition.js';
import type { TruthTable } from './truth-table.js';

/** What a condition needs of the event at hand. */
export interface ConditionEvent {
  /** Makes all predicates of a field known. */
  readField(field: number): void;
  /** Asks a special predicate. */
  askSpecial(predicate: number): boolean;
}

/** Runs conditions over truths. Nothing is compared again: a condition only looks up what the automata found. */
export class ConditionMachine {
  readonly #program: Int32Array;
  readonly #fieldOf: Int32Array;
  readonly #truths: TruthTable;
  readonly #event: ConditionEvent;

  constructor(
    image: { readonly program: Int32Array; readonly fieldOf: Int32Array },
    truths: TruthTable,
    event: ConditionEvent,
  ) {
    this.#program = image.program;
    this.#fieldOf = image.fieldOf;
    this.#truths = truths;
    this.#event = event;
  }

  /** Whether the condition at a place of the program holds. */
  holds(at: number): boolean {
    const program = this.#program;
    switch (program[at]) {
      case OP.predicate: {
        const predicate = program[at + 2] ?? 0;
        this.#event.readField(this.#fieldOf[predicate] ?? 0);
        return this.#truths.holds(predicate);
      }
      case OP.special:
        return this.#asks(program[at + 2] ?? 0);
      case OP.anyOfField:
        return this.#countsField(at, true);
      case OP.allOfField:
        return !this.#countsField(at, false);
      case OP.and:
        return !this.#hasPart(at, false);
      case OP.or:
        return this.#hasPart(at, true);
      case OP.not:
        return !this.holds(at + 2);
      default:
        return program[at + 2] === 1;
    }
  }

  /** Whether a part is `wanted`. */
  #hasPart(at: number, wanted: boolean): boolean {
    const program = this.#program;
    const end = at + (program[at + 1] ?? 0);
    for (let part = at + 2; part < end; part += program[part + 1] ?? 1)
      if (this.holds(part) === wanted) return true;
    return false;
  }

  /** Whether a predicate of the list is `wanted`. */
  #countsField(at: number, wanted: boolean): boolean {
    const program = this.#program;
    this.#event.readField(program[at + 2] ?? 0);
    const { stamps, now } = this.#truths;
    const end = at + (program[at + 1] ?? 0);
    for (let place = at + 3; place < end; place += 1)
      if ((stamps[program[place] ?? 0] === now) === wanted) return true;
    return false;
  }

  #asks(predicate: number): boolean {
    const truths = this.#truths;
    if (truths.asked[predicate] === truths.now) return truths.holds(predicate);
    truths.asked[predicate] = truths.now;
    const holds = this.#event.askSpecial(predicate);
    if (holds) truths.stamps[predicate] = truths.now;
    return holds;
  }
}
