import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command said and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user folder that nothing was imported into, so that a developer's own bundles change no test. */
export const emptyUserFolder = mkdtempSync(join(tmpdir(), 'portolan-user-'));

/** Runs the built command; `npm test` builds first. */
export function runPortolan(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Run {
  if (!existsSync('dist/cli/main.js'))
    throw new Error('expected dist/cli/main.js, found none; run npm run build');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PORTOLAN_HOME: emptyUserFolder, NO_COLOR: '1', ...env },
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}
