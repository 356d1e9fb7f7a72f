import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { findJsonError } from './find-json-error.js';
import { isIssue } from './issue.js';
import { parseJson } from './parse-json.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('parseJson', () => {
  it.each([
    ['{"a": [1, 2]}', { a: [1, 2] }],
    ['\ufeff[]', []],
    ['"\\"["', '"['],
    [`{"deep": "${'['.repeat(2000)}"}`, { deep: '['.repeat(2000) }],
    [`["${'\\\\'.repeat(600)}"]`, ['\\'.repeat(600)]],
  ])('reads %j', (text, value) => {
    expect(parseJson(text)).toEqual({ value });
  });

  it.each([
    ['{"a": }', 'JSON_INVALID', 1, 7],
    ['{\n  "a": 1,\n  oops\n}', 'JSON_INVALID', 3, 3],
    ['[1, 2', 'JSON_INVALID', 1, 6],
    ['', 'JSON_INVALID', 1, 1],
    ['['.repeat(10_000), 'JSON_TOO_DEEP', 1, 501],
    [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'JSON_TOO_DEEP', 1, 2501],
  ])('says where %j is wrong', (text, code, line, column) => {
    const issue = parseJson(text, { source: 'x.json' });
    expect(issue).toMatchObject({ kind: 'issue', code, at: { source: 'x.json', line, column } });
    expect(isIssue(issue) && issue.message).not.toMatch(/\n/);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseJson(text);
        expect('value' in parsed || parsed.kind === 'issue').toBe(true);
      }),
    );
  });

  it('agrees with JSON.parse on which texts are JSON, spoilt ones among them', () => {
    const spoilt = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', ',', '}', '"', '\\', '0', '\n', 'x'),
    );
    fc.assert(
      fc.property(spoilt, ([json, at, insert]) => {
        const text =
          json.slice(0, at % (json.length + 1)) + insert + json.slice(at % (json.length + 1));
        expect(findJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('agrees with JSON.parse on every JSON text', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });
});
