// Prints {ms, cpuMs, count} of all 22 maps of pairs, asked for the first time in a fresh process; opening is left out.
import { openShipped, RELATION_PAIRS, relateAll } from '../dist/attack/index.js';

const base = openShipped({ version: process.argv[2] });
const cpuBefore = process.cpuUsage();
const start = performance.now();
let count = 0;
for (const { source, target } of RELATION_PAIRS) {
  for (const related of [relateAll(base, source, target), relateAll(base, target, source)]) {
    for (const list of related.values()) count += list.length;
  }
}
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, count }));
