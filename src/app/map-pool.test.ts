import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readWithWorkers } from './map-pool.js';
import type { MapUnit } from './map-unit.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** A worker's program: `read(unit, send)` gives a unit's messages. */
function program(read: string): URL {
  count += 1;
  const path = join(folder, `worker-${count}.mjs`);
  writeFileSync(
    path,
    `import { parentPort as port } from 'node:worker_threads';
const send = (message) => port.postMessage(message);
const batch = (unit, source) => ({ kind: 'batch', batch: { unit: unit.index, source, matched: [], issues: [], log: undefined } });
port.on('message', async ({ kind, unit }) => { if (kind === 'unit') { ${read} } });
send({ kind: 'ready' });`,
  );
  return pathToFileURL(path);
}

const units = (number: number): readonly MapUnit[] =>
  Array.from({ length: number }, (_, index) => ({
    index,
    path: `file-${index}`,
    part: undefined,
    isLast: true,
    bytes: 1,
  }));

async function sources(number: number, read: URL, signal?: AbortSignal) {
  const batches = readWithWorkers(units(number), {
    workers: 3,
    setting: {
      rules: [],
      image: undefined,
      setting: {
        since: undefined,
        until: undefined,
        behaviors: false,
        fieldsOf: [],
        keepsEvents: false,
      },
    },
    onProgress: () => undefined,
    signal,
    program: read,
  });
  const found: string[] = [];
  for await (const { source, issues } of batches)
    found.push(`${source}${issues.map(({ code }) => ` ${code}`).join('')}`);
  return found;
}

describe('readWithWorkers', () => {
  it('gives the batches in the order of the units, whoever is done first', async () => {
    const read = program(
      `await new Promise((resolve) => setTimeout(resolve, unit.index % 3 === 0 ? 30 : 0));
       send(batch(unit, unit.path + 'a')); send(batch(unit, unit.path + 'b')); send({ kind: 'done', unit: unit.index });`,
    );
    const expected = units(12).flatMap(({ path }) => [`${path}a`, `${path}b`]);
    expect(await sources(12, read)).toEqual(expected);
  });

  it.each([
    ['ends', 'process.exit(1)'],
    ['throws', `throw new Error('broken')`],
  ])('makes an Issue of a thread that %s, keeps what it gave, and reads on', async (_, death) => {
    const read = program(
      `send(batch(unit, unit.path)); if (unit.index % 4 === 1) setTimeout(() => { ${death} }, 20); else send({ kind: 'done', unit: unit.index });`,
    );
    const expected = units(10).flatMap(({ path, index }) =>
      index % 4 === 1 ? [path, `${path} READING_FAILED`] : [path],
    );
    expect(await sources(10, read)).toEqual(expected);
  });

  it('refuses to run when no thread can start', async () => {
    const read = pathToFileURL(join(folder, 'not-there.mjs'));
    await expect(sources(2, read)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('ends when it is stopped though a thread is busy', async () => {
    const controller = new AbortController();
    const read = program(
      `send(batch(unit, unit.path)); for (;;) await new Promise((resolve) => setTimeout(resolve, 5));`,
    );
    setTimeout(() => controller.abort(), 200);
    const found = await sources(4, read, controller.signal);
    expect(found.length).toBeLessThan(4);
  });
});
