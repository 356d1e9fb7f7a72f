import type { Operand } from '../operand.js';

/** A special predicate as the image keeps it. */
export interface ImageSpecial {
  readonly id: number;
  readonly field: number;
  readonly operand: Operand;
  readonly cased: boolean;
}

export interface ImageKeyword {
  readonly text: string;
  readonly predicate: number;
}

/** Rules compiled to numbers: all that matching needs, fit to be written to a file and used from it as it is. */
export interface RuleSetImage {
  /** Names of fields; the first stands for all of them. */
  readonly fields: readonly string[];
  /** The characters of all needles; see textClasses. */
  readonly characters: string;
  /** The texts that keywords look for in every field, and what holds when one is there. */
  readonly keywords: readonly ImageKeyword[];
  readonly specials: readonly ImageSpecial[];
  /** Four words a field: roots of its prefix, suffix and contains automata, and where the filter of the last starts. */
  readonly roots: Int32Array;
  readonly states: Int32Array;
  readonly dense: Int32Array;
  readonly outputs: Int32Array;
  readonly filters: Int32Array;
  /** By field: the predicates "has a text" and "is there"; -1 when no rule asks. */
  readonly present: Int32Array;
  readonly exists: Int32Array;
  /** By predicate: its field. */
  readonly fieldOf: Int32Array;
  /** Conditions of all rules; see OP. */
  readonly program: Int32Array;
  /** By rule: where its condition starts. */
  readonly conditions: Int32Array;
  /** By rule: where its witnesses start; one entry more than rules. Without witnesses the rule is always asked. */
  readonly witnessStarts: Int32Array;
  readonly witnesses: Int32Array;
}
