import type { RegexNode } from './regex-node.js';

/** Least number of UTF-16 code units that a match takes: a shorter text need not be searched. */
export function shortestMatch(node: RegexNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'edge':
      return 0;
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + shortestMatch(part), 0);
    case 'choice':
      return node.parts.reduce((least, part) => Math.min(least, shortestMatch(part)), Infinity);
    case 'repeat':
      // Not 0 × ∞, which is no number.
      return node.min === 0 ? 0 : node.min * shortestMatch(node.part);
  }
}
