import { regexSearch } from './match-regex.js';
import { parseRegex, type RegexProblem } from './parse-regex.js';
import type { RegexFlags } from './regex-node.js';
import { compileRegex } from './regex-program.js';
import { runSearch } from './run-search.js';
import { shortestMatch } from './shortest-match.js';

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
  const shortest = shortestMatch(node);
  let search: ((text: string) => boolean) | undefined;
  return {
    kind: 'regex',
    search(text) {
      if (text.length < shortest) return false;
      // Made when first needed: most patterns never meet a text.
      search ??= runSearch(node) ?? regexSearch(program);
      return search(text);
    },
  };
}
