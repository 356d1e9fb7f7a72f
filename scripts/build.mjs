// Compiles src/ to dist/: modules and types for the library, and the command as a bundle of few files, since opening a
// hundred small modules takes longer than what most commands do.

import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { webSize } from './web-size.mjs';

rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  {
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
rmSync('dist/cli', { recursive: true, force: true });
// Chunks lie beside main.js: what finds data/ from `import.meta.url` counts on being two folders below the root.
await build({
  // Threads are started from a file of their own.
  entryPoints: {
    main: 'src/cli/main.ts',
    'map-worker': 'src/app/map-worker.ts',
    'serve-import-worker': 'src/app/serve-import-worker.ts',
    'pdf-worker': 'src/collectors/reports/pdf/pdf-worker.ts',
  },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // commander is read by every command, so that it lies in the bundle; what few commands need stays outside.
  external: Object.keys(dependencies)
    .filter((name) => name !== 'commander')
    .flatMap((name) => [name, `${name}/*`]),
  banner: {
    js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);",
  },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
});
chmodSync('dist/cli/main.js', 0o755);

const web = spawnSync(
  process.execPath,
  ['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel=warn'],
  { stdio: 'inherit' },
);
if (web.status !== 0) process.exit(web.status ?? 1);
// The server sends what lies compressed beside a file.
for (const name of readdirSync('dist/web/assets')) {
  if (!/\.(js|css)$/.test(name)) continue;
  const path = join('dist/web/assets', name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
}
const { js, css } = webSize('dist/web');
console.log(
  `web: ${(js / 1000).toFixed(1)} kB of scripts, ${(css / 1000).toFixed(1)} kB of styles at first, gzipped`,
);
