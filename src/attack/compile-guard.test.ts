import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { compileGuard } from './compile-guard.js';
import { stixObjectSchema } from './stix-schema.js';

describe('compileGuard', () => {
  it('accepts exactly what the schema of STIX objects accepts', () => {
    const isStix = compileGuard(stixObjectSchema);
    const value = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(undefined),
      fc.constant(null),
      fc.array(fc.oneof(fc.string(), fc.nat())),
      fc.array(
        fc.record(
          { name: fc.oneof(fc.string(), fc.nat()), source_name: fc.string() },
          { requiredKeys: [] },
        ),
      ),
    );
    const name = fc.constantFrom(...Object.keys(stixObjectSchema.shape), 'something_else');
    const object = fc
      .tuple(fc.dictionary(name, value), fc.boolean())
      .map(([fields, isNamed]) => (isNamed ? { ...fields, id: 'x', type: 'y' } : fields));
    fc.assert(
      fc.property(fc.oneof(object, value), (candidate) => {
        expect(isStix(candidate)).toBe(stixObjectSchema.safeParse(candidate).success);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('refuses a schema that it does not know', () => {
    expect(() => compileGuard(z.number())).toThrow('no guard for a schema of type number');
  });
});
