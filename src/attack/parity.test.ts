import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  formatParityDocument,
  type ParityOracle,
} from '../../test/parity/format-parity-document.js';
import { PARITY_ROWS } from '../../test/parity/mitreattack-python.table.js';
import type { ParityAnswer } from '../../test/parity/parity-answer.js';
import type { Domain } from '../model/index.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { loadBundle } from './load-bundle.js';
import { openShipped } from './open-shipped.js';

const FOLDER = '../shared/data/attack';
const DOCUMENT = 'docs/mitreattack-python-parity.md';

// Counted by scripts/count-mitreattack-python.py with the version of mitreattack-python and from the bundles
// (SHA-256) that the file names.
const ORACLE = JSON.parse(
  readFileSync('test/parity/mitreattack-python.json', 'utf8'),
) as ParityOracle;

/** Rows of a bundle with what is expected; a query about a kind that the domain has none of is left out. */
function casesOf(name: string): readonly {
  readonly name: string;
  readonly ask: (base: KnowledgeBase) => ParityAnswer;
  readonly needsBundle: boolean;
  readonly expected: ParityAnswer;
}[] {
  const { answers = {}, samples = {} } = ORACLE.bundles[name] ?? {};
  return PARITY_ROWS.flatMap((row) => {
    const expected = answers[row.difference?.expected ?? row.theirs];
    if (expected === undefined) return [];
    const ask = (base: KnowledgeBase): ParityAnswer => row.ask(base, samples);
    return [{ name: row.theirs, ask, needsBundle: row.needsBundle === true, expected }];
  });
}

describe.each(Object.entries(ORACLE.bundles))('mitreattack-python on %s', (name, bundle) => {
  const cases = casesOf(name);
  const { domain, version } = bundle;

  describe('the shipped catalogue answers the same', () => {
    const base = openShipped({ domain: domain as Domain, version });
    it.each(cases.filter(({ needsBundle }) => !needsBundle))('$name', ({ ask, expected }) => {
      expect(ask(base)).toEqual(expected);
    });
  });

  const path = `${FOLDER}/${name}.json.gz`;
  describe.skipIf(!existsSync(path))(
    'the full bundle answers the same (needs ../shared/data)',
    () => {
      let base: KnowledgeBase | undefined;
      const open = (): KnowledgeBase => {
        base ??= loadBundle([path]).knowledgeBase;
        return base;
      };
      it.each(cases)('$name', ({ ask, expected }) => {
        expect(ask(open())).toEqual(expected);
      });
    },
  );
});

describe('the parity table', () => {
  it('has a row for every answer of mitreattack-python that was counted', () => {
    const known = new Set(
      PARITY_ROWS.flatMap(({ theirs, difference }) => [theirs, difference?.expected ?? theirs]),
    );
    const answered = Object.values(ORACLE.bundles).flatMap(({ answers }) => Object.keys(answers));
    expect(answered.filter((answer) => !known.has(answer))).toEqual([]);
    const methods = new Set(PARITY_ROWS.map(({ theirs }) => theirs.split(' ')[0]));
    expect([...methods].sort()).toEqual([...ORACLE.methods].sort());
  });

  it('is what docs/mitreattack-python-parity.md shows', () => {
    // Write it anew with: npx tsx scripts/write-parity-document.ts
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(formatParityDocument(ORACLE));
  });
});
