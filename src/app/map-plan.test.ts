import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planUnits } from './map-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const record = JSON.stringify({ a: 'x'.repeat(9_000) });

describe('planUnits', () => {
  it('cuts a large file of an object a line at lines, without a gap', async () => {
    const path = write('large.ndjson', `${record}\n`.repeat(12_000));
    const units = await planUnits([path]);
    expect(units.length).toBeGreaterThan(20);
    const content = readFileSync(path);
    let at = 0;
    for (const { part } of units) {
      expect(part?.start).toBe(at);
      expect(content[at]).toBe(0x7b);
      at = part?.end ?? 0;
    }
    expect(at).toBe(content.length);
    expect(units.filter(({ isLast }) => isLast)).toEqual(units.slice(-1));
  });

  it.each([
    ['a list', `[${`${record},`.repeat(9_000)}${record}]`],
    ['objects over several lines', `{\n"a":\n${record}}\n`.repeat(9_000)],
    ['text', `${'x'.repeat(9_000)}\n`.repeat(9_000)],
  ])('reads a large file that holds %s as a whole', async (name, content) => {
    const path = write(name, content);
    expect(await planUnits([path])).toEqual([
      { index: 0, path, part: undefined, isLast: true, bytes: content.length },
    ]);
  });

  it('leaves files that are not there to the reader', async () => {
    const path = join(folder, 'not-there');
    expect(await planUnits([path])).toMatchObject([{ path, part: undefined, bytes: 0 }]);
  });
});
