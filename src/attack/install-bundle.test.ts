import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type TinyObject, tinyId, tinyObjects } from '../../test/attack/tiny-bundle.js';
import type { StixId } from '../model/index.js';
import { collectStix } from './collect-stix.js';
import { type BundleContent, type StagedBundle, stageBundle } from './install-bundle.js';
import { listInstalled } from './installed-version.js';
import { descriptionOf } from './object-text.js';
import { listVersions, openKnowledgeBase } from './open-installed.js';
import { readStixBundle } from './read-stix-bundle.js';

const root = mkdtempSync(join(tmpdir(), 'portolan-install-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = (): string => {
  folders += 1;
  return join(root, String(folders));
};

const NOW = new Date('2026-03-01T12:00:00.000Z');
const GROUP = tinyId('intrusion-set', 1) as StixId;

interface Tiny {
  readonly version?: string;
  readonly text?: string;
  readonly change?: (objects: TinyObject[]) => void;
}

/** A bundle whose group is described by `text`. */
function contentOf({ version = '99.1', text = 'first', change }: Tiny = {}): BundleContent {
  const objects = tinyObjects();
  for (const object of objects) if (object['id'] === GROUP) object['description'] = text;
  change?.(objects);
  const documents = [{ source: 'tiny.json', value: objects }];
  const { knowledgeBase } = readStixBundle(documents);
  if (knowledgeBase === undefined) throw new Error('the tiny bundle was not read');
  const facts = {
    domain: 'enterprise-attack',
    version,
    released: undefined,
    source: 'tiny.json',
    sha256: undefined,
    carriedOver: [],
  } as const;
  return { knowledgeBase, objects: collectStix(documents), facts };
}

const stage = (userFolder: string, tiny: Tiny = {}): StagedBundle =>
  stageBundle(contentOf(tiny), { userFolder, now: NOW });

/** What the group is described by in what opens; undefined when there is no such group. */
function textIn(userFolder: string, version?: string): string | undefined {
  const knowledgeBase = openKnowledgeBase({ userFolder, version });
  const group = knowledgeBase.byStixId.get(GROUP);
  return group && descriptionOf(knowledgeBase, group);
}

describe('stageBundle', () => {
  it('installs a bundle that opens by default and answers with its texts', () => {
    const userFolder = newFolder();
    stage(userFolder).commit();
    const knowledgeBase = openKnowledgeBase({ userFolder });
    expect([knowledgeBase.version, knowledgeBase.source]).toEqual(['99.1', 'bundle']);
    expect(textIn(userFolder)).toBe('first');
    const [relation] = knowledgeBase.relations.from(GROUP, 'uses');
    expect(knowledgeBase.stix(relation?.stixId as StixId)?.['description']).toContain('on a roof');
  });

  it('keeps every object as it was written', () => {
    const userFolder = newFolder();
    const content = contentOf();
    stage(userFolder).commit();
    const knowledgeBase = openKnowledgeBase({ userFolder });
    for (const [stixId, object] of content.objects) {
      expect(knowledgeBase.stix(stixId)).toEqual(object);
    }
  });

  it('shows nothing of a bundle before it is committed', () => {
    const userFolder = newFolder();
    stage(userFolder);
    expect(listInstalled(userFolder)).toEqual([]);
    expect(textIn(userFolder)).toBeUndefined();
  });

  it('keeps the old bundle until the new one is committed, and then has no trace of it', () => {
    const userFolder = newFolder();
    const old = stage(userFolder);
    old.commit();
    const staged = stage(userFolder, { text: 'second' });
    expect(textIn(userFolder)).toBe('first');
    staged.commit();
    expect(textIn(userFolder)).toBe('second');
    expect(readdirSync(old.folder)).toHaveLength(2);
  });

  it('leaves nothing behind when it is discarded, and does not discard what is committed', () => {
    const userFolder = newFolder();
    const staged = stage(userFolder);
    staged.discard();
    expect(existsSync(staged.folder)).toBe(false);
    const committed = stage(userFolder);
    committed.commit();
    committed.discard();
    expect(textIn(userFolder)).toBe('first');
  });

  it('lets the last of two writers win, whole', () => {
    const userFolder = newFolder();
    const [one, two] = [stage(userFolder, { text: 'one' }), stage(userFolder, { text: 'two' })];
    two.commit();
    one.commit();
    expect(textIn(userFolder)).toBe('one');
    expect(readdirSync(one.folder)).toHaveLength(2);
  });

  it('answers from an open knowledge base after the bundle was replaced', () => {
    const userFolder = newFolder();
    stage(userFolder).commit();
    const open = openKnowledgeBase({ userFolder });
    stage(userFolder, { text: 'second' }).commit();
    expect(open.stix(GROUP)?.['description']).toBe('second');
  });

  it('clears away what a killed process left a day ago, and nothing younger', () => {
    const userFolder = newFolder();
    const { folder, commit } = stage(userFolder);
    const [young, old] = [join(folder, 'aaaaaaaaaaaaaaaa'), join(folder, 'bbbbbbbbbbbbbbbb')];
    for (const path of [young, old]) mkdirSync(path);
    utimesSync(young, NOW, new Date('2026-03-01T00:00:00Z'));
    utimesSync(old, NOW, new Date('2026-02-27T00:00:00Z'));
    commit();
    expect([existsSync(young), existsSync(old)]).toEqual([true, false]);
    expect(textIn(userFolder)).toBe('first');
  });

  it('says that a place cannot be written to', () => {
    const userFolder = newFolder();
    writeFileSync(userFolder, 'a file');
    expect(() => stage(userFolder)).toThrow(
      expect.objectContaining({
        code: 'OUTPUT_UNWRITABLE',
        message: expect.stringContaining('part of the path is a file; nothing changed'),
      }),
    );
  });

  it.skipIf(!existsSync('/proc/self'))(
    'does not hang where no folder can be made (needs /proc)',
    () => {
      expect(() => stage('/proc/portolan')).toThrow(
        expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }),
      );
    },
  );

  it.each(['G9\nuses\tG9\tT9000', 'G9\t', 'Gü9'])(
    'leaves out an object with the id %j, which would break the lines of a catalogue',
    (attackId) => {
      const userFolder = newFolder();
      const change = (objects: TinyObject[]): void => {
        const group = objects.find(({ id }) => id === GROUP);
        const reference = { source_name: 'mitre-attack', external_id: attackId };
        if (group !== undefined) group['external_references'] = [reference];
      };
      const { bundle, commit } = stage(userFolder, { change });
      commit();
      const knowledgeBase = openKnowledgeBase({ userFolder, version: bundle.version });
      expect(knowledgeBase.byStixId.has(GROUP)).toBe(false);
      expect(knowledgeBase.objects.length).toBeGreaterThan(3);
    },
  );
});

