/**
 * npm run bench:report-iocs [-- --write]: MB of text a second on one core, and how often ordinary text is taken for an
 * indicator.
 *
 * Speed needs ../shared/data. The peer ioc-extractor runs when IOC_EXTRACTOR_FOLDER names a folder in which
 * `npm i ioc-extractor@8.2.0` was run. Precision reads the manuals and documentation of this machine in place.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { extractIocs } from '../src/reports/iocs/extract-iocs.js';
import { cpuMs, environmentLine, median } from './environment.js';
import { writeSection } from './write-section.js';

const REPORTS = '../shared/data/cti/tram2/reports';
const RUNS = 5;
const LARGEST_FILE = 1_000_000;

interface Lane {
  readonly name: string;
  /** How many indicators. */
  readonly read: (text: string) => number;
}

function reportsText(): string {
  const texts = readdirSync(REPORTS).map((name) => {
    const report: { signal: string } = JSON.parse(readFileSync(join(REPORTS, name), 'utf8'));
    return report.signal;
  });
  return texts.join('\n\n');
}

async function lanes(): Promise<readonly Lane[]> {
  const own = { name: 'portolan', read: (text: string) => extractIocs(text).length };
  const folder = process.env['IOC_EXTRACTOR_FOLDER'];
  if (folder === undefined) return [own];
  const path = join(folder, 'node_modules/ioc-extractor/dist/index.mjs');
  const peer: { extractIOC: (text: string) => Record<string, unknown> } = await import(
    pathToFileURL(path).href
  );
  const count = (text: string): number =>
    Object.values(peer.extractIOC(text)).reduce<number>(
      (sum, list) => sum + (Array.isArray(list) ? list.length : 0),
      0,
    );
  return [own, { name: 'peer: ioc-extractor 8.2.0 (each value once)', read: count }];
}

function speedTable(all: readonly Lane[], texts: ReadonlyMap<string, string>): string {
  const rows: string[] = [];
  for (const [what, text] of texts)
    for (const { name, read } of all) {
      const times: number[] = [];
      let found = 0;
      for (let run = 0; run <= RUNS; run += 1) {
        const ms = cpuMs(() => {
          found = read(text);
        });
        // The first run warms up.
        if (run > 0) times.push(ms);
      }
      const megabytes = Buffer.byteLength(text) / 1e6;
      const speed = (megabytes / (median(times) / 1000)).toFixed(1);
      rows.push(`| ${what}, ${megabytes.toFixed(1)} MB | ${name} | ${speed} | ${found} |`);
    }
  return `| text | program | MB/s | indicators |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

/** Types that ordinary text does have: real links, hosts, mail addresses, paths and names of files. */
const ORDINARY_TYPES = new Set([
  'url',
  'domain',
  'hostname',
  'email',
  'email-src',
  'email-dst',
  'filepath',
  'filename',
  'github-repository',
]);

/** Texts of a folder in their own words: READMEs, guides and manuals; no lists of changes, which are full of hashes. */
function textsIn(folder: string, depth = 0): readonly string[] {
  if (!existsSync(folder) || depth > 5) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsIn(path, depth + 1);
    if (!entry.isFile() || !/README|\.(?:md|txt|[1-8])(?:\.gz)?$|FAQ/i.test(entry.name)) return [];
    if (/change|history|news|copyright|licen|thanks|authors/i.test(entry.name)) return [];
    if (statSync(path).size > LARGEST_FILE) return [];
    const bytes = readFileSync(path);
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return /\.[1-8](?:\.gz)?$/.test(path) ? [manualText(text)] : [text];
  });
}

/** The words of a manual, without the commands of roff. */
function manualText(roff: string): string {
  return roff
    .split('\n')
    .filter((line) => !/^['.]\\"/.test(line))
    .map((line) =>
      line
        .replace(/^\.[A-Za-z]{1,2}\s*/, '')
        .replace(/\\f[A-Z]|\\-|\\&/g, (mark) => (mark === '\\-' ? '-' : '')),
    )
    .join('\n');
}

function precisionTable(folders: readonly string[]): string {
  const rows = folders.map((folder) => {
    const texts = textsIn(folder);
    let [lines, claims, doubtful] = [0, 0, 0];
    const types = new Map<string, number>();
    for (const text of texts) {
      lines += text.split('\n').filter((line) => line.trim() !== '').length;
      for (const { type } of extractIocs(text)) {
        claims += 1;
        if (ORDINARY_TYPES.has(type)) continue;
        doubtful += 1;
        types.set(type, (types.get(type) ?? 0) + 1);
      }
    }
    const most = [...types].sort((a, b) => b[1] - a[1]).slice(0, 6);
    const listed = most.map(([type, count]) => `${type} ${count}`).join(', ');
    const share = lines === 0 ? 'n/a' : (1 - doubtful / lines).toFixed(5);
    return `| ${folder} | ${texts.length} | ${lines} | ${claims} | ${doubtful} | ${share} | ${listed} |`;
  });
  return `| text | files | lines | claims | of types that ordinary text has not | lines without one | which |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}

if (!existsSync(REPORTS)) throw new Error('bench:report-iocs needs ../shared/data');
const manuals = textsIn('/usr/share/man/man1').join('\n').slice(0, 5_000_000);
const texts = new Map([['120 threat reports (TRAM 2)', reportsText()]]);
if (manuals !== '') texts.set('manuals', manuals);
const section = [
  speedTable(await lanes(), texts),
  precisionTable(['test/reports/clean', '/usr/share/man', '/usr/share/doc', 'node_modules']),
  `${environmentLine('TRAM 2 of ../shared/data; manuals and documentation as installed')}; one core, CPU time, medians of ${RUNS}. What a claim in ordinary text counts as: docs/report-iocs.md.`,
].join('\n\n');
console.log(section);
if (process.argv.includes('--write')) writeSection('report-iocs', section);
