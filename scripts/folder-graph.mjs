// npm run docs:graph: draws the folder graph of src/ into ARCHITECTURE.md; --check fails when it is out of date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const START = '<!-- folder graph: npm run docs:graph -->';
const END = '<!-- end of folder graph -->';

const raw = execFileSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    '--collapse',
    '^src/[^/]+',
    '--exclude',
    '[.]test[.]ts$|^node_modules',
    '--no-progress',
  ],
  { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);

const edges = new Set();
for (const { source, dependencies } of JSON.parse(raw).modules) {
  const from = /^src\/([^/]+)$/.exec(source)?.[1];
  for (const { resolved } of dependencies) {
    const to = /^src\/([^/]+)$/.exec(resolved)?.[1];
    if (from !== undefined && to !== undefined && from !== to) edges.add(`  ${from} --> ${to}`);
  }
}
const graph = `${START}\n\`\`\`mermaid\nflowchart TD\n${[...edges].sort().join('\n')}\n\`\`\`\n${END}`;
const text = readFileSync('ARCHITECTURE.md', 'utf8');
const before = text.slice(0, text.indexOf(START));
const after = text.slice(text.indexOf(END) + END.length);
const updated = `${before}${graph}${after}`;
if (process.argv.includes('--check')) {
  if (updated !== text) {
    console.error('ARCHITECTURE.md: the folder graph is out of date; run npm run docs:graph');
    process.exit(1);
  }
} else writeFileSync('ARCHITECTURE.md', updated);
