import { describe, expect, it } from 'vitest';
import type { UpdateProgress } from '../app/update-offers.js';
import { createProgressPrinter } from './print-progress.js';

/** Prints steps a given number of milliseconds apart. */
function printed(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  steps: readonly (readonly [number, UpdateProgress])[],
): string {
  let [text, nowMs] = ['', 0];
  const write = (piece: string): void => {
    text += piece;
  };
  const printer = createProgressPrinter({ ...stream, write }, () => nowMs);
  for (const [afterMs, progress] of steps) {
    nowMs += afterMs;
    printer.print(progress);
  }
  printer.end();
  return text;
}

const url = 'https://example.com/b.json';
const bytes = (receivedBytes: number, totalBytes?: number): UpdateProgress => ({
  kind: 'downloading',
  url,
  receivedBytes,
  totalBytes,
});

describe('createProgressPrinter', () => {
  it('prints plain lines three seconds apart, and the end, where there is no terminal', () => {
    const steps = [
      [0, { kind: 'asking', url }],
      [0, bytes(0, 10e6)],
      [1000, bytes(1e6, 10e6)],
      [2000, bytes(3e6, 10e6)],
      [500, bytes(5e6, 10e6)],
      [1500, bytes(10e6, 10e6)],
      [0, { kind: 'checking', url }],
    ] as const;
    expect(printed({}, steps).split('\n')).toEqual([
      'asking https://example.com/b.json',
      '  3.0 MB of 10.0 MB, 30 %, 1.0 MB/s',
      '  10.0 MB of 10.0 MB, 100 %, 2.0 MB/s',
      'checking https://example.com/b.json',
      '',
    ]);
  });

  it('rewrites one line on a terminal, cut to its width, and leaves it at the end', () => {
    const steps = [
      [0, bytes(0)],
      [50, bytes(1e6)],
      [50, bytes(2e6)],
      [0, { kind: 'checking', url }],
    ] as const;
    expect(printed({ isTTY: true, columns: 20 }, steps)).toBe(
      '\r\u001b[K  2.0 MB, 20.0 MB/s\nchecking https://example.com/b.json\n',
    );
  });

  it('says no share where the size is not known', () => {
    expect(
      printed({}, [
        [0, bytes(0)],
        [4000, bytes(500_000)],
      ]),
    ).toBe('  500.0 kB, 125.0 kB/s\n');
  });

  it('lets no control character through', () => {
    const hostile = 'https://example.com/\u001b[2J';
    expect(printed({}, [[0, { kind: 'asking', url: hostile }]])).toBe(
      'asking https://example.com/\\x1b[2J\n',
    );
  });
});
