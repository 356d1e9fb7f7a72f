import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { linearRegex } from './linear-regex.js';
import { regexSearch } from './match-regex.js';
import { parseRegex } from './parse-regex.js';
import { compileRegex } from './regex-program.js';

const NO_FLAGS = { ignoreCase: false, multiLine: false, dotAll: false };

function searchOf(pattern: string, flags = NO_FLAGS): (text: string) => boolean {
  const compiled = linearRegex(pattern, flags);
  if (compiled.kind === 'problem') throw new Error(`${pattern}: ${compiled.message}`);
  return compiled.search;
}

/** Patterns over a, b, newline, blank and underscore: small enough that texts often match. */
const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\W',
  '\\s',
  ' ',
  '^',
  '$',
  '\\b',
  '\\B',
  'É',
  '[a-c]',
);
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    atom,
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => left + right),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `(?:${left}|${right})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
      .map(([inner, repeat]) => `(${inner})${repeat}`),
  ),
})).node;
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'A', '\n', ' ', '_', 'é', 'c'),
  maxLength: 12,
});

describe('linearRegex', () => {
  it('agrees with V8 on every regular pattern and text', () => {
    const cases = fc.record({ source: pattern, input: text, i: fc.boolean(), m: fc.boolean() });
    fc.assert(
      fc.property(cases, ({ source, input, i, m }) => {
        const flags = `${i ? 'i' : ''}${m ? 'm' : ''}s`;
        const search = searchOf(source, { ignoreCase: i, multiLine: m, dotAll: true });
        expect(search(input), `/${source}/${flags}`).toBe(new RegExp(source, flags).test(input));
      }),
      { numRuns: fuzzRuns(3000) },
    );
  });

  it('finds the same when it remembers nothing', () => {
    const cases = fc.record({ source: pattern, input: text });
    fc.assert(
      fc.property(cases, ({ source, input }) => {
        const node = parseRegex(source, NO_FLAGS);
        const program = node.kind === 'problem' ? node : compileRegex(node);
        if ('kind' in program) throw new Error(program.message);
        for (const cachedStates of [0, 2])
          expect(regexSearch(program, cachedStates)(input), source).toBe(searchOf(source)(input));
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it.each([
    ['(?i)invoke-\\w+', 'INVOKE-Thing', true],
    ['(?i:a)b', 'AB', false],
    ['(?i:a)b', 'Ab', true],
    ['a{,3}', 'a{,3}', true],
    ['x{2,3}y', 'xxxy', true],
    ['^x{2,3}y', 'xxxxy', false],
    ['[[:digit:]]{3}', 'ab123', true],
    ['[]a]', ']', true],
    ['[^]a]', ']a', false],
    ['[\\w-]+=', '--=', true],
    ['[a-\\d]', '-', true],
    ['\\x41\\u0042\\x{43}', 'ABC', true],
    ['\\\\', '\\', true],
    ['[\\\\/]cmd\\.exe$', 'C:\\cmd.exe', true],
    ['(?P<name>ab)(?<other>c)', 'abc', true],
    ['a.c', 'a\nc', false],
    ['', '', true],
    ['^$', '', true],
    ['^$', 'x', false],
    ['{', '{', true],
    ['a|', 'zzz', true],
    ['[^a]', 'A', true],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'xab', false],
    ['.{3,}', 'a\nab\nabc', true],
    ['.{3,}', 'a\nab\nab', false],
    ['[^a]{2}', 'aéa\u4e00\u4e00', true],
    ['(?:x{3}){0,2}', '', true],
  ])('%s on %j is %s', (source, input, matches) => {
    expect(searchOf(source)(input)).toBe(matches);
  });

  it.each([
    ['(a', '")" is missing'],
    ['a)', '")" without "("'],
    ['*a', 'nothing for "*" to repeat'],
    ['a(?=b)', 'look-around'],
    ['(?<!a)b', 'look-around'],
    ['(a)\\1', 'back-references'],
    ['a++', 'possessive'],
    ['(?>a)', 'atomic'],
    ['[z-a]', 'range out of order'],
    ['[a', '"]" is missing'],
    ['a\\', 'a backslash ends the pattern'],
    ['\\p{L}', 'not supported'],
    ['a{5,2}', 'out of order'],
    ['a{5000}', 'more than 1000'],
    ['((a{1000}){1000})', 'more than 2000 states'],
    ['('.repeat(200) + ')'.repeat(200), 'nested deeper'],
  ])('refuses %s', (source, reason) => {
    expect(linearRegex(source, NO_FLAGS)).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining(reason),
    });
  });

  it.each([
    ['(a+)+$', `${'a'.repeat(60_000)}b`],
    ['(?:.*\\)){1,}z', ')'.repeat(60_000)],
    ['(.*a){20}z', 'a'.repeat(30_000)],
    ['[ab]*a[ab]{300}c', 'abbabaabbbabaaab'.repeat(4_000)],
    ['a.*b.*c.*d', 'abc'.repeat(20_000)],
    ['.{1000,}', `${'a'.repeat(999)}\n`.repeat(60)],
  ])('finishes %s on a text that hangs a backtracking engine', (source, input) => {
    expect(searchOf(source)(input)).toBe(false);
  });

  it('takes any pattern and any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (source, input) => {
        const compiled = linearRegex(source, NO_FLAGS);
        if (compiled.kind === 'regex') compiled.search(input);
      }),
    );
  });
});
