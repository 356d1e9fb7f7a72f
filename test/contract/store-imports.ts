import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/index.js';
import type { StoreBench } from './store.js';
import { cellsOf, claimOf, DAY, eventsOf, save } from './store-samples.js';

const FILE = { source: 'security.evtx', sha256: 'a'.repeat(64), sizeBytes: 12 };
const INPUT = {
  kind: 'logs',
  name: 'investigation',
  files: [FILE],
  attackVersion: '19.1',
} as const;

export function describeStoreImports(bench: StoreBench): void {
  describe('imports', () => {
    let store: Store;
    beforeAll(async () => {
      store = await bench.empty();
    });

    it('finds the import of the same files again, in any order, and doubles nothing', async () => {
      const second = { source: 'sysmon.evtx', sha256: 'b'.repeat(64), sizeBytes: 3 };
      const first = await store.imports.begin({ ...INPUT, files: [FILE, second] });
      const { importId } = first.import;
      const batch = eventsOf(claimOf(), 5);
      expect(await store.imports.addBatch(importId, batch)).toEqual({ added: 5, duplicates: 0 });
      const again = await store.imports.begin({ ...INPUT, files: [second, FILE] });
      expect(again).toMatchObject({ isKnown: true, import: { importId, runs: 2 } });
      expect(await store.imports.addBatch(importId, batch)).toEqual({ added: 0, duplicates: 5 });
      expect((await store.imports.findByFile(second.sha256))?.importId).toBe(importId);
      expect(await cellsOf(store)).toMatchObject([{ evidence: { proposed: 5 } }]);
    });

    it('takes the same events in another file for the same', async () => {
      const empty = await bench.empty();
      await save(empty, eventsOf(claimOf(), 3));
      const copies = eventsOf(claimOf(), 4).map((one) => ({ ...one, source: 'copy.evtx' }));
      const importId = await save(empty, copies);
      expect(await empty.imports.find(importId)).toMatchObject({ added: 1, duplicates: 3 });
      const { items } = await empty.mappings.evidence({ filter: {} });
      expect(items.map(({ source }) => source)).toEqual([
        'copy.evtx',
        ...Array<string>(3).fill('logs/security.evtx'),
      ]);
    });

    it('keeps equal events apart when their identities differ', async () => {
      const empty = await bench.empty();
      const [event] = eventsOf(claimOf(), 1);
      if (event === undefined) throw new Error('no event');
      await save(empty, [
        { ...event, identity: 'x 0' },
        { ...event, identity: 'x 1' },
        { ...event, identity: 'x 1' },
      ]);
      expect(await empty.mappings.totals()).toMatchObject({ evidence: 2 });
    });

    it('ends an import with what it read, and lists newest first', async () => {
      const begun = await store.imports.begin({
        ...INPUT,
        name: 'rules',
        kind: 'rules',
        files: [],
      });
      const issues = Array.from({ length: 150 }, (_, place) => ({
        kind: 'issue' as const,
        code: 'EVENT_INVALID' as const,
        message: `number ${place}`,
      }));
      const ended = await store.imports.end(begun.import.importId, {
        status: 'failed',
        records: 7,
        issueCount: 150,
        issues,
        failure: 'out of disk',
      });
      expect(ended).toMatchObject({ status: 'failed', records: 7, failure: 'out of disk' });
      expect(ended.issues).toHaveLength(100);
      const { items } = await store.imports.list({ limit: 1 });
      expect(items[0]?.importId).toBe(ended.importId);
      const ofRules = await store.imports.list({ kinds: ['rules'], statuses: ['failed'] });
      expect(ofRules.items).toHaveLength(1);
      expect((await store.imports.list({ kinds: [] })).items).toEqual([]);
    });

    it('saves a batch whole or not at all', async () => {
      const empty = await bench.empty();
      const { importId } = (await empty.imports.begin(INPUT)).import;
      const wrong = { ...claimOf({ host: 'b.example.com' }), confidence: Number.NaN };
      const batch = [...eventsOf(claimOf(), 3), ...eventsOf(wrong, 1)];
      await expect(empty.imports.addBatch(importId, batch)).rejects.toThrow();
      expect(await empty.mappings.totals()).toMatchObject({
        evidence: 0,
        mappings: 0,
        subjects: 0,
      });
      expect(await empty.imports.addBatch(importId, eventsOf(claimOf(), 3))).toMatchObject({
        added: 3,
      });
    });

    it('refuses an import that is not there, and a batch that is too large', async () => {
      await expect(store.imports.addBatch(999_999, eventsOf(claimOf(), 1))).rejects.toThrow(
        /no import 999999/,
      );
      await expect(store.imports.find(999_999)).rejects.toThrow(/no import/);
      await expect(store.imports.remove(999_999)).rejects.toThrow(/no import/);
      const many = eventsOf(claimOf(), 20_001);
      await expect(store.imports.addBatch(1, many)).rejects.toThrow(/at most 20000/);
    });

    it('removes an import with what only it knew', async () => {
      const empty = await bench.empty();
      const shared = claimOf({ ids: ['T1003', 'T1059.001'] });
      const first = await save(empty, eventsOf(shared, 4));
      await save(empty, [
        ...eventsOf(shared, 2, DAY + 30 * 86_400_000),
        ...eventsOf(claimOf({ host: 'other.example.com', ids: ['T1110'] }), 1),
      ]);
      await empty.imports.remove(first);
      expect(await cellsOf(empty)).toMatchObject([
        { techniqueId: 'T1003', evidence: { proposed: 2 } },
        { techniqueId: 'T1059.001', evidence: { proposed: 2 } },
        { techniqueId: 'T1110', evidence: { proposed: 1 } },
      ]);
      expect((await empty.mappings.days({})).map(({ count }) => count)).toEqual([1, 2, 2]);
      // What another process remembers of ids is not used for what is gone.
      const third = await save(empty, eventsOf(shared, 4));
      expect(await empty.imports.find(third)).toMatchObject({ added: 4 });
    });

    it('moves mappings to a newer ATT&CK version, and not back', async () => {
      const empty = await bench.empty();
      await save(empty, eventsOf(claimOf({ attackVersion: '18.1' }), 2));
      await save(empty, eventsOf(claimOf({ attackVersion: '19.1' }), 3));
      await save(empty, eventsOf(claimOf({ attackVersion: '18.1' }), 3));
      expect(await cellsOf(empty)).toMatchObject([
        { attackVersion: '19.1', evidence: { proposed: 3 } },
      ]);
      expect((await empty.mappings.days({})).map(({ count }) => count)).toEqual([3]);
    });

    it('gives what a rule says anew to what it fired on before', async () => {
      const empty = await bench.empty();
      await save(empty, eventsOf(claimOf({ ids: ['T1003'] }), 3));
      await save(empty, eventsOf(claimOf({ ids: ['T1003', 'T1110'], confidence: 0.7 }), 3));
      expect(await cellsOf(empty)).toMatchObject([
        { techniqueId: 'T1003', confidence: 0.7, evidence: { proposed: 3 } },
        { techniqueId: 'T1110', confidence: 0.7, evidence: { proposed: 3 } },
      ]);
    });

    it('counts a rule that names no technique and shows it in no cell', async () => {
      const empty = await bench.empty();
      await save(empty, eventsOf(claimOf({ ids: [] }), 2));
      expect(await empty.mappings.aggregate({})).toEqual([]);
      expect((await empty.mappings.evidence({ filter: {} })).items).toHaveLength(2);
    });

    it('takes batches of two writers at once', async () => {
      const empty = await bench.empty();
      const other = await bench.again(empty);
      const writers = [empty, other].map(async (one, place) => {
        const files = [{ ...FILE, sha256: String(place).repeat(64) }];
        const { importId } = (await one.imports.begin({ ...INPUT, files })).import;
        for (let round = 0; round < 10; round += 1)
          await one.imports.addBatch(
            importId,
            [0, 1, 2].flatMap((host) =>
              eventsOf(claimOf({ host: `h${host}` }), 5, DAY + round * 1_000 + place),
            ),
          );
      });
      await Promise.all(writers);
      expect(await cellsOf(empty)).toMatchObject([
        { evidence: { proposed: 300 }, mappings: { proposed: 3 } },
      ]);
    });
  });
}
