import type { RegexFlags } from './regex-node.js';

/** Reading position in a pattern; `flags` change with `(?i)`. */
export interface RegexCursor {
  readonly pattern: string;
  index: number;
  flags: RegexFlags;
  depth: number;
}

/** Ends a parse from any depth; `parseRegex` turns it into a problem and lets it go no further. */
export class RegexSyntaxError extends Error {}

export function refuse(message: string): never {
  throw new RegexSyntaxError(message);
}
