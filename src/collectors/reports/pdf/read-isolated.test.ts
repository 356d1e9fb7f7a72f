import { describe, expect, it } from 'vitest';
import { REPORT_LIMITS } from '../report-limits.js';
import { readIsolated } from './read-isolated.js';

/** A program for the thread that stands for what a hostile PDF makes of pdf.js. */
const program = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';${code}`)}`,
  );

const input = (maxMs = 20_000, signal?: AbortSignal) => ({
  source: 'a.pdf',
  bytes: new Uint8Array([1, 2, 3]),
  limits: { ...REPORT_LIMITS, maxMs },
  signal,
});

const FOREVER = 'for (;;);';
const HOARD = 'const all = []; for (;;) all.push(new Uint8Array(4_000_000).fill(1));';

describe('readIsolated', () => {
  it('gives what the thread gives', async () => {
    const echo = program(
      'parentPort.postMessage({ documents: [], issues: [workerData.source, workerData.bytes.length] })',
    );
    expect(await readIsolated(input(), { program: echo })).toEqual({
      documents: [],
      issues: ['a.pdf', 3],
    });
  });

  it('ends a thread that does not come to an end', async () => {
    expect(await readIsolated(input(-9_900), { program: program(FOREVER) })).toMatchObject({
      documents: [],
      issues: [
        {
          code: 'INPUT_TOO_LARGE',
          message: expect.stringContaining('takes longer'),
          at: { source: 'a.pdf' },
        },
      ],
    });
  });

  it('ends a thread that takes too much memory', async () => {
    const reading = readIsolated(input(), { program: program(HOARD), maxGrowthBytes: 200_000_000 });
    expect(await reading).toMatchObject({
      issues: [{ message: expect.stringContaining('memory') }],
    });
  });

  it('ends with its thread', async () => {
    expect(await readIsolated(input(), { program: program('process.exit(3)') })).toMatchObject({
      issues: [{ code: 'INPUT_TOO_LARGE' }],
    });
  });

  it('makes an Issue of what the thread throws, and stops when it is told to', async () => {
    expect(
      await readIsolated(input(), { program: program('throw new Error("odd")') }),
    ).toMatchObject({
      issues: [{ code: 'REPORT_DAMAGED', message: 'the PDF is damaged: odd' }],
    });
    const controller = new AbortController();
    const reading = readIsolated(input(20_000, controller.signal), { program: program(FOREVER) });
    controller.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });
});
