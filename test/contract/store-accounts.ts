import { beforeAll, describe, expect, it } from 'vitest';
import type { Store, UserRecord } from '../../src/store/index.js';
import type { StoreBench } from './store.js';
import { techniques } from './store-samples.js';

const NOW = Date.UTC(2026, 10, 24);
const CAROL = {
  name: 'Carol',
  displayName: 'Carol C.',
  role: 'analyst',
  passwordHash: 'scrypt$…',
} as const;

export function describeStoreAccounts(bench: StoreBench): void {
  describe('people, layers, rules, jobs', () => {
    let store: Store;
    let carol: UserRecord;
    beforeAll(async () => {
      store = await bench.empty({ now: () => NOW });
      carol = await store.accounts.addUser(CAROL);
    });

    it('finds a person by name whatever its case, and refuses a second of that name', async () => {
      expect(carol).toMatchObject({ ...CAROL, isDisabled: false, createdMs: NOW });
      expect(await store.accounts.findUserByName('cAROL')).toEqual(carol);
      expect(await store.accounts.findUserByName('mallory')).toBeUndefined();
      await expect(store.accounts.addUser({ ...CAROL, name: 'CAROL' })).rejects.toThrow(/already/);
      await expect(store.accounts.addUser({ ...CAROL, name: ' ' })).rejects.toThrow(/name/);
    });

    it('makes one first person of two that come at once', async () => {
      const empty = await bench.empty();
      const other = await bench.again(empty);
      const made = await Promise.all([
        empty.accounts.addFirstUser({ ...CAROL, name: 'one' }),
        other.accounts.addFirstUser({ ...CAROL, name: 'two' }),
      ]);
      expect(made.filter((user) => user !== undefined)).toHaveLength(1);
      expect(await empty.accounts.countUsers()).toBe(1);
    });

    it('changes, disables and removes a person', async () => {
      const { userId } = await store.accounts.addUser({
        ...CAROL,
        name: 'dave',
        externalId: 'https://id.example.com dave',
      });
      const { accounts } = store;
      await accounts.changeUser(userId, { role: 'viewer', passwordHash: undefined });
      expect(await accounts.findUserByExternalId('https://id.example.com dave')).toMatchObject({
        role: 'viewer',
        passwordHash: undefined,
      });
      await accounts.addSession(sessionOf(userId, 's1'));
      expect((await accounts.findSession('s1', NOW))?.user.userId).toBe(userId);
      await accounts.changeUser(userId, { isDisabled: true });
      expect(await accounts.findSession('s1', NOW)).toBeUndefined();
      await accounts.removeUser(userId);
      await expect(accounts.findUser(userId)).rejects.toThrow(/no user/);
      await expect(accounts.changeUser(userId, { role: 'admin' })).rejects.toThrow(/no user/);
      expect(await accounts.listSessions(userId)).toEqual([]);
    });

    it('ends sessions: in time, one, all but one', async () => {
      const { accounts } = store;
      for (const hash of ['a', 'b', 'c']) await accounts.addSession(sessionOf(carol.userId, hash));
      expect(await accounts.findSession('a', NOW + 1_000)).toBeUndefined();
      await accounts.touchSession('a', { lastUsedMs: NOW + 5, expiresMs: NOW + 5_000 });
      expect((await accounts.findSession('a', NOW + 1_000))?.session.lastUsedMs).toBe(NOW + 5);
      await accounts.removeSession('b');
      expect(
        (await accounts.listSessions(carol.userId)).map(({ sessionHash }) => sessionHash),
      ).toEqual(['a', 'c']);
      await accounts.removeSessions(carol.userId, 'c');
      expect(await accounts.removeExpiredSessions(NOW + 1_000)).toBe(1);
      expect(await accounts.listSessions(carol.userId)).toEqual([]);
    });

    it('knows a token by its hash until it expires or is revoked', async () => {
      const { accounts } = store;
      const token = await accounts.addToken({
        userId: carol.userId,
        name: 'ci',
        tokenHash: 'h'.repeat(64),
        prefix: 'ptl_ab',
        scopes: ['read', 'import'],
        expiresMs: NOW + 1_000,
      });
      expect((await accounts.findToken('h'.repeat(64), NOW))?.token).toEqual(token);
      expect(await accounts.findToken('h'.repeat(64), NOW + 1_000)).toBeUndefined();
      await accounts.touchToken(token.tokenId, NOW + 1);
      await accounts.revokeToken(token.tokenId);
      expect(await accounts.findToken('h'.repeat(64), NOW)).toBeUndefined();
      const { items } = await accounts.listTokens({ userId: carol.userId });
      expect(items).toMatchObject([
        { scopes: ['read', 'import'], lastUsedMs: NOW + 1, revokedMs: NOW },
      ]);
      await expect(accounts.revokeToken(999)).rejects.toThrow(/no token/);
    });

    it('keeps an audit log that is searched by person, action and time', async () => {
      const { userId } = carol;
      for (const action of ['user.create', 'userx', 'user.remove', 'sign-in'])
        await store.audit.add({
          userId,
          actor: 'Carol',
          action,
          target: 'user 1',
          detail: { a: [1] },
        });
      const actions = async (action: string) =>
        (await store.audit.list({ action })).items.map((entry) => entry.action);
      expect(await actions('user.')).toEqual(['user.remove', 'user.create']);
      expect(await actions('sign-in')).toEqual(['sign-in']);
      expect((await store.audit.list({ fromMs: NOW + 1 })).items).toEqual([]);
      const page = await store.audit.list({ userId, toMs: NOW + 1, limit: 3 });
      expect((await store.audit.list({ userId, limit: 3, cursor: page.next })).items).toHaveLength(
        1,
      );
      expect(page.items[0]).toMatchObject({ timeMs: NOW, detail: { a: [1] }, address: undefined });
    });

    it('refuses to change a layer that has changed since', async () => {
      const layer = {
        name: 'L',
        domain: 'enterprise-attack',
        attackVersion: '19',
        document: '{"name":"L"}',
      } as const;
      const added = await store.layers.add({ ...layer, userId: carol.userId });
      const changed = await store.layers.change(added.layerId, {
        ...layer,
        name: 'M',
        revision: 1,
      });
      expect(changed).toMatchObject({
        name: 'M',
        revision: 2,
        document: layer.document,
        sizeBytes: 12,
      });
      await expect(store.layers.change(added.layerId, { ...layer, revision: 1 })).rejects.toThrow(
        /at revision 2, expected 1/,
      );
      expect((await store.layers.list({ userId: carol.userId })).items).toHaveLength(1);
      expect((await store.layers.list({ userId: 999 })).items).toEqual([]);
      await store.layers.remove(added.layerId);
      await expect(store.layers.find(added.layerId)).rejects.toThrow(/no layer/);
    });

    it('saves rules: new ones, changed ones, and none twice', async () => {
      const rule = {
        key: 'r1',
        title: 'Encoded PowerShell',
        level: 'high',
        status: 'test',
        source: 'a.yml',
        text: 'title: Encoded PowerShell',
        techniqueIds: techniques('T1059.001', 'T1027'),
      };
      const other = { ...rule, key: 'r2', title: 'Other', techniqueIds: [] };
      const saveAll = (rules: readonly (typeof rule)[]) =>
        store.rules.save(rules, { importId: undefined });
      expect(await saveAll([rule, other])).toEqual({ added: 2, changed: 0, same: 0 });
      expect(await saveAll([rule, { ...other, text: 'title: Else' }])).toEqual({
        added: 0,
        changed: 1,
        same: 1,
      });
      const found = await store.rules.findByKey('r1');
      expect(found).toMatchObject({
        title: rule.title,
        techniqueIds: ['T1027', 'T1059.001'],
        isEnabled: true,
      });
      expect((await store.rules.list({ techniqueIds: ['T1027'] })).items).toMatchObject([
        { key: 'r1', text: '' },
      ]);
      expect((await store.rules.list({ text: 'POWER' })).items).toHaveLength(1);
      const page = await store.rules.list({ limit: 1 });
      expect((await store.rules.list({ limit: 1, cursor: page.next })).items).toMatchObject([
        { key: 'r2' },
      ]);
      await store.rules.enable(found?.ruleId ?? 0, false);
      expect((await store.rules.find(found?.ruleId ?? 0)).isEnabled).toBe(false);
      await store.rules.remove(found?.ruleId ?? 0);
      expect(await store.rules.findByKey('r1')).toBeUndefined();
    });

    it('gives each waiting job to one of those who ask', async () => {
      const other = await bench.again(store);
      for (let place = 0; place < 4; place += 1)
        await store.jobs.add({ kind: 'import', userId: carol.userId, input: { place } });
      const claimed = await Promise.all(
        [store, other, store, other, store].map((one) => one.jobs.claim(['import'])),
      );
      const places = claimed.map((job) => job?.input['place']);
      expect(places.toSorted()).toEqual([0, 1, 2, 3, undefined]);
      const jobId = claimed.find((job) => job !== undefined)?.jobId ?? 0;
      const changed = await store.jobs.change(jobId, {
        progress: 0.5,
        message: 'half',
        outcome: { a: 1 },
      });
      expect(changed).toMatchObject({
        status: 'running',
        progress: 0.5,
        message: 'half',
        outcome: { a: 1 },
      });
      await store.jobs.change(jobId, { status: 'finished', beatMs: NOW + 10 });
      expect(await store.jobs.failStale(NOW + 1)).toBe(3);
      const { items } = await store.jobs.list({
        statuses: ['finished', 'failed'],
        userId: carol.userId,
      });
      expect(items.map(({ status }) => status).toSorted()).toEqual([
        'failed',
        'failed',
        'failed',
        'finished',
      ]);
    });
  });
}

function sessionOf(userId: number, sessionHash: string) {
  return {
    sessionHash,
    userId,
    csrfHash: 'c',
    createdMs: NOW,
    expiresMs: NOW + 1_000,
    lastUsedMs: sessionHash === 'a' ? NOW + 1 : NOW,
    userAgent: 'Mozilla/5.0 \0',
  };
}
