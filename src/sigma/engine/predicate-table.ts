import type { Operand, Position } from '../operand.js';

/** A text that is looked for at a place of a field; folded to lower case. */
export interface Needle {
  /** Index of the field in `PredicateTable.fields`. */
  readonly field: number;
  readonly position: Position;
  readonly text: string;
  readonly predicate: number;
}

/** A test that no automaton can answer: it is asked when a rule needs it, and only after its gate held. */
export interface SpecialPredicate {
  readonly id: number;
  readonly field: number;
  readonly operand: Operand;
  readonly cased: boolean;
}

/** Index of the field that stands for all of them, where keywords are looked for. */
export const ANY_FIELD = 0;

/** Numbers the predicates of all rules, each once however many rules ask it. */
export class PredicateTable {
  readonly fields: string[] = ['*'];
  readonly needles: Needle[] = [];
  readonly specials: SpecialPredicate[] = [];
  /** By predicate: the field it is about. */
  readonly fieldOf: number[] = [];
  /** By predicate: 1 when it is a special one. */
  readonly isSpecial: number[] = [];
  /** By predicate: how likely it is to hold on any event, 0..1; a guess. */
  readonly likelihood: number[] = [];
  /** By field: the predicate "has a text", and "is there, be it null"; -1 when nobody asks. */
  readonly present: number[] = [-1];
  readonly exists: number[] = [-1];
  readonly #fieldIds = new Map<string, number>();
  readonly #ids = new Map<string, number>();

  get size(): number {
    return this.fieldOf.length;
  }

  /** @param name undefined: all fields, for keywords. */
  fieldId(name: string | undefined): number {
    if (name === undefined) return ANY_FIELD;
    const known = this.#fieldIds.get(name);
    if (known !== undefined) return known;
    const id = this.fields.push(name) - 1;
    this.present.push(-1);
    this.exists.push(-1);
    this.#fieldIds.set(name, id);
    return id;
  }

  /** One of several texts at a place of a field. */
  texts(place: Omit<Needle, 'text' | 'predicate'>, texts: readonly string[]): number {
    const { field, position } = place;
    const key = `${field} ${position} ${JSON.stringify(texts)}`;
    return this.#intern(key, () => {
      const id = this.#add(field, Math.max(...texts.map((text) => likelihoodOf(position, text))));
      for (const text of texts) this.needles.push({ field, position, text, predicate: id });
      return id;
    });
  }

  presenceOf(field: number): number {
    return this.#fieldState(this.present, field);
  }

  existenceOf(field: number): number {
    return this.#fieldState(this.exists, field);
  }

  special(field: number, operand: Operand, cased: boolean): number {
    const key = `special ${field} ${cased} ${JSON.stringify(operand)}`;
    return this.#intern(key, () => {
      const id = this.#add(field, 0.5);
      this.isSpecial[id] = 1;
      this.specials.push({ id, field, operand, cased });
      return id;
    });
  }

  #fieldState(states: number[], field: number): number {
    const known = states[field] ?? -1;
    if (known >= 0) return known;
    const id = this.#add(field, 0.9);
    states[field] = id;
    return id;
  }

  #add(field: number, likelihood: number): number {
    this.likelihood.push(likelihood);
    this.isSpecial.push(0);
    return this.fieldOf.push(field) - 1;
  }

  #intern(key: string, make: () => number): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = make();
    this.#ids.set(key, id);
    return id;
  }
}

// What stands in most paths and command lines.
const ORDINARY =
  /^[\\%]?(?:c:)?\\?(?:windows|users|program ?files|programdata|system32|syswow64|appdata|temp|local|\.exe)?\\?$/;
const ORDINARY_VALUE =
  /^(?:true|false|-|0|1|tcp|udp|setvalue|success|started|dword.*|0x0+|\\?software\\?)$/;
const CONTAINS_LIKELIHOOD = [1, 0.6, 0.3, 0.1, 0.04, 0.015, 0.015, 0.004, 0.004, 0.004];

function likelihoodOf(position: Position, text: string): number {
  if (ORDINARY.test(text) || ORDINARY_VALUE.test(text)) return 0.5;
  if (position === 'contains') return CONTAINS_LIKELIHOOD[text.length] ?? 0.001;
  if (text.length < 3 || /^\d{1,4}$/.test(text)) return 0.2;
  if (position === 'startswith') return 0.08;
  return 0.02;
}