describe('a folder that something else has changed', () => {
  const install = (): { userFolder: string; folder: string; files: string } => {
    const userFolder = newFolder();
    const { folder, bundle, commit } = stage(userFolder, { version: '18.1' });
    commit();
    return { userFolder, folder, files: join(folder, bundle.generation) };
  };

  it.each([
    [
      'a missing catalogue',
      ({ files }: { files: string }) => rmSync(join(files, 'catalogue.tsv')),
      'its catalogue.tsv is missing',
    ],
    [
      'cut off objects',
      ({ files }: { files: string }) => truncateSync(join(files, 'objects.ndjson'), 9),
      'its objects.ndjson has 9 bytes in place of',
    ],
    [
      'a source.json that is no JSON',
      ({ folder }: { folder: string }) => writeFileSync(join(folder, 'source.json'), '{'),
      'its source.json is damaged',
    ],
    [
      'a source.json that points elsewhere',
      ({ folder }: { folder: string }) => {
        const path = join(folder, 'source.json');
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(/"generation": "\w+"/, '"generation": "../../etc"'),
        );
      },
      'its source.json is damaged',
    ],
  ])('is passed over for the catalogue that ships: %s', (_, damage, problem) => {
    const installed = install();
    damage(installed);
    const { userFolder } = installed;
    expect(openKnowledgeBase({ userFolder, version: '18.1' }).source).toBe('catalogue');
    const listed = listVersions({ userFolder }).find(({ origin }) => origin === 'installed');
    expect(listed?.problem).toContain(problem);
    expect(listed?.isDefault).toBe(false);
  });

  it('is named when no catalogue of that version ships', () => {
    const userFolder = newFolder();
    const { folder, bundle, commit } = stage(userFolder, { version: '99.1' });
    commit();
    rmSync(join(folder, bundle.generation), { recursive: true });
    expect(() => openKnowledgeBase({ userFolder, version: '99.1' })).toThrow(
      expect.objectContaining({
        code: 'SOURCE_UNREADABLE',
        message: expect.stringContaining('its catalogue.tsv is missing; import it again'),
      }),
    );
    expect(openKnowledgeBase({ userFolder }).source).toBe('catalogue');
  });

  it('is not listed under another version than it says', () => {
    const { userFolder, folder } = install();
    cpSync(folder, folder.replace('18.1', '98.0'), { recursive: true });
    expect(listInstalled(userFolder).map(({ version, problem }) => [version, problem])).toEqual([
      ['18.1', undefined],
      ['98.0', 'its source.json is damaged'],
    ]);
  });
});

