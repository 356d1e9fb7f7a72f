import { parseRegex } from '../regex/parse-regex.js';
import { repeatsRepetition } from '../regex/repeats-repetition.js';
import type { LintNote } from './lint-finding.js';
import { type RulesPath, show } from './lint-subject.js';

/** A regular expression: whether it can be used, and whether other engines can use it without hanging. */
export function checkRegex(
  pattern: string,
  modifiers: readonly string[],
  path: RulesPath,
): readonly LintNote[] {
  const node = parseRegex(pattern, {
    ignoreCase: modifiers.includes('i'),
    multiLine: modifiers.includes('m'),
    dotAll: modifiers.includes('s'),
  });
  if (node.kind === 'problem')
    return [
      {
        code: 'REGEX_UNSUPPORTED',
        message: `${show(pattern)}: ${node.message}`,
        fix: 'write it without look-around, back-references, atomic groups and possessive repetition',
        path,
      },
    ];
  return repeatsRepetition(node)
    ? [
        {
          code: 'REGEX_BACKTRACKS',
          message: `${show(pattern)} repeats a repetition of the same characters`,
          fix: 'repeat only once, or exclude what follows: [^)]*\\) instead of .*\\)',
          path,
        },
      ]
    : [];
}
