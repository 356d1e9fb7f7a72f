import { setHas } from './char-set.js';
import type { RegexNode } from './regex-node.js';

/**
 * A search for `[set]{n,}` alone: so many characters of a set in a row. An automaton would need a state for each.
 *
 * @returns undefined for any other pattern.
 */
export function runSearch(node: RegexNode): ((text: string) => boolean) | undefined {
  if (node.kind === 'sequence' && node.parts.length === 1 && node.parts[0] !== undefined)
    return runSearch(node.parts[0]);
  if (node.kind !== 'repeat' || node.part.kind !== 'set' || node.min === 0) return undefined;
  const { min: wanted } = node;
  const { set } = node.part;
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => (setHas(set, code) ? 1 : 0));
  const has = (code: number): boolean => (code < 128 ? ascii[code] === 1 : setHas(set, code));
  return (text) => {
    let start = 0;
    while (start + wanted <= text.length) {
      // From the end of the stretch: a character that breaks it lets the search jump behind it.
      let at = start + wanted - 1;
      while (at >= start && has(text.charCodeAt(at))) at -= 1;
      if (at < start) return true;
      start = at + 1;
    }
    return false;
  };
}
