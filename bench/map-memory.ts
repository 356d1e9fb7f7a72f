// Peak memory and rate of `portolan map` on one large NDJSON file, which must not grow with its size; with all rules of SigmaHQ
// where ../shared/data is.
// Usage: npm run build && tsx bench/map-memory.ts [MEGABYTES …] ; PORTOLAN_CLI names another build, WORKERS other numbers of
// threads than 1,2. Writes a file of that size below the folder for temporary files and deletes it.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = process.env['PORTOLAN_CLI'] ?? 'dist/cli/main.js';
const sizes = process.argv.slice(2).map(Number);
const workerCounts = (process.env['WORKERS'] ?? '1,2').split(',').map(Number);
const ruleArgs = ['rules', 'rules-emerging-threats', 'rules-threat-hunting']
  .map((name) => `../shared/data/sigma/${name}`)
  .filter((path) => existsSync(path))
  .flatMap((path) => ['--rules', path]);
const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));

try {
  console.log('megabytes  workers  seconds  events/s  peak RSS (MB)  matches');
  for (const megabytes of sizes.length > 0 ? sizes : [100, 400]) {
    const file = join(folder, `${megabytes}.ndjson`);
    const events = writeEvents(file, megabytes * 1e6);
    for (const workers of workerCounts) {
      const { seconds, peakMb, matches } = await runMap(file, workers);
      const rate = Math.round(events / seconds);
      console.log(
        [megabytes, workers, seconds.toFixed(1), rate, peakMb.toFixed(0), matches].join('  '),
      );
    }
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Ordinary process starts on 200 machines, one in a thousand of them an attack. */
function writeEvents(path: string, sizeBytes: number): number {
  const out = openSync(path, 'w');
  let written = 0;
  let events = 0;
  while (written < sizeBytes) {
    const lines: string[] = [];
    for (let count = 0; count < 1_000; count += 1, events += 1) lines.push(makeEvent(events));
    written += writeSync(out, `${lines.join('\n')}\n`);
  }
  closeSync(out);
  return events;
}

function makeEvent(place: number): string {
  const isAttack = place % 1_000 === 7;
  const time = new Date(Date.UTC(2026, 2, 3) + place * 40).toISOString();
  const command = isAttack
    ? 'powershell.exe -nop -w hidden -enc SQBFAFgA'
    : `"C:\\Program Files\\App${place % 97}\\app.exe" --job ${place} --file C:\\Users\\u${place % 311}\\doc${place}.txt`;
  return JSON.stringify({
    UtcTime: time.replace('T', ' ').replace('Z', ''),
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    EventID: 1,
    Computer: `ws${place % 200}.example.com`,
    User: `EXAMPLE\\u${place % 311}`,
    ProcessId: place % 65_536,
    Image: isAttack
      ? 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
      : `C:\\Program Files\\App${place % 97}\\app.exe`,
    CommandLine: command,
    ParentImage: 'C:\\Windows\\explorer.exe',
    ParentCommandLine: 'C:\\Windows\\explorer.exe',
    IntegrityLevel: 'Medium',
    CurrentDirectory: `C:\\Users\\u${place % 311}\\`,
    Hashes: `SHA256=${place.toString(16).padStart(64, '0')}`,
  });
}

interface MapRun {
  readonly seconds: number;
  readonly peakMb: number;
  readonly matches: number;
}

function runMap(file: string, workers: number): Promise<MapRun> {
  const startedMs = performance.now();
  const args = [CLI, 'map', file, '--json', '--min-confidence', '0', '--workers', String(workers)];
  args.push(...ruleArgs);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let peakKb = 0;
  let output = '';
  const timer = setInterval(() => {
    peakKb = Math.max(peakKb, peakKbOf(child.pid));
  }, 100);
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      clearInterval(timer);
      const { techniques } = JSON.parse(output) as { techniques: { matches: number }[] };
      const matches = techniques.reduce((sum, one) => sum + one.matches, 0);
      resolve({
        seconds: (performance.now() - startedMs) / 1_000,
        peakMb: peakKb / 1_024,
        matches,
      });
    });
  });
}

/** Source: proc(5), VmHWM: the most that was ever resident. */
function peakKbOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
