import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { isStixId, isTechniqueId, parentTechniqueId, type TechniqueId } from './ids.js';

const UUID = '428ca9f8-0e33-442a-be87-f869cb4cf73e';

it.each([
  [`attack-pattern--${UUID}`, true],
  [`x-mitre-data-component--${UUID}`, true],
  [`ab--${UUID}`, true],
  [`a--${UUID}`, false],
  [`--${UUID}`, false],
  [`Tool--${UUID}`, false],
  [`tool-${UUID}`, false],
  [`tool--${UUID}x`, false],
  [`tool--${UUID.toUpperCase()}`, false],
  [`${'x'.repeat(251)}--${UUID}`, true],
  [`${'x'.repeat(252)}--${UUID}`, false],
  ['', false],
  [undefined, false],
  [7, false],
])('tells whether %j is a STIX id', (value, expected) => {
  expect(isStixId(value)).toBe(expected);
});

it('agrees with the pattern of the specification on any text', () => {
  const pattern =
    /^[a-z][a-z0-9-]{1,250}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  const text = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.string({ unit: fc.constantFrom('a', 'z', '-', '0', 'A', '\n') }), fc.uuid())
      .map(([type, uuid]) => `${type}--${uuid}`),
  );
  fc.assert(
    fc.property(text, (value) => {
      expect(isStixId(value)).toBe(pattern.test(value));
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

it('tells technique ids and their parents', () => {
  expect(['T1059', 'T1059.001', 'T105', 'T1059.1', 't1059', 'TA0001'].map(isTechniqueId)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(parentTechniqueId('T1059.001' as TechniqueId)).toBe('T1059');
});
