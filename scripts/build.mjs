// Compiles src/ to dist/: modules and types for the library, and the command as a bundle of few files, since opening a
// hundred small modules takes longer than what most commands do.

import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);

rmSync('dist/cli', { recursive: true, force: true });
// Chunks lie beside main.js: what finds data/ from `import.meta.url` counts on being two folders below the root.
await build({
  entryPoints: ['src/cli/main.ts'],
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
chmodSync('dist/cli/main.js', 0o755);
