import { spawnSync } from 'node:child_process';

/**
 * CPU milliseconds (user and system) of a whole child process, as the shell's `times` counts it.
 *
 * @param args of `node`.
 */
export function childCpuMs(args: readonly string[]): number {
  const script = `"$@" >/dev/null 2>&1 || exit 9; times`;
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed`);
  // The second line is that of the children: 0m0.040s 0m0.012s
  const line = stdout.trim().split('\n')[1] ?? '';
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + (Number(m) * 60 + Number(s)) * 1000,
    0,
  );
}
