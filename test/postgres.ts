import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopSharedPostgres } from './shared-postgres.js';

/** vitest's globalSetup: nothing starts here; what a test started is stopped at the end of the run. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-shared-postgres-'));
  process.env['PORTOLAN_TEST_POSTGRES'] = folder;
  return () => {
    stopSharedPostgres(folder);
    rmSync(folder, { recursive: true, force: true });
  };
}
