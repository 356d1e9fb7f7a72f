import { hash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportWorkspace } from '../../src/app/export-workspace.js';
import { importWorkspace } from '../../src/app/import-workspace.js';
import { initWorkspace } from '../../src/app/init-workspace.js';
import { openWorkspace } from '../../src/app/open-workspace.js';
import { openStore, type Store } from '../../src/store/index.js';
import { claimOf, eventsOf, save } from '../contract/store-samples.js';
import { emptyPostgresPlace, WITHOUT_POSTGRES } from '../shared-postgres.js';

const root = mkdtempSync(join(tmpdir(), 'portolan-backup-'));
const source = join(root, 'source');
const backup = join(root, 'backup.zip');
const withUsers = join(root, 'with-users.zip');
let places = 0;

/** A path that is not there yet. */
function fresh(name = 'place'): string {
  places += 1;
  return join(root, `${name}-${places}`);
}

beforeAll(async () => {
  await initWorkspace({ folder: source });
  mkdirSync(join(source, 'rules/own'));
  writeFileSync(join(source, 'rules/own/a.yml'), 'title: A\n');
  symlinkSync('/etc/passwd', join(source, 'rules/link.yml'));
  const workspace = await openWorkspace({ folder: source });
  await fill(workspace.store);
  await exportWorkspace(workspace, { file: backup });
  await exportWorkspace(workspace, { file: withUsers, withUsers: true });
  await workspace.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function fill(store: Store): Promise<void> {
  const { userId } = await store.accounts.addUser({
    name: 'carol',
    displayName: 'Carol',
    role: 'admin',
    passwordHash: 'scrypt$secret',
  });
  await store.accounts.addToken({
    userId,
    name: 'ci',
    tokenHash: 'hash',
    prefix: 'p',
    scopes: ['read'],
    expiresMs: 9e12,
  });
  await save(store, [
    ...eventsOf(claimOf({ ids: ['T1003', 'T1059.001'] }), 2_500),
    ...eventsOf(claimOf({ host: 'null\0 \ud800 \ufffe\\N' }), 3),
    { claim: claimOf({ rule: 'timeless' }), timeMs: undefined, source: 's', record: '1' },
  ]);
  const { items } = await store.mappings.list({ filter: {} });
  const [first] = items;
  const review = await store.reviews.add({
    mappingIds: [first?.mappingId ?? 0],
    action: 'reject',
    comment: 'no\0',
    author: 'carol',
    userId,
  });
  await store.reviews.undo(review.reviewId, { author: 'carol', userId });
  await store.layers.add({
    name: 'L',
    domain: 'enterprise-attack',
    attackVersion: '19',
    document: '{}',
    userId,
  });
  await store.settings.write('theme', { dark: true });
  await store.audit.add({ userId, actor: 'carol', action: 'sign-in', target: 'user 1' });
}

/** All that people see of a store. */
async function contentOf(store: Store) {
  const evidence = await store.mappings.evidence({ filter: {}, limit: 500 });
  return {
    cells: await store.mappings.aggregate({}),
    days: await store.mappings.days({}),
    mappings: (await store.mappings.list({ filter: {}, limit: 500 })).items,
    evidence: evidence.items,
    oldest: (await store.mappings.evidence({ filter: {}, order: 'oldest' })).items,
    reviews: (await store.reviews.list({})).items.map((review) => ({
      ...review,
      userId: undefined,
    })),
    imports: (await store.imports.list({})).items,
    layers: (await store.layers.list({})).items.map((layer) => ({ ...layer, userId: undefined })),
    settings: await store.settings.all(),
  };
}

async function contentAt(place: string) {
  const store = await openStore(place);
  const content = await contentOf(store);
  await store.close();
  return content;
}

describe('a backup', () => {
  it('restores all that people see, and the text files, without people', async () => {
    const folder = fresh();
    await importWorkspace({ file: backup, folder });
    expect(await contentAt(join(folder, 'portolan.db'))).toEqual(
      await contentAt(join(source, 'portolan.db')),
    );
    expect(readFileSync(join(folder, 'rules/own/a.yml'), 'utf8')).toBe('title: A\n');
    expect(existsSync(join(folder, 'rules/link.yml'))).toBe(false);
    const workspace = await openWorkspace({ folder });
    expect(await workspace.store.accounts.countUsers()).toBe(0);
    await workspace.close();
    expect(readFileSync(backup).includes('scrypt$secret')).toBe(false);
    const members = unzipSync(readFileSync(backup));
    expect(Object.keys(members).some((name) => /user|token|session/.test(name))).toBe(false);
  });

  it('restores people and tokens when asked to hold them', async () => {
    const folder = fresh();
    await importWorkspace({ file: withUsers, folder });
    const { store, close } = await openWorkspace({ folder });
    expect((await store.accounts.findToken('hash', 0))?.user.passwordHash).toBe('scrypt$secret');
    expect((await store.audit.list({})).items[0]?.userId).toBe(1);
    await close();
  });

  it.skipIf(WITHOUT_POSTGRES !== undefined)(
    `goes to PostgreSQL and back, and new rows follow the old ${WITHOUT_POSTGRES ?? ''}`,
    async () => {
      const postgres = await emptyPostgresPlace();
      const [there, back, file] = [fresh(), fresh(), fresh('there.zip')];
      await importWorkspace({ file: withUsers, folder: there, store: postgres });
      expect(await contentAt(postgres)).toEqual(await contentAt(join(source, 'portolan.db')));
      const workspace = await openWorkspace({ folder: there, store: postgres });
      await exportWorkspace(workspace, { file, withUsers: true });
      await importWorkspace({ file, folder: back });
      expect(await contentAt(join(back, 'portolan.db'))).toEqual(await contentAt(postgres));
      await save(workspace.store, eventsOf(claimOf({ host: 'new' }), 2));
      expect(await workspace.store.mappings.totals()).toMatchObject({ evidence: 2_506 });
      await expect(importWorkspace({ file, folder: fresh(), store: postgres })).rejects.toThrow(
        /empty store/,
      );
      await workspace.close();
    },
  );

  it('overwrites nothing', async () => {
    await expect(importWorkspace({ file: backup, folder: source })).rejects.toThrow(/already/);
    const workspace = await openWorkspace({ folder: source });
    await expect(exportWorkspace(workspace, { file: backup })).rejects.toThrow(/already/);
    await workspace.close();
  });

  const damages: [string, (members: Record<string, Uint8Array>) => unknown][] = [
    ['without its manifest', (members) => delete members['manifest.json']],
    [
      'with a manifest that is no JSON',
      (members) => Object.assign(members, { 'manifest.json': bytes('{') }),
    ],
    ['without a table', (members) => delete members['tables/evidence.00000.ndjson']],
    [
      'with a byte changed',
      (members) => ((members['tables/subject.00000.ndjson'] ?? new Uint8Array())[20] = 0x41),
    ],
    [
      'of a newer schema',
      (members) => changeManifest(members, (one) => (one['schemaVersion'] = 999)),
    ],
    ['of a newer format', (members) => changeManifest(members, (one) => (one['format'] = 2))],
    [
      'with a file that leads elsewhere',
      (members) =>
        changeManifest(
          members,
          (one) =>
            ((one['files'] as { name: string }[])[0] = {
              ...(one['files'] as { name: string }[])[0],
              name: 'rules/../../evil',
            }),
        ),
    ],
    [
      'with a value of another kind',
      (members) => changeTable(members, 'subject', /"kind":"host"/, '"kind":"<b>"'),
    ],
    [
      'with a row that points nowhere',
      (members) => changeTable(members, 'claim', /"subject_id":\d+/, '"subject_id":77777'),
    ],
    [
      'with evidence that points nowhere',
      (members) => changeTable(members, 'evidence', /"claim_id":\d+/, '"claim_id":77777'),
    ],
    ['with a row twice', (members) => changeTable(members, 'source', /^([^\n]*\n)/, '$1$1')],
    ['with a row that is no row', (members) => changeTable(members, 'source', /^/, '[1]\n')],
  ];
  it.each(damages)('%s is refused and leaves nothing behind', async (_name, damage) => {
    const members = unzipSync(readFileSync(backup));
    damage(members);
    const file = fresh('damaged.zip');
    writeFileSync(file, zipSync(members));
    const folder = fresh();
    await expect(importWorkspace({ file, folder })).rejects.toThrow(
      /no whole backup|update Portolan/,
    );
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('that is cut off, empty or no ZIP is refused', async () => {
    for (const length of [0, 10, 500, readFileSync(backup).length - 30]) {
      const file = fresh('cut.zip');
      writeFileSync(file, readFileSync(backup));
      truncateSync(file, length);
      await expect(importWorkspace({ file, folder: fresh() })).rejects.toThrow(/no whole backup/);
    }
    await expect(importWorkspace({ file: fresh(), folder: fresh() })).rejects.toThrow(
      /cannot read/,
    );
  });

  it('that unpacks to far more than it is, is refused before anything is unpacked', async () => {
    const members = unzipSync(readFileSync(backup));
    const bomb = new Uint8Array(80 * 1024 * 1024).fill(0x20);
    members['tables/source.00000.ndjson'] = bomb;
    changeManifest(members, (one) => {
      for (const table of one['tables'] as { name: string; parts: { sizeBytes: number }[] }[])
        if (table.name === 'source') for (const part of table.parts) part.sizeBytes = bomb.length;
    });
    const file = fresh('bomb.zip');
    writeFileSync(file, zipSync(members));
    await expect(importWorkspace({ file, folder: fresh() })).rejects.toThrow(/bomb/);
    // The same with a manifest that does not say so.
    const lying = unzipSync(readFileSync(backup));
    lying['tables/source.00000.ndjson'] = bomb;
    writeFileSync(`${file}.2`, zipSync(lying));
    await expect(importWorkspace({ file: `${file}.2`, folder: fresh() })).rejects.toThrow(
      /larger than it says/,
    );
  });
});

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

function changeManifest(
  members: Record<string, Uint8Array>,
  change: (manifest: Record<string, unknown>) => unknown,
): void {
  const manifest = JSON.parse(Buffer.from(members['manifest.json'] ?? []).toString()) as Record<
    string,
    unknown
  >;
  change(manifest);
  members['manifest.json'] = bytes(JSON.stringify(manifest));
}

/** Changes a table and all that the manifest says of it, so that only the rows themselves are wrong. */
function changeTable(
  members: Record<string, Uint8Array>,
  table: string,
  ...[from, to]: readonly [RegExp, string]
): void {
  const name = `tables/${table}.00000.ndjson`;
  const text = Buffer.from(members[name] ?? [])
    .toString()
    .replace(from, to);
  members[name] = bytes(text);
  changeManifest(members, (manifest) => {
    for (const one of manifest['tables'] as { rows: number; parts: Record<string, unknown>[] }[])
      for (const part of one.parts)
        if (part['name'] === name) {
          const rows = text.split('\n').length - 1;
          Object.assign(part, {
            sizeBytes: Buffer.byteLength(text),
            sha256: hash('sha256', text),
            rows,
          });
          one.rows = rows;
        }
  });
}
