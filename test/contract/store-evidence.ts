import { beforeAll, describe, expect, it } from 'vitest';
import type { TechniqueId } from '../../src/model/index.js';
import type { EvidenceFilter, EvidenceRecord, Store } from '../../src/store/index.js';
import type { StoreBench } from './store.js';
import { claimOf, DAY, DAY_MS, eventsOf, save, techniques } from './store-samples.js';

export function describeStoreEvidence(bench: StoreBench): void {
  describe('mappings and evidence', () => {
    let store: Store;
    let evidence: readonly EvidenceRecord[];
    let importIds: readonly number[];
    beforeAll(async () => {
      store = await bench.empty();
      const [timeless] = eventsOf(
        claimOf({ rule: 'r2', host: 'b.example.com', ids: ['T1110'] }),
        1,
      );
      if (timeless === undefined) throw new Error('no event');
      const first = await save(store, [
        ...eventsOf(claimOf({ rule: 'r1', host: 'a.example.com', ids: ['T1003', 'T1110'] }), 30),
        ...eventsOf(
          claimOf({ rule: 'r1', host: 'b.example.com', ids: ['T1003', 'T1110'] }),
          20,
          DAY + 5,
        ),
        { ...timeless, timeMs: undefined },
      ]);
      const second = await save(
        store,
        eventsOf(
          claimOf({ rule: 'r2', host: 'b.example.com', ids: ['T1110'], confidence: 0.9 }),
          7,
          DAY,
        ),
      );
      importIds = [first, second];
      evidence = await walk(store, {});
    });

    it('gives all that was saved of a piece', async () => {
      const [newest] = evidence;
      expect(newest).toMatchObject({
        evidenceKind: 'observed',
        subject: { kind: 'host', name: 'a.example.com' },
        reference: { kind: 'sigma', key: 'r1', title: 'Title of r1', level: 'high' },
        importId: importIds[0],
        timeMs: DAY + 29 * 3_600_000,
        source: 'logs/security.evtx',
        record: '30',
        fields: { CommandLine: 'powershell -enc 29', User: 'EXAMPLE\\carol' },
        matched: ['CommandLine'],
        decision: undefined,
      });
      expect(newest?.mappings.map(({ techniqueId }) => techniqueId)).toEqual(['T1003', 'T1110']);
      expect(await store.mappings.findEvidence(newest?.evidenceId ?? 0)).toEqual(newest);
    });

    it('orders by time, what has none being the oldest', () => {
      expect(evidence).toHaveLength(58);
      const times = evidence.map(({ timeMs }) => timeMs ?? Number.NEGATIVE_INFINITY);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(evidence.at(-1)?.timeMs).toBeUndefined();
    });

    const filters: [string, EvidenceFilter, (one: EvidenceRecord) => boolean][] = [
      ['a technique', { techniqueIds: techniques('T1003') }, hasTechnique('T1003')],
      ['techniques', { techniqueIds: techniques('T1003', 'T1110') }, () => true],
      ['no technique', { techniqueIds: [] }, () => false],
      ['a kind', { evidenceKinds: ['observed'] }, () => true],
      ['another kind', { evidenceKinds: ['intel'] }, () => false],
      ['sources', { sources: ['sigma', 'report'] }, () => true],
      ['another source', { sources: ['report'] }, () => false],
      ['a kind of subject', { subjectKinds: ['host'] }, () => true],
      ['a status', { statuses: ['proposed'] }, () => true],
      ['another status', { statuses: ['accepted'] }, () => false],
      ['a confidence', { minConfidence: 0.8 }, ({ reference }) => reference.key === 'r2'],
      ['a low confidence', { maxConfidence: 0.8 }, ({ reference }) => reference.key === 'r1'],
      [
        'a time',
        { fromMs: DAY + 3_600_000, toMs: DAY + 2 * 3_600_000 },
        ({ timeMs = 0 }) => timeMs >= DAY + 3_600_000 && timeMs < DAY + 2 * 3_600_000,
      ],
      ['a time to', { toMs: DAY + 1 }, ({ timeMs }) => timeMs === DAY],
      [
        'a technique and a time',
        { techniqueIds: techniques('T1003'), fromMs: DAY + 5 * 3_600_000 },
        (one) => hasTechnique('T1003')(one) && (one.timeMs ?? 0) >= DAY + 5 * 3_600_000,
      ],
      ['a domain', { domains: ['mobile-attack'] }, () => false],
      ['a version', { attackVersions: ['19.1'] }, () => true],
    ];
    it.each(filters)('finds evidence by %s, page by page', async (_name, filter, is) => {
      const expected = evidence.filter(is).map(({ evidenceId }) => evidenceId);
      for (const limit of [3, 7, 500])
        expect((await walk(store, filter, { limit })).map(({ evidenceId }) => evidenceId)).toEqual(
          expected,
        );
      const oldest = await walk(store, filter, { limit: 4, order: 'oldest' });
      expect(oldest.map(({ evidenceId }) => evidenceId)).toEqual(expected.toReversed());
    });

    it('finds evidence by host, rule, import and mapping', async () => {
      const { items: hosts } = await store.mappings.subjects({ text: 'B.EXAMPLE' });
      expect(hosts.map(({ name }) => name)).toEqual(['b.example.com']);
      const subjectIds = hosts.map(({ subjectId }) => subjectId);
      expect(await walk(store, { subjectIds }, { limit: 5 })).toHaveLength(28);
      const { items: rules } = await store.mappings.references({ text: 'title OF r2' });
      const referenceIds = rules.map(({ referenceId }) => referenceId);
      expect(await walk(store, { referenceIds }, { limit: 5 })).toHaveLength(8);
      expect(await walk(store, { importIds: importIds.slice(1) }, { limit: 5 })).toHaveLength(7);
      expect(await walk(store, { importIds: importIds.slice(0, 1) }, { limit: 5 })).toHaveLength(
        51,
      );
      const { items } = await store.mappings.list({ filter: { referenceIds } });
      const mappingIds = items.map(({ mappingId }) => mappingId);
      expect(await walk(store, { mappingIds }, { limit: 5 })).toHaveLength(8);
    });

    it('takes what looks like a pattern of SQL for text', async () => {
      for (const text of ['%', '_', '!', "'", '\\'])
        expect((await store.mappings.subjects({ text })).items).toEqual([]);
    });

    it('lists mappings, surest first, page by page', async () => {
      const first = await store.mappings.list({ filter: {}, limit: 2 });
      expect(first.items.map(({ confidence }) => confidence)).toEqual([0.9, 0.5]);
      const rest = await store.mappings.list({ filter: {}, limit: 50, cursor: first.next });
      expect([...first.items, ...rest.items]).toHaveLength(5);
      expect(rest.next).toBeUndefined();
      const [mapping] = first.items;
      expect(mapping).toMatchObject({
        techniqueId: 'T1110',
        subject: { name: 'b.example.com' },
        evidenceCount: 8,
        firstSeenMs: DAY,
        lastSeenMs: DAY + 6 * 3_600_000,
      });
      expect(await store.mappings.find(mapping?.mappingId ?? 0)).toEqual(mapping);
    });

    it('counts the cells of the matrix, and the same with a filter that leaves all', async () => {
      const cells = await store.mappings.aggregate({});
      expect(cells).toMatchObject([
        {
          techniqueId: 'T1003',
          evidence: { proposed: 50, accepted: 0, rejected: 0 },
          mappings: { proposed: 2, accepted: 0, rejected: 0 },
          confidence: 0.5,
          references: 1,
          subjects: 2,
          firstSeenMs: DAY,
        },
        {
          techniqueId: 'T1110',
          evidence: { proposed: 58 },
          confidence: 0.9,
          references: 2,
          subjects: 2,
        },
      ]);
      expect(await store.mappings.aggregate({ minConfidence: 0 })).toEqual(cells);
      expect(await store.mappings.aggregate({ techniqueIds: techniques('T1003') })).toEqual([
        cells[0],
      ]);
    });

    it('counts the cells of a time by whole days', async () => {
      const day = { fromMs: DAY + 10, toMs: DAY + 20 };
      const evidenceOf = async (filter: EvidenceFilter) =>
        (await store.mappings.aggregate(filter)).map((cell) => cell.evidence.proposed);
      expect(await evidenceOf(day)).toEqual([24 + 20, 24 + 20 + 7]);
      expect(await evidenceOf({ ...day, minConfidence: 0.1 })).toEqual([44, 51]);
      expect(await evidenceOf({ fromMs: DAY + DAY_MS })).toEqual([6, 6]);
      expect(await evidenceOf({ toMs: DAY })).toEqual([]);
    });

    it('counts the days', async () => {
      const days = await store.mappings.days({ techniqueIds: techniques('T1003') });
      expect(days.map(({ dayMs, count }) => [dayMs, count])).toEqual([
        [DAY, 44],
        [DAY + DAY_MS, 6],
      ]);
      expect(
        await store.mappings.days({ techniqueIds: techniques('T1003'), minConfidence: 0 }),
      ).toEqual(days);
    });

    it('counts facets', async () => {
      const facets = await store.mappings.facets({ techniqueIds: techniques('T1110') });
      expect(facets.subjects.map(({ value, evidence: count }) => [value.name, count])).toEqual([
        ['a.example.com', 30],
        ['b.example.com', 28],
      ]);
      expect(facets.references.map(({ value, mappings }) => [value.key, mappings])).toEqual([
        ['r1', 2],
        ['r2', 1],
      ]);
      expect(facets.statuses).toEqual([{ value: 'proposed', mappings: 3, evidence: 58 }]);
    });

    it('refuses cursors of its own making only', async () => {
      for (const cursor of ['', 'x', 'WzFd', 'e30', 'W251bGwsMV0', 'A'.repeat(5_000)])
        await expect(store.mappings.evidence({ filter: {}, cursor })).rejects.toThrow(/cursor/);
      for (const limit of [0, -1, 501, 1.5, Number.NaN])
        await expect(store.mappings.evidence({ filter: {}, limit })).rejects.toThrow(/limit/);
      await expect(store.mappings.aggregate({ minConfidence: 2 })).rejects.toThrow(/confidence/);
      await expect(store.mappings.evidence({ filter: { fromMs: Number.NaN } })).rejects.toThrow(
        /time/,
      );
    });

    it('lets the joint confidence of a subject stand for its mappings', async () => {
      const empty = await bench.empty();
      const importId = await save(empty, [
        ...eventsOf(claimOf({ rule: 'r1' }), 1),
        ...eventsOf(claimOf({ rule: 'r2', confidence: 0.3 }), 1),
      ]);
      const joint = {
        subject: claimOf().subject,
        evidenceKind: 'observed',
        domain: 'enterprise-attack',
        techniqueId: 'T1059.001' as TechniqueId,
        confidence: 0.8,
      } as const;
      await empty.imports.addJointConfidences(importId, [joint]);
      await empty.imports.addJointConfidences(importId, [{ ...joint, confidence: 0.6 }]);
      const { items } = await empty.mappings.list({ filter: {} });
      expect(items.map(({ confidence }) => confidence)).toEqual([0.8, 0.8]);
      const [first] = items;
      await empty.reviews.add({
        mappingIds: [first?.mappingId ?? 0],
        action: 'reject',
        author: 'carol',
      });
      const after = await empty.mappings.list({ filter: { statuses: ['proposed'] } });
      expect(
        after.items.map(({ confidence, ownConfidence }) => confidence === ownConfidence),
      ).toEqual([true]);
    });
  });
}

function hasTechnique(techniqueId: string) {
  return ({ mappings }: EvidenceRecord) => mappings.some((one) => one.techniqueId === techniqueId);
}

/** All pages of evidence as one list. */
async function walk(
  store: Store,
  filter: EvidenceFilter,
  { limit = 50, order }: { readonly limit?: number; readonly order?: 'newest' | 'oldest' } = {},
): Promise<readonly EvidenceRecord[]> {
  const found: EvidenceRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.mappings.evidence({ filter, limit, cursor, order });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}
