import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

// `npm test` takes the same cases every time, so that a change is what makes it fail; `npm run fuzz` takes new ones, and
// more than the 100 that a property has unless it names a number of its own.
const runs = Number(process.env['FUZZ_RUNS'] ?? 0);
const asked = runs > 0 ? { numRuns: runs } : { seed: 20_261_124 };
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...asked });

// What a test caches or installs is not a developer's own.
process.env['PORTOLAN_HOME'] ??= mkdtempSync(join(tmpdir(), 'portolan-home-'));
