import {
  joinPattern,
  type PatternToken,
  parsePattern,
  type SigmaPattern,
} from './sigma-pattern.js';

// Source: Sigma specification 2.1, "Placeholders".
const PLACEHOLDER = /%([A-Za-z_][\w.-]*)%/;
const MAX_EXPANDED = 10_000;

/**
 * Every pattern that `%name%` in a pattern stands for. Values may hold wildcards; what looks like a placeholder in a value
 * is plain.
 *
 * @returns a string that says why, when a name has no values or there would be more than 10,000 patterns.
 */
export function expandPlaceholders(
  pattern: SigmaPattern,
  placeholders: ReadonlyMap<string, readonly string[]>,
): readonly SigmaPattern[] | string {
  let expanded: PatternToken[][] = [[]];
  for (const options of pattern.flatMap((token) => optionsOf(token, placeholders))) {
    if (typeof options === 'string') return options;
    if (expanded.length * options.length > MAX_EXPANDED)
      return `expand makes over ${MAX_EXPANDED} values`;
    expanded = expanded.flatMap((start) => options.map((option) => [...start, ...option]));
  }
  return expanded.map(joinPattern);
}

function optionsOf(
  token: PatternToken,
  placeholders: ReadonlyMap<string, readonly string[]>,
): (readonly SigmaPattern[] | string)[] {
  if (typeof token !== 'string') return [[[token]]];
  // Odd pieces are the names between the signs.
  return token.split(PLACEHOLDER).map((piece, index) => {
    if (index % 2 === 0) return [[piece]];
    return placeholders.get(piece)?.map(parsePattern) ?? `placeholder %${piece}% has no values`;
  });
}
