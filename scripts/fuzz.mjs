// npm run fuzz [-- RUNS]: every property test, with more cases than npm test takes (default 5,000).
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const runs = process.argv[2] ?? '5000';
const files = ['src', 'test']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('fast-check'));

console.log(
  `${files.length} files with property tests, ${runs} cases for each, more for those that usually run more than 100`,
);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout=3600000', ...files],
  { stdio: 'inherit', env: { ...process.env, FUZZ_RUNS: runs } },
);
process.exit(status ?? 1);
