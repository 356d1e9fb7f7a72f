import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { MAX_SENTENCE_LENGTH } from './cut-long-span.js';
import { splitSentences } from './split-sentences.js';

interface SentenceCase {
  readonly name: string;
  readonly text: string;
  readonly sentences: readonly string[];
}

const CASES = load(readFileSync('test/reports/sentences.yml', 'utf8')) as readonly SentenceCase[];

const split = (text: string): readonly string[] =>
  splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) =>
    text.slice(start, end),
  );

describe('splitSentences', () => {
  it.each(CASES)('splits as test/reports/sentences.yml says: $name', ({ text, sentences }) => {
    expect(split(text)).toEqual(sentences);
  });

  it('loses nothing but white space, and never goes beyond its stretch', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'cmd.exe ',
        'e.g. ',
        'The ',
        '. ',
        '\n\n',
        '"',
        ')',
        ' • ',
        'U.S. ',
        '\ud83d',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(50), (pieces, from) => {
        const text = pieces.join('');
        const start = Math.min(from, text.length);
        const spans = splitSentences(text, { start, end: text.length });
        let at = start;
        for (const span of spans) {
          expect(text.slice(at, span.start).trim()).toBe('');
          expect(text.slice(span.start, span.end).trim()).toBe(text.slice(span.start, span.end));
          expect(span.end).toBeGreaterThan(span.start);
          at = span.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });

  it.each([
    ['one word', 'a'.repeat(10_000_000)],
    ['words', 'word '.repeat(2_000_000)],
    ['stops', '.'.repeat(10_000_000)],
    ['stops and spaces', '. '.repeat(5_000_000)],
    ['open brackets', '.['.repeat(5_000_000)],
    ['line ends', `a${'\n \t'.repeat(3_000_000)}b`],
  ])('cuts a line of 10 MB of %s into pieces of a bearable length', (_name, text) => {
    const spans = splitSentences(text, { start: 0, end: text.length });
    expect(
      Math.max(...spans.slice(0, 1_000).map(({ start, end }) => end - start)),
    ).toBeLessThanOrEqual(MAX_SENTENCE_LENGTH);
  });

  it('cuts a long sentence at a line, a semicolon, a comma or a word, and not within one', () => {
    const clause = 'some words of a clause';
    for (const mark of [';', ',']) {
      const text = `${clause}${mark} `.repeat(200);
      for (const piece of split(text)) expect(piece.endsWith(`clause${mark}`)).toBe(true);
    }
    for (const piece of split('word '.repeat(1_000))) expect(piece).toMatch(/^word( word)*$/);
  });

  it('never cuts a character in half', () => {
    for (const piece of split('😀'.repeat(3_000))) expect(encodeURIComponent(piece)).not.toBe('');
  });
});
