import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createBehaviorRunner } from '../../src/behaviors/index.js';
import { detectCollector, listFiles, openLogs } from '../../src/collectors/index.js';

const RECORDED = '../shared/data/evtx-to-mitre';

/** The parent technique that the folder names, in the ids of ATT&CK 19.1; undefined where it names none. */
function labelOf(path: string): string | undefined {
  const label = [...path.matchAll(/\/(T\d{4}(?:\.\d{3})?)/g)].at(-1)?.[1];
  if (label === 'T1070.001' || label?.startsWith('T1562.00') === true)
    return label === 'T1562.004' ? 'T1686' : 'T1685';
  return label?.slice(0, 5);
}

async function claimsOf(path: string): Promise<ReadonlySet<string>> {
  const runner = createBehaviorRunner();
  const matches = [];
  for await (const log of openLogs(path)) {
    if (log.kind === 'issue') continue;
    const { source, file } = log;
    const collector = detectCollector(source, file.head);
    for await (const { events } of collector?.read({ source, chunks: file.chunks }) ?? [])
      for (const event of events) matches.push(...runner.push(event));
  }
  matches.push(...runner.finish());
  const listed = matches.filter(({ confidence }) => confidence >= 0.25);
  return new Set(listed.flatMap(({ techniqueIds }) => techniqueIds.map((id) => id.slice(0, 5))));
}

it.skipIf(!existsSync(RECORDED))(
  'most of what behaviours claim of recorded attacks is what their labels say (needs ../shared/data)',
  async () => {
    const { files } = await listFiles([RECORDED]);
    const count = { labelled: 0, right: 0, wrong: 0 };
    for (const path of files) {
      const label = labelOf(path);
      if (label === undefined || !path.endsWith('.evtx')) continue;
      count.labelled += 1;
      const claims = await claimsOf(path);
      if (claims.has(label)) count.right += 1;
      count.wrong += claims.size - (claims.has(label) ? 1 : 0);
    }
    expect(count.labelled).toBe(185);
    expect(count.right).toBeGreaterThanOrEqual(37);
    expect(count.wrong).toBeLessThanOrEqual(14);
  },
  60_000,
);
