import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tinyId } from '../../test/attack/tiny-bundle.js';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import type { StixId } from '../model/index.js';
import type { StixObject } from './knowledge-base.js';
import { formatStixLine, openStixStore } from './stix-store.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function writeStore(content: string | Uint8Array): string {
  files += 1;
  const path = join(folder, `${files}.ndjson`);
  writeFileSync(path, content);
  return path;
}

function storeOf(objects: readonly StixObject[]): string {
  const sorted = [...objects].sort((a, b) => (a.id < b.id ? -1 : 1));
  return writeStore(sorted.map((object) => `${formatStixLine(object)}\n`).join(''));
}

const objectOf = (number: number, rest: Record<string, unknown> = {}): StixObject => {
  const type = number % 3 === 0 ? 'tool' : 'attack-pattern';
  return { ...rest, id: tinyId(type, number), type };
};

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 40 }), { maxLength: 60 });

describe('openStixStore', () => {
  it('finds every object as it was written, by halving and by index', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 40_000 }), fc.json(), (ids, long, json) => {
        const rest = { '7': 'first of all', name: 'ü'.repeat(long), value: JSON.parse(json) };
        const objects = ids.map((id, index) => objectOf(id, index % 2 === 0 ? rest : {}));
        const lookUp = openStixStore(() => storeOf(objects));
        for (let round = 0; round < 2; round += 1) {
          for (const object of objects) expect(lookUp(object.id as StixId)).toEqual(object);
          expect(lookUp(tinyId('tool', 2 ** 41) as StixId)).toBeUndefined();
          // Enough of them that the second round is answered from the index.
          for (let count = 0; count < 400; count += 1) lookUp(tinyId('campaign', count) as StixId);
        }
      }),
      { numRuns: fuzzRuns(25) },
    );
  });

  it('answers nothing and throws nothing over any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 20_000 }),
      fc.string({
        unit: fc.constantFrom('{"id":"', 'tool--', '\n', '"', 'a', '}'),
        maxLength: 400,
      }),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const lookUp = openStixStore(() => writeStore(content));
        for (let count = 0; count < 410; count += 1) {
          expect(lookUp(tinyId('tool', count) as StixId)).toBeUndefined();
        }
      }),
      { numRuns: fuzzRuns(40) },
    );
  });

  it('answers nothing when the file is not there', () => {
    expect(openStixStore(() => join(folder, 'none'))(tinyId('tool', 1) as StixId)).toBeUndefined();
  });

  it('answers nothing for a line that was damaged', () => {
    const line = formatStixLine(objectOf(3, { name: 'x' })).replace('}', '');
    expect(
      openStixStore(() => writeStore(`${line}\n`))(tinyId('tool', 3) as StixId),
    ).toBeUndefined();
  });

  it('asks for the path again when the file has moved', () => {
    const path = storeOf([objectOf(3)]);
    const paths = [join(folder, 'gone'), path];
    const lookUp = openStixStore(() => paths.shift() ?? path);
    expect(lookUp(tinyId('tool', 3) as StixId)?.id).toBe(tinyId('tool', 3));
  });
});
