import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SectionKind } from '../sentence.js';
import { assertionOf } from './assertion-of.js';

interface Row {
  readonly text: string;
  readonly mention: string;
}

const sentenceOf = (text: string, section: SectionKind = 'body') => ({
  start: 0,
  end: text.length,
  section,
});

describe.each(['asserted', 'negated', 'hedged', 'advised', 'hypothetical'] as const)(
  '%s',
  (status) => {
    const rows: readonly Row[] = parse(
      readFileSync(`test/reports/assertion/${status}.yml`, 'utf8'),
    );
    it.each(rows.map(({ text, mention }) => [text, mention] as const))(
      '%s [%s]',
      (text, mention) => {
        const start = text.indexOf(mention);
        expect(start).toBeGreaterThanOrEqual(0);
        const place = { start, end: start + mention.length, sentence: sentenceOf(text) };
        const assertion = assertionOf(text, place);
        expect([assertion.status, ...assertion.why]).toEqual([
          status,
          ...(status === 'asserted' ? [] : [expect.any(String)]),
        ]);
        expect(assertion.factor === 1).toBe(status === 'asserted');
      },
    );
  },
);

it.each([
  ['recommendations', 'advised'],
  ['mitigations', 'advised'],
  ['detection', 'advised'],
  ['references', 'hedged'],
  ['boilerplate', 'hedged'],
  ['body', 'asserted'],
  ['summary', 'asserted'],
  ['iocs', 'asserted'],
  ['attack-table', 'asserted'],
] as const)('takes a mention in %s as %s', (section, status) => {
  const text = 'Mimikatz dumps LSASS.';
  const place = { start: 0, end: 8, sentence: sentenceOf(text, section) };
  expect(assertionOf(text, place).status).toBe(status);
});

it.each([
  ['There is no evidence that the group used Mimikatz to dump LSASS.', 'negated'],
  ['Organizations should monitor for Mimikatz on their servers.', 'advised'],
  [
    'The group used Mimikatz, PsExec and rundll32 on three servers, though no exfiltration.',
    'asserted',
  ],
  ['If an attacker gains access, LSASS is dumped with Mimikatz.', 'hypothetical'],
])('reads a whole sentence: %s', (text, status) => {
  const place = { start: 0, end: text.length, sentence: sentenceOf(text) };
  expect(assertionOf(text, place).status).toBe(status);
});

it('stays within the sentence', () => {
  const text = 'No evidence of phishing. They ran Mimikatz. Block PsExec.';
  const start = text.indexOf('Mimikatz');
  const sentence = { start: 25, end: 43, section: 'body' as const };
  expect(assertionOf(text, { start, end: start + 8, sentence }).status).toBe('asserted');
});

it('throws for no text', () => {
  const word = fc.constantFrom(
    'not',
    'no',
    'evidence',
    'of',
    'may',
    'if',
    'an',
    'attacker',
    'should',
    'be',
    'blocked',
    ',',
    '.',
    'but',
    'Mimikatz',
    '\u2019',
    '\n',
    'İ',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 40 }),
      fc.nat(200),
      fc.nat(50),
      (words, start, length) => {
        const text = words.join(' ');
        const { factor } = assertionOf(text, { start, end: start + length, sentence: undefined });
        expect(factor).toBeGreaterThan(0);
        expect(factor).toBeLessThanOrEqual(1);
      },
    ),
  );
});