describe('openKnowledgeBase', () => {
  it('takes a full bundle before the catalogue of the same version, and the newest by default', () => {
    const userFolder = newFolder();
    stage(userFolder, { version: '18.1' }).commit();
    expect(openKnowledgeBase({ userFolder, version: '18.1' }).source).toBe('bundle');
    expect(openKnowledgeBase({ userFolder, version: '18' }).source).toBe('bundle');
    expect(openKnowledgeBase({ userFolder }).source).toBe('catalogue');
  });

  it("opens a label of the user's own only when it is asked for", () => {
    const userFolder = newFolder();
    stage(userFolder, { version: 'acme-2' }).commit();
    expect(openKnowledgeBase({ userFolder }).version).not.toBe('acme-2');
    expect(openKnowledgeBase({ userFolder, version: 'acme-2' }).version).toBe('acme-2');
  });

  it('names the versions that are there for one that is not', () => {
    const userFolder = newFolder();
    stage(userFolder, { version: 'acme-2' }).commit();
    expect(() => openKnowledgeBase({ userFolder, version: '3.0' })).toThrow(
      expect.objectContaining({
        code: 'NOT_FOUND',
        message: expect.stringMatching(/\(14\.1, .*, acme-2\), found "3\.0"$/),
      }),
    );
  });

  it('lists what ships and what is installed, oldest first, the full bundle after the catalogue', () => {
    const userFolder = newFolder();
    stage(userFolder, { version: '18.1' }).commit();
    stage(userFolder, { version: 'acme-2' }).commit();
    const listed = listVersions({ userFolder }).filter(
      ({ domain }) => domain === 'enterprise-attack',
    );
    const names = listed.map(({ version, origin }) => `${version} ${origin}`);
    expect(names.slice(-4)).toEqual([
      '18.1 shipped',
      '18.1 installed',
      '19.1 shipped',
      'acme-2 installed',
    ]);
    expect(listed.filter(({ isDefault }) => isDefault).map(({ version }) => version)).toEqual([
      '19.1',
    ]);
    expect(listed.at(-1)).toMatchObject({
      installed: NOW.toISOString(),
      objectCount: 7,
      techniqueCount: 4,
      source: 'tiny.json',
    });
    expect(listed.find(({ version }) => version === '18.1')).toMatchObject({
      objectCount: 4721,
      techniqueCount: 691,
    });
  });
});
