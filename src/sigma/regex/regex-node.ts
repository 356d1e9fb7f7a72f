import type { CharSet } from './char-set.js';

/** A place that takes no character. */
export type RegexEdge =
  | 'text-start'
  | 'text-end'
  | 'line-start'
  | 'line-end'
  | 'word-edge'
  | 'no-word-edge';

/** A regular expression as a tree. Groups are gone: only whether it matches is asked. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'edge'; readonly edge: RegexEdge }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: RegexNode;
      readonly min: number;
      /** Infinity for `*` and `+`. */
      readonly max: number;
    };

/** Flags of `re|i|m|s` and of `(?ims)`. */
export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
}
