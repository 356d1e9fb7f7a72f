import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { addRules, KNOWN_PACKS, type RulesAddOptions } from './rules-add.js';
import { isSafeName } from './rules-collect.js';
import { listPacks, ruleFolderOf } from './rules-installed.js';
import { removeRules } from './rules-remove.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-packs-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

function freshFolder(): string {
  count += 1;
  const path = join(folder, String(count));
  mkdirSync(path);
  return path;
}

const rule = (title: string) => `title: ${title}
logsource: {product: windows}
detection: {a: {A: 1}, condition: a}
`;

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}

function writeZip(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, zipOf(files));
  return path;
}

const noFetch = () => Promise.reject(new Error('no network'));

function add(userFolder: string, options: Partial<RulesAddOptions> & { source: string }) {
  return addRules({
    userFolder,
    now: new Date('2026-03-03T00:00:00Z'),
    fetch: noFetch,
    ...options,
  });
}

describe('installing rules', () => {
  it('takes a folder, lists it, finds it by name and removes it', async () => {
    const user = freshFolder();
    const source = join(freshFolder(), 'My-Rules');
    for (const [name, text] of [
      ['a/one.yml', rule('One')],
      ['two.yaml', rule('Two')],
      ['LICENSE', '\nMIT License\n\nCopyright'],
      ['notes.txt', 'nothing'],
      ['pipeline.yml', 'name: no rule\n'],
    ] as const) {
      mkdirSync(dirname(join(source, name)), { recursive: true });
      writeFileSync(join(source, name), text);
    }
    const { pack, folder: installed, replaced, issues } = await add(user, { source });
    expect(pack).toMatchObject({
      name: 'my-rules',
      source,
      files: 3,
      rules: 2,
      licence: 'MIT License',
      installed: '2026-03-03T00:00:00.000Z',
    });
    expect(replaced).toBe(false);
    expect(issues.map(({ at }) => at?.source)).toEqual(['pipeline.yml']);
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'a', 'two.yaml']);
    expect(listPacks(user)).toMatchObject([{ name: 'my-rules', problem: undefined }]);
    expect(ruleFolderOf('my-rules', user)).toBe(installed);
    expect(ruleFolderOf('other', user)).toBe('other');
    await removeRules('my-rules', user);
    expect(listPacks(user)).toEqual([]);
    expect(existsSync(installed)).toBe(false);
    await expect(removeRules('my-rules', user)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes a zip file, and leaves out what would lie outside', async () => {
    const user = freshFolder();
    const source = writeZip('pack.zip', {
      'rules/a.yml': rule('A'),
      '../evil.yml': rule('Evil'),
      '/etc/evil.yml': rule('Evil'),
      'a/../../evil.yml': rule('Evil'),
      'c:\\evil.yml': rule('Evil'),
      'con.yml': rule('Evil'),
    });
    const { pack, issues, folder: installed } = await add(user, { source });
    expect(pack).toMatchObject({ name: 'pack', rules: 1, files: 1 });
    expect(pack.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(issues.filter(({ code }) => code === 'ARCHIVE_UNSUPPORTED')).toHaveLength(5);
    expect(readdirSync(installed, { recursive: true }).sort()).toEqual(['rules', 'rules/a.yml']);
    expect(readdirSync(user)).toEqual(['rules']);
  });

  it('fetches a known pack by name and states its licence', async () => {
    const user = freshFolder();
    const asked: string[] = [];
    const { pack } = await add(user, {
      source: 'sigmahq',
      fetch: (url) => {
        asked.push(String(url));
        return Promise.resolve(new Response(new Uint8Array(zipOf({ 'rules/a.yml': rule('A') }))));
      },
    });
    expect(asked).toEqual([KNOWN_PACKS['sigmahq']?.url]);
    expect(pack).toMatchObject({
      name: 'sigmahq',
      source: KNOWN_PACKS['sigmahq']?.url,
      licence: 'Detection Rule License (DRL) 1.1',
    });
  });

  it('replaces a pack, and keeps it when the new one cannot be had', async () => {
    const user = freshFolder();
    const first = await add(user, { source: writeZip('p.zip', { 'a.yml': rule('A') }) });
    const second = await add(user, { source: writeZip('p.zip', { 'b.yml': rule('B') }) });
    expect(second.replaced).toBe(true);
    expect(existsSync(first.folder)).toBe(false);
    await expect(
      add(user, { source: writeZip('p.zip', { 'readme.txt': 'no rule' }) }),
    ).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    await expect(add(user, { source: 'https://example.com/p.zip' })).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('portolan rules add FILE'),
    });
    expect(listPacks(user)).toMatchObject([{ name: 'p', folder: second.folder }]);
    expect(readdirSync(second.folder)).toEqual(['b.yml']);
  });

  it.each([
    ['a name that cannot be one', { source: 'sigmahq', name: '../x' }, 'USAGE'],
    ['a source that is not there', { source: '/nowhere/pack' }, 'SOURCE_UNREADABLE'],
  ])('refuses %s', async (_, options, code) => {
    await expect(add(freshFolder(), options)).rejects.toMatchObject({ code });
  });

  it('refuses bytes that are no archive of rules', async () => {
    const path = join(freshFolder(), 'x.zip');
    writeFileSync(path, Buffer.from('PK\u0003\u0004 and then nothing'));
    await expect(add(freshFolder(), { source: path })).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
  });

  it('says which pack is damaged', async () => {
    const user = freshFolder();
    const { folder: installed } = await add(user, {
      source: writeZip('p.zip', { 'a.yml': rule('A') }),
    });
    rmSync(installed, { recursive: true });
    expect(listPacks(user)).toMatchObject([{ problem: 'its rules are missing; add it again' }]);
    writeFileSync(join(user, 'rules', 'p', 'source.json'), '{');
    expect(listPacks(user)).toMatchObject([{ problem: expect.stringContaining('damaged') }]);
  });

  it('never takes a name that leads out of the pack', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        if (!isSafeName(name)) return;
        const base = '/pack';
        expect(join(base, name).startsWith(`${base}/`)).toBe(true);
      }),
    );
  });
});
