// npm test: every check in the order in which failures are cheapest to find, then `N passed, N failed` over all suites.
// --no-tests stops before the suites.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = (path) => join('node_modules', path);
const CHECKS = [
  [
    'format and lint',
    bin('@biomejs/biome/bin/biome'),
    ['ci', '--error-on-warnings', '--max-diagnostics=30', '.'],
  ],
  ['types', bin('typescript/bin/tsc'), []],
  ['types of web', bin('typescript/bin/tsc'), ['-p', 'web']],
  [
    'import direction',
    bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    ['src', 'web/src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ],
  ['unused code', bin('knip/bin/knip.js'), ['--no-progress']],
  ['folder graph', 'scripts/folder-graph.mjs', ['--check']],
  ['build', 'scripts/build.mjs', []],
];

function run(name, script, args) {
  const start = Date.now();
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  console.log(
    `${status === 0 ? 'ok' : 'FAILED'}: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`,
  );
  return status === 0;
}

if (!existsSync('../shared/data')) {
  console.log('note: ../shared/data is not there; the tests that use its real data are skipped\n');
}
let failedChecks = 0;
for (const [name, script, args] of CHECKS) if (!run(name, script, args)) failedChecks += 1;

let passed = 0;
let failed = 0;
let skipped = 0;
if (!process.argv.includes('--no-tests')) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  run('tests', bin('vitest/vitest.mjs'), args);
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    passed = result.numPassedTests;
    failed =
      result.numFailedTests +
      result.testResults.filter(
        (file) => file.status === 'failed' && file.assertionResults.length === 0,
      ).length;
    skipped = result.numPendingTests + result.numTodoTests;
  } catch {
    console.log('the test runner left no report');
    failed = 1;
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${passed + CHECKS.length - failedChecks} passed, ${failed + failedChecks} failed, ${skipped} skipped`,
);
process.exit(failed + failedChecks === 0 ? 0 : 1);
