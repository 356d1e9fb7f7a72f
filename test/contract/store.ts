import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/index.js';
import { describeStoreAccounts } from './store-accounts.js';
import { describeStoreEvidence } from './store-evidence.js';
import { describeStoreImports } from './store-imports.js';
import { describeStoreReviews } from './store-reviews.js';
import { describeStoreTexts } from './store-texts.js';

/** What the contract has to know of an engine. */
export interface StoreEngine {
  readonly name: string;
  /** Where a store can be opened that holds nothing. */
  readonly emptyPlace: () => Promise<string>;
  /** Why it cannot be tried here. */
  readonly without: string | undefined;
}

/** Opens stores for tests, and closes them. */
export interface StoreBench {
  /** A new store that holds nothing. */
  empty(options?: { readonly now?: () => number }): Promise<Store>;
  /** One more connection to a store, as another process has it. */
  again(store: Store): Promise<Store>;
}

/** The contract of `Store`, run for every engine. */
export function describeStore({ name, emptyPlace, without }: StoreEngine): void {
  describe.skipIf(without !== undefined)(`store on ${name} ${without ?? ''}`, () => {
    const open: Store[] = [];
    const places = new Map<
      Store,
      { readonly place: string; readonly now: (() => number) | undefined }
    >();
    const openAt = async (place: string, now?: () => number): Promise<Store> => {
      const store = await openStore(place, { now });
      open.push(store);
      places.set(store, { place, now });
      return store;
    };
    const bench: StoreBench = {
      empty: async ({ now } = {}) => openAt(await emptyPlace(), now),
      again: (store) => {
        const { place = '', now } = places.get(store) ?? {};
        return openAt(place, now);
      },
    };
    afterAll(async () => {
      for (const store of open) await store.close();
    });
    describeStoreImports(bench);
    describeStoreEvidence(bench);
    describeStoreReviews(bench);
    describeStoreAccounts(bench);
    describeStoreTexts(bench);
    describeChanges(bench);
  });
}

function describeChanges(bench: StoreBench): void {
  describe('changes', () => {
    let store: Store;
    beforeAll(async () => {
      store = await bench.empty();
    });

    it('counts every write, also those of another connection', async () => {
      const other = await bench.again(store);
      const before = await store.changeCount();
      await store.settings.write('theme', 'dark');
      await other.settings.write('theme', 'light');
      expect(await store.changeCount()).toBe(before + 2);
      expect(await store.settings.read('theme')).toBe('light');
    });

    it('tells who watches, and stops when told to', async () => {
      const controller = new AbortController();
      const seen: number[] = [];
      const watching = (async () => {
        for await (const count of store.watch({ signal: controller.signal })) {
          seen.push(count);
          controller.abort();
        }
      })();
      const before = await store.changeCount();
      await store.settings.write('watched', 1);
      await watching;
      expect(seen).toEqual([before + 1]);
    });

    it('opens a store that is open already, and one that two open at once', async () => {
      const [one, two] = await Promise.all([bench.again(store), bench.again(store)]);
      expect(await one.changeCount()).toBe(await two.changeCount());
    });

    it('keeps settings of any JSON', async () => {
      const value = { list: [1, null, { deep: '\0\ud800' }], text: 'ä' };
      await store.settings.write('any', value);
      expect(await store.settings.read('any')).toEqual(value);
      expect(Object.keys(await store.settings.all())).toContain('any');
      await store.settings.remove('any');
      expect(await store.settings.read('any')).toBeUndefined();
    });
  });
}
