import type { Cidr } from './cidr.js';
import type { RegexFlags } from './regex/regex-node.js';
import type { SigmaPattern } from './sigma-pattern.js';

/** Which parts of a date a time modifier reads. */
export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
export type Comparison = 'lt' | 'lte' | 'gt' | 'gte';
/** Where in the field a text is wanted. */
export type Position = 'equals' | 'startswith' | 'endswith' | 'contains';

/** One value of a field item after its modifiers: what the field is compared with. */
export type Operand =
  | { readonly kind: 'text'; readonly pattern: SigmaPattern }
  /** Bytes of an encoded text, until something makes text of them. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly position: Position }
  | { readonly kind: 'null' }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: RegexFlags }
  | { readonly kind: 'cidr'; readonly block: Cidr }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'field'; readonly field: string; readonly position: Position }
  | {
      readonly kind: 'time';
      readonly unit: TimeUnit;
      /** Undefined: equal. */
      readonly comparison: Comparison | undefined;
      readonly value: number;
    };

/** A field item while its modifiers are applied, one after the other. */
export interface ModifiedItem {
  /** One entry per value of the rule, each a list of alternatives that count as that value. */
  readonly values: readonly (readonly Operand[])[];
  /** `all`: every value must match, not any. */
  readonly linking: 'any' | 'all';
  readonly cased: boolean;
  /** `neq`: the field is there and matches none of the values. */
  readonly negated: boolean;
}
