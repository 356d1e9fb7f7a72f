import { beforeEach, describe, expect, it } from 'vitest';
import type { MappingRecord, Store } from '../../src/store/index.js';
import type { StoreBench } from './store.js';
import { cellsOf, claimOf, eventsOf, save } from './store-samples.js';

const AUTHOR = { author: 'carol' };

export function describeStoreReviews(bench: StoreBench): void {
  describe('reviews', () => {
    let store: Store;
    let mappings: readonly MappingRecord[];
    let evidenceIds: readonly number[];
    beforeEach(async () => {
      store = await bench.empty();
      await save(store, [
        ...eventsOf(claimOf({ host: 'a', ids: ['T1003'], confidence: 0.9 }), 3),
        ...eventsOf(claimOf({ host: 'b', ids: ['T1003'] }), 2),
      ]);
      mappings = (await store.mappings.list({ filter: {} })).items;
      const { items } = await store.mappings.evidence({ filter: {} });
      evidenceIds = items
        .filter(({ subject }) => subject.name === 'a')
        .map(({ evidenceId }) => evidenceId);
    });

    const first = (): number => mappings[0]?.mappingId ?? 0;

    it('rejects a mapping, changes its cell, and takes it back', async () => {
      const before = await cellsOf(store);
      const review = await store.reviews.add({
        mappingIds: [first()],
        action: 'reject',
        comment: 'a test of ours',
        ...AUTHOR,
      });
      expect(review).toMatchObject({
        action: 'reject',
        comment: 'a test of ours',
        mappingCount: 1,
      });
      expect(await cellsOf(store)).toMatchObject([
        {
          evidence: { proposed: 2, accepted: 0, rejected: 3 },
          mappings: { proposed: 1, rejected: 1 },
          confidence: 0.5,
          subjects: 1,
        },
      ]);
      expect((await store.mappings.days({})).map(({ count }) => count)).toEqual([2]);
      const undo = await store.reviews.undo(review.reviewId, { author: 'dave' });
      expect(undo).toMatchObject({ undoes: review.reviewId, author: 'dave' });
      expect(await cellsOf(store)).toEqual(before);
      expect((await store.reviews.find(review.reviewId)).undoneBy).toBe(undo.reviewId);
      const history = await store.reviews.historyOfMapping(first());
      expect(history.map(({ before: from, after }) => [from, after])).toEqual([
        ['rejected', undefined],
        [undefined, 'rejected'],
      ]);
    });

    it('does again what was taken back, when the taking back is taken back', async () => {
      const review = await store.reviews.add({
        mappingIds: [first()],
        action: 'accept',
        ...AUTHOR,
      });
      const after = await cellsOf(store);
      const undo = await store.reviews.undo(review.reviewId, AUTHOR);
      await store.reviews.undo(undo.reviewId, AUTHOR);
      expect(await cellsOf(store)).toEqual(after);
      await expect(store.reviews.undo(undo.reviewId, AUTHOR)).rejects.toThrow(/already/);
      await store.reviews.undo(review.reviewId, AUTHOR);
      expect((await cellsOf(store))[0]?.evidence).toEqual({
        proposed: 5,
        accepted: 0,
        rejected: 0,
      });
    });

    it('refuses to take back what a later review decided on', async () => {
      const early = await store.reviews.add({ mappingIds: [first()], action: 'accept', ...AUTHOR });
      await store.reviews.add({ mappingIds: [first()], action: 'reject', ...AUTHOR });
      await expect(store.reviews.undo(early.reviewId, AUTHOR)).rejects.toThrow(/later review/);
    });

    it('rejects single pieces, and the mapping counts as rejected when all are', async () => {
      const [one = 0, ...others] = evidenceIds;
      await store.reviews.add({ evidenceIds: [one], action: 'reject', ...AUTHOR });
      expect(await cellsOf(store)).toMatchObject([
        { evidence: { proposed: 4, rejected: 1 }, mappings: { proposed: 2 }, confidence: 0.9 },
      ]);
      const rest = await store.reviews.add({ evidenceIds: others, action: 'reject', ...AUTHOR });
      expect(await cellsOf(store)).toMatchObject([
        {
          evidence: { proposed: 2, rejected: 3 },
          mappings: { proposed: 1, rejected: 1 },
          confidence: 0.5,
        },
      ]);
      expect(await store.mappings.find(first())).toMatchObject({ status: 'rejected' });
      const { items } = await store.mappings.evidence({ filter: { statuses: ['rejected'] } });
      expect(items).toHaveLength(3);
      expect(items.every(({ decision }) => decision === 'rejected')).toBe(true);
      await store.reviews.undo(rest.reviewId, AUTHOR);
      expect(await store.mappings.find(first())).toMatchObject({
        status: 'proposed',
        rejectedCount: 1,
      });
      expect(await store.reviews.historyOfEvidence(one)).toHaveLength(1);
    });

    it('wakes a mapping whose evidence was all rejected when more comes', async () => {
      await store.reviews.add({ evidenceIds, action: 'reject', ...AUTHOR });
      await save(store, eventsOf(claimOf({ host: 'a', ids: ['T1003'], confidence: 0.9 }), 5));
      expect(await cellsOf(store)).toMatchObject([
        { evidence: { proposed: 4, rejected: 3 }, mappings: { proposed: 2, rejected: 0 } },
      ]);
      expect((await store.mappings.days({})).map(({ count }) => count)).toEqual([4]);
    });

    it('keeps what a person decided through a new import', async () => {
      await store.reviews.add({ mappingIds: [first()], action: 'reject', ...AUTHOR });
      await save(store, eventsOf(claimOf({ host: 'a', ids: ['T1003'], confidence: 0.95 }), 6));
      expect(await store.mappings.find(first())).toMatchObject({
        status: 'rejected',
        evidenceCount: 6,
        ownConfidence: 0.95,
      });
      expect((await cellsOf(store))[0]?.evidence).toEqual({
        proposed: 2,
        accepted: 0,
        rejected: 6,
      });
    });

    it('decides on many at once, comments, and lists newest first', async () => {
      const mappingIds = mappings.map(({ mappingId }) => mappingId);
      await store.reviews.add({ mappingIds, evidenceIds, action: 'accept', ...AUTHOR });
      expect(await cellsOf(store)).toMatchObject([
        { evidence: { accepted: 5 }, mappings: { accepted: 2 } },
      ]);
      const before = await cellsOf(store);
      await store.reviews.add({
        mappingIds,
        action: 'comment',
        comment: '<b>seen</b>\0',
        ...AUTHOR,
      });
      expect(await cellsOf(store)).toEqual(before);
      await store.reviews.add({ mappingIds, action: 'reset', ...AUTHOR });
      const { items } = await store.reviews.list({ limit: 2 });
      expect(items.map(({ action, comment }) => [action, comment])).toEqual([
        ['reset', ''],
        ['comment', '<b>seen</b>\0'],
      ]);
    });

    it('refuses what is not there, nothing at all, and a comment without words', async () => {
      const add = store.reviews.add;
      await expect(add({ mappingIds: [999], action: 'accept', ...AUTHOR })).rejects.toThrow(
        /no mapping/,
      );
      await expect(add({ evidenceIds: [999], action: 'accept', ...AUTHOR })).rejects.toThrow(
        /no evidence/,
      );
      await expect(add({ action: 'accept', ...AUTHOR })).rejects.toThrow(/found 0/);
      await expect(
        add({ mappingIds: [first()], action: 'comment', comment: ' ', ...AUTHOR }),
      ).rejects.toThrow(/comment/);
      await expect(store.reviews.undo(999, AUTHOR)).rejects.toThrow(/no review/);
    });
  });
}
