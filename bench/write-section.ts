import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a section between its marks in BENCHMARKS.md. */
export function writeSection(name: string, section: string): void {
  const [start, end] = [`<!-- bench:${name} -->`, `<!-- end of bench:${name} -->`];
  const text = readFileSync('BENCHMARKS.md', 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`BENCHMARKS.md has no ${start} … ${end}`);
  writeFileSync('BENCHMARKS.md', `${text.slice(0, from)}${start}\n${section}\n${text.slice(to)}`);
}
