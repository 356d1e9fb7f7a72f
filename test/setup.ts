import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

// `npm test` takes the same cases every time, so that a change is what makes it fail; `npm run fuzz` takes new ones,
// and more: of each property as many times more as FUZZ_RUNS is of the usual 100 (fuzz-runs.ts).
const runs = Number(process.env['FUZZ_RUNS'] ?? 0);
const asked = runs > 0 ? { numRuns: runs } : { seed: 20_261_124 };
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...asked });

// What a test caches or installs is not a developer's own.
process.env['PORTOLAN_HOME'] ??= mkdtempSync(join(tmpdir(), 'portolan-home-'));
