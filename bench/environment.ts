import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

/** The line under every table: machine, how busy it was, date, commit, data version. */
export function environmentLine(data: string): string {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], {
    encoding: 'utf8',
  }).trim();
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  // One minute's average of waiting and running threads: above the number of cores, wall times are those of the others too.
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${machine}, load ${load}; ${new Date().toISOString().slice(0, 10)}; commit ${commit}; ${data}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds of CPU (user and system) that a call takes. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
