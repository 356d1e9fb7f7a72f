import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { emptyPostgresPlace, WITHOUT_POSTGRES } from '../shared-postgres.js';
import { recount } from './recount.js';

const KILLS = 50;
const BATCH = 200;

describe('a kill -9 in the middle of an import', () => {
  let folder: string;
  let program: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-kill-'));
    // One file, so that it starts at once; there its packages are found.
    mkdirSync('node_modules/.cache', { recursive: true });
    program = mkdtempSync('node_modules/.cache/portolan-kill-');
    buildSync({
      entryPoints: ['test/store/killed-writer.ts'],
      outfile: join(program, 'writer.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
  });
  afterAll(() => {
    for (const path of [folder, program]) rmSync(path, { recursive: true, force: true });
  });

  /** Starts writers and kills each at another moment; how many batches they said were saved. */
  async function killWriters(place: string): Promise<{ acknowledged: number; killed: number }> {
    let [acknowledged, killed] = [0, 0];
    for (let round = 0; round < KILLS; round += 1) {
      const args = [join(program, 'writer.mjs'), place, String(round), String(BATCH)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const written = await countUntilKilled(child, 1 + (round % 3), round % 7);
      acknowledged += written.batches;
      if (written.signal === 'SIGKILL') killed += 1;
    }
    return { acknowledged, killed };
  }

  const engines = [
    { name: 'SQLite', without: undefined, place: async () => join(folder, 'store.db') },
    { name: 'PostgreSQL', without: WITHOUT_POSTGRES, place: emptyPostgresPlace },
  ];
  for (const { name, without, place: placeOf } of engines)
    it.skipIf(without !== undefined)(
      `leaves all of a batch or none, ${KILLS} times, on ${name} ${without ?? ''}`,
      async () => {
        const place = await placeOf();
        await (await openStore(place)).close();
        const { acknowledged, killed } = await killWriters(place);
        expect(killed).toBe(KILLS);
        const { integrity, batches, ...counts } = await recount(place);
        expect(integrity).toBe('ok');
        // Whole batches only; all that were acknowledged, and at most the one that each was killed in beside.
        expect(batches.filter(({ rows }) => rows !== BATCH)).toEqual([]);
        expect(batches.length).toBeGreaterThanOrEqual(acknowledged);
        expect(batches.length).toBeLessThanOrEqual(acknowledged + KILLS);
        const store = await openStore(place);
        // With a filter that leaves all the cells are counted from the mappings, without one they are the rollup.
        expect(await store.mappings.aggregate({})).toEqual(
          await store.mappings.aggregate({ minConfidence: 0 }),
        );
        await store.close();
        expect(counts.days).toEqual(counts.recountedDays);
        expect(counts.claims).toEqual(counts.recountedClaims);
      },
      120_000,
    );
});

/** Kills a writer a few milliseconds after so many of its batches, that is in the middle of the next. */
async function countUntilKilled(child: ChildProcess, after: number, delayMs: number) {
  let batches = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    const before = batches;
    batches += chunk.filter((byte) => byte === 10).length;
    if (before < after && batches >= after) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { batches, signal };
}
