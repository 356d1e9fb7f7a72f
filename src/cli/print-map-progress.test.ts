import { describe, expect, it } from 'vitest';
import { createMapProgressPrinter } from './print-map-progress.js';

function record(isTTY: boolean, columns?: number) {
  let nowMs = 0;
  let written = '';
  const stream = {
    isTTY,
    columns,
    write: (text: string) => {
      written += text;
    },
  };
  const printer = createMapProgressPrinter(stream, () => nowMs);
  const at = (timeMs: number, share: number): void => {
    nowMs = timeMs;
    printer.print({ files: 4, filesDone: 1, events: 12_345, bytes: share * 2e8, totalBytes: 2e8 });
  };
  return { at, printer, written: () => written };
}

describe('createMapProgressPrinter', () => {
  it('rewrites one line on a terminal, with rate and time left, and takes it away', () => {
    const { at, printer, written } = record(true, 200);
    at(0, 0);
    at(50, 0.1);
    at(2_000, 0.25);
    printer.end();
    const lines = written().split('\r\u001b[K');
    expect(lines).toEqual([
      '',
      '[....................] 0 %, 0 kB of 200.0 MB, 1 of 4 files, 12,345 events',
      '[#####...............] 25 %, 50.0 MB of 200.0 MB, 1 of 4 files, 12,345 events, 25.0 MB/s, 6 s left',
      '',
    ]);
  });

  it('keeps within the terminal', () => {
    const { at, written } = record(true, 30);
    at(5_000, 0.5);
    expect(written().split('\r\u001b[K')[1]?.length).toBe(29);
  });

  it('prints a plain line now and then elsewhere', () => {
    const { at, printer, written } = record(false);
    at(100, 0.1);
    at(6_000, 0.5);
    at(7_000, 0.6);
    printer.end();
    expect(written()).toBe(
      '50 %, 100.0 MB of 200.0 MB, 1 of 4 files, 12,345 events, 16.7 MB/s, 6 s left\n',
    );
  });
});
