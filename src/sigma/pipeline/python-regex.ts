import { parseRegex } from '../regex/parse-regex.js';
import { repeatsAlternatives, repeatsRepetition } from '../regex/repeats-repetition.js';
import { PipelineFailure } from './pipeline-failure.js';

/** A regular expression as pipelines write it, which is as Python does. */
export interface PythonRegex {
  /** Whether it matches from the start of a text. */
  matchesStart(text: string): boolean;
  /** The first match from the start; undefined when there is none. */
  matchStart(text: string): RegExpExecArray | undefined;
  /** Every match, none overlapping. */
  matches(text: string): readonly RegExpExecArray[];
  /** What a replacement stands for at a match: `\1`, `\g<name>`. */
  expand(replacement: string, match: RegExpExecArray): string;
  /** Names of groups, in order. */
  readonly groupNames: readonly string[];
}

// Values in rules are far shorter; a pipeline's expression must not hang on one made to be long.
const MAX_TEXT = 8_192;
const MAX_PATTERN = 4_096;
const INLINE_FLAGS = /^\(\?([aimsux]+)\)/;
const CATASTROPHE = /\([^()]*[*+][^()]*\)[*+{]/;

/**
 * Reads a regular expression of Python: named groups, inline flags at its start, `\A` and `\Z`.
 *
 * @throws PipelineFailure when it cannot be read, or repeats a repetition, which may take for ever.
 */
export function parsePythonRegex(pattern: string, path: readonly (string | number)[]): PythonRegex {
  const refuse = (reason: string): never => {
    throw new PipelineFailure(`regular expression ${JSON.stringify(pattern)}: ${reason}`, path);
  };
  if (pattern.length > MAX_PATTERN) refuse(`expected at most ${MAX_PATTERN} characters`);
  const letters = INLINE_FLAGS.exec(pattern)?.[1] ?? '';
  const flags = ['i', 'm', 's'].filter((letter) => letters.includes(letter)).join('');
  const source = pattern
    .replace(INLINE_FLAGS, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\\A/g, '(?<![\\s\\S])')
    .replace(/\\Z/g, '(?![\\s\\S])');
  if (mayTakeForever(source, flags)) refuse('repeats a repetition, which may take for ever');
  const compile = (extra: string): RegExp => {
    try {
      return new RegExp(source, flags + extra);
    } catch (error) {
      return refuse(error instanceof Error ? error.message.replace(/^.*: /, '') : 'cannot be read');
    }
  };
  const sticky = compile('y');
  const global = compile('g');
  const matchStart = (text: string): RegExpExecArray | undefined => {
    if (text.length > MAX_TEXT) return undefined;
    sticky.lastIndex = 0;
    return sticky.exec(text) ?? undefined;
  };
  return {
    matchStart,
    matchesStart: (text) => matchStart(text) !== undefined,
    matches: (text) => (text.length > MAX_TEXT ? [] : [...text.matchAll(global)]),
    expand,
    groupNames: [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name ?? ''),
  };
}

/** Judged on the tree; what has no tree here, such as look-around, on its looks. */
function mayTakeForever(source: string, flags: string): boolean {
  const node = parseRegex(source, {
    ignoreCase: flags.includes('i'),
    multiLine: flags.includes('m'),
    dotAll: flags.includes('s'),
  });
  if (node.kind === 'problem') return CATASTROPHE.test(source);
  return repeatsRepetition(node) || repeatsAlternatives(node);
}

const REFERENCE = /\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(
    REFERENCE,
    // Three groups: a name in brackets, digits, any other character.
    (whole: string, ...groups: readonly (string | undefined)[]) => {
      const [name, digits, letter] = groups;
      if (letter !== undefined) return ESCAPES[letter] ?? whole;
      const reference = name ?? digits ?? '';
      return /^\d+$/.test(reference)
        ? (match[Number(reference)] ?? '')
        : (match.groups?.[reference] ?? '');
    },
  );
}
