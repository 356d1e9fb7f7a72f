import { regexSearch } from './match-regex.js';
import { parseRegex, type RegexProblem } from './parse-regex.js';
import type { RegexFlags } from './regex-node.js';
import { compileRegex } from './regex-program.js';

/**
 * Compiles a regular expression to a search that cannot hang: linear in the length of the text for any pattern.
 *
 * `$` is the end of the text, and of a line with `multiLine`; `.` and lines know only the newline; `\w` and `\b` are ASCII.
 *
 * @returns a problem for what is not a regular language (look-around, back-references) or too large.
 */
export function linearRegex(
  pattern: string,
  flags: RegexFlags,
): { readonly kind: 'regex'; readonly search: (text: string) => boolean } | RegexProblem {
  const node = parseRegex(pattern, flags);
  if (node.kind === 'problem') return node;
  const program = compileRegex(node);
  if ('kind' in program) return program;
  return { kind: 'regex', search: regexSearch(program) };
}
