import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type TinyBundleOptions,
  type TinyObject,
  tinyBundle,
  tinyId,
  tinyObjects,
} from '../../test/attack/tiny-bundle.js';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { descriptionOf, openKnowledgeBase } from '../attack/index.js';
import { AppError } from '../model/index.js';
import { type ImportedBundle, type ImportOptions, importBundles } from './attack-import.js';

const DATA = '../shared/data/attack';
const root = mkdtempSync(join(tmpdir(), 'portolan-import-'));
afterAll(() => rmSync(root, { recursive: true }));
let names = 0;
const newPath = (name: string): string => {
  names += 1;
  return join(root, `${names}-${name}`);
};

function write(name: string, content: string | Uint8Array): string {
  const path = newPath(name);
  writeFileSync(path, content);
  return path;
}

/** Imports with nothing there before, so that a bundle may be tiny. */
function importTiny(
  files: readonly string[],
  options: Partial<ImportOptions> = {},
): readonly ImportedBundle[] {
  const userFolder = options.userFolder ?? newPath('home');
  return importBundles({ now: new Date(0), versions: [], ...options, files, userFolder });
}

const summary = (imported: readonly ImportedBundle[]): unknown =>
  imported.map(
    ({ bundle, toldBy }) =>
      `${bundle.domain} ${bundle.version} ${bundle.techniqueCount}, ${toldBy}`,
  );

function relate(type: string, source: string, target: string, number: number): TinyObject {
  return {
    type: 'relationship',
    id: tinyId('relationship', 100 + number),
    relationship_type: type,
    source_ref: source,
    target_ref: target,
  };
}

describe('importBundles', () => {
  it.each<[string, TinyBundleOptions, string, Partial<ImportOptions>, string]>([
    [
      'what the caller says',
      { version: '98.1' },
      'x-97.1.json',
      { version: '96.0' },
      'enterprise-attack 96.0 4, caller',
    ],
    [
      'its collection',
      { version: '98.1' },
      'x-97.1.json',
      {},
      'enterprise-attack 98.1 4, collection',
    ],
    [
      'the name of its file',
      {},
      'enterprise-attack-97.1.json',
      {},
      'enterprise-attack 97.1 4, file name',
    ],
    [
      "a label of one's own",
      {},
      'own.json',
      { version: 'acme-1' },
      'enterprise-attack acme-1 4, caller',
    ],
    [
      'a version with a v',
      {},
      'own.json',
      { version: 'v95.0' },
      'enterprise-attack 95.0 4, caller',
    ],
  ])('tells the version by %s', (_, tiny, name, options, expected) => {
    expect(summary(importTiny([write(name, tinyBundle(tiny))], options))).toEqual([expected]);
  });

  it('reads a plain file, a gzip file and a bare list of objects', () => {
    const options = { version: '98.1' };
    const files = [
      write('a.json', tinyBundle({ ...options, domain: 'enterprise-attack' })),
      write('b.json.gz', gzipSync(tinyBundle({ ...options, domain: 'mobile-attack' }))),
      write('c.json', JSON.stringify(tinyObjects({ ...options, domain: 'ics-attack' }))),
    ];
    expect(summary(importTiny(files))).toEqual([
      'enterprise-attack 98.1 4, collection',
      'mobile-attack 98.1 4, collection',
      'ics-attack 98.1 4, collection',
    ]);
  });

  it('merges files of one domain and version, the one modified last winning', () => {
    const own = {
      ...tinyObjects()[2],
      id: tinyId('attack-pattern', 77),
      name: 'Own',
      external_references: [{ source_name: 'mitre-attack', external_id: 'T9777' }],
    };
    const newer = {
      ...tinyObjects()[2],
      modified: '2026-03-01T00:00:00.000Z',
      description: 'newer',
    };
    const files = [
      write('base-97.1.json', tinyBundle()),
      write('own-97.1.json', tinyBundle({}, [own, newer])),
    ];
    const userFolder = newPath('home');
    const imported = importTiny(files, { userFolder });
    expect(summary(imported)).toEqual(['enterprise-attack 97.1 5, file name']);
    expect(imported[0]?.files).toEqual(files);
    const knowledgeBase = openKnowledgeBase({ userFolder });
    const technique = knowledgeBase.byAttackId.get('T9000');
    expect(technique && descriptionOf(knowledgeBase, technique)).toBe('newer');
    expect(knowledgeBase.byAttackId.get('T9777')?.name).toBe('Own');
    expect(readdirSync(imported[0]?.folder ?? '')).toHaveLength(2);
  });

  it('takes the domains of a merged bundle apart', () => {
    const mobile = tinyObjects({ domain: 'mobile-attack', version: '98.1', techniques: 2 }).map(
      (object) => {
        const text = JSON.stringify(object)
          .replaceAll('-8000-', '-9000-')
          .replaceAll('T900', 'T800');
        return JSON.parse(text) as TinyObject;
      },
    );
    const objects = [...tinyObjects({ version: '98.1' }), ...mobile];
    const file = write('both.json', tinyBundle({}, objects));
    expect(summary(importTiny([file]))).toEqual([
      'enterprise-attack 98.1 4, collection',
      'mobile-attack 98.1 2, collection',
    ]);
    expect(summary(importTiny([file], { domain: 'mobile-attack' }))).toEqual([
      'mobile-attack 98.1 2, collection',
    ]);
  });

  it("takes a bundle of one's own techniques that name no domain, when the caller says one", () => {
    const objects = tinyObjects().map(
      ({ x_mitre_domains: _, kill_chain_phases: __, ...object }) => object,
    );
    const own = objects.filter(({ type }) => type === 'attack-pattern');
    const file = write('own.json', tinyBundle({}, own));
    expect(() => importTiny([file], { version: 'acme-1' })).toThrow(
      /cannot tell the domain .* --domain$/,
    );
    const imported = importTiny([file], { version: 'acme-1', domain: 'ics-attack' });
    expect(summary(imported)).toEqual(['ics-attack acme-1 4, caller']);
  });

  it('reports what is wrong in a bundle and installs the rest', () => {
    const [one, two] = [tinyId('attack-pattern', 1), tinyId('attack-pattern', 2)];
    const objects = [
      ...tinyObjects({ version: '98.1' }),
      relate('revoked-by', one, two, 1),
      relate('revoked-by', two, one, 2),
      relate('uses', tinyId('tool', 404), one, 3),
      { ...tinyObjects()[2], name: 'Twice' },
      { type: 'x-own-thing', id: tinyId('x-own-thing', 1) },
      { type: 'attack-pattern', id: 7 },
    ];
    const [imported] = importTiny([write('x.json', tinyBundle({}, objects))]);
    expect(imported?.bundle.techniqueCount).toBe(4);
    expect(imported?.issues.map(({ code }) => code).sort()).toEqual([
      'ATTACK_CYCLE',
      'STIX_DANGLING_REF',
      'STIX_DUPLICATE_ID',
      'STIX_OBJECT_INVALID',
      'STIX_TYPE_SKIPPED',
    ]);
  });

  it('refuses a bundle much smaller than the one it would replace, unless it is forced or has a label', () => {
    const file = write('cut-18.1.json', tinyBundle());
    const real = { versions: undefined };
    expect(() => importTiny([file], real)).toThrow(
      /^expected at least half of the 4721 objects of enterprise-attack 18\.1 that are there, found 7 .*nothing changed/,
    );
    expect(() => importTiny([file], { ...real, version: '99.0' })).toThrow(
      /of enterprise-attack 19\.1/,
    );
    expect(summary(importTiny([file], { ...real, force: true }))).toEqual([
      'enterprise-attack 18.1 4, file name',
    ]);
    expect(summary(importTiny([file], { ...real, version: 'acme-1' }))).toEqual([
      'enterprise-attack acme-1 4, caller',
    ]);
  });
});

const deep = `{"type":"bundle","objects":[${'['.repeat(10_000)}${']'.repeat(10_000)}]}`;

describe('a file that cannot be used', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['is no JSON', '<html>', /\.json:1:1: expected .*\[JSON_INVALID\]$/],
    ['is empty', '', /\.json:1:1: expected .*\[JSON_INVALID\]$/],
    ['ends early', tinyBundle().slice(0, 500), /\.json:1:501: expected .*\[JSON_INVALID\]$/],
    [
      'is gzip that was cut off',
      gzipSync(tinyBundle()).subarray(0, 200),
      /its gzip data is cut off or damaged/,
    ],
    ['is nested 10,000 deep', deep, /expected JSON nested at most 500 deep/],
    [
      'is JSON of something else',
      '{"a":1}',
      /expected ATT&CK objects in .*, found none .*nothing changed/,
    ],
    [
      'is an empty bundle',
      tinyBundle({}, []),
      /expected ATT&CK objects in .*, found none; nothing changed/,
    ],
    [
      'holds no technique',
      tinyBundle(
        {},
        tinyObjects().filter(({ type }) => type !== 'attack-pattern'),
      ),
      /expected ATT&CK techniques/,
    ],
    ['holds objects of nothing', tinyBundle({}, [1, null, 'x', []]), /expected ATT&CK objects/],
  ])('is refused in one line when it %s, and nothing is written', (_, content, message) => {
    const userFolder = newPath('home');
    const good = write('good.json', tinyBundle({ version: '98.1' }));
    const file = write('bad.json', content);
    let error: unknown;
    try {
      importTiny([good, file], { userFolder, version: '98.1' });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect((error as AppError).message).toMatch(message);
    expect((error as AppError).message).not.toContain('\n');
    expect(
      existsSync(join(userFolder, 'attack')) ? readdirSync(join(userFolder, 'attack')) : [],
    ).toEqual([]);
  });

  it.each([
    ['is not there', newPath('none.json'), /cannot read .*: there is no such file/],
    ['is a folder', root, /cannot read .*: it is a folder/],
  ])('is refused when it %s', (_, file, message) => {
    expect(() => importTiny([file])).toThrow(message);
  });

  it('is asked about when nothing tells its version', () => {
    const file = write('own.json', tinyBundle());
    expect(() => importTiny([file])).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: expect.stringContaining('say it with --attack-version'),
      }),
    );
  });

  it.each(['../../x', '..', 'a/b', '', ' ', 'a'.repeat(41), '1.0\n', 'x.'])(
    'is refused under the version %j',
    (version) => {
      const userFolder = newPath('home');
      const file = write('x.json', tinyBundle());
      expect(() => importTiny([file], { userFolder, version })).toThrow(
        /^expected a version like 18\.1/,
      );
      expect(existsSync(userFolder)).toBe(false);
    },
  );

  it('never causes anything but an AppError, whatever its bytes', () => {
    const userFolder = newPath('home');
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), tie('object'), fc.constant(tinyObjects())),
      object: fc.record(
        {
          type: fc.constantFrom(
            'attack-pattern',
            'relationship',
            'x-mitre-matrix',
            'x-mitre-collection',
            'tool',
          ),
          id: fc.oneof(
            fc.jsonValue(),
            fc.nat(5).map((number) => tinyId('attack-pattern', number)),
          ),
          name: fc.oneof(fc.string(), fc.jsonValue()),
          external_references: fc.oneof(
            fc.jsonValue(),
            fc
              .string({ unit: 'binary' })
              .map((text) => [{ source_name: 'mitre-attack', external_id: text }]),
            fc.constant([{ source_name: 'mitre-attack', external_id: 'T9001' }]),
          ),
          x_mitre_version: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
          source_ref: fc.nat(5).map((number) => tinyId('attack-pattern', number)),
          target_ref: fc.nat(5).map((number) => tinyId('attack-pattern', number)),
          relationship_type: fc.constantFrom('subtechnique-of', 'revoked-by', 'uses'),
        },
        { requiredKeys: ['type', 'id'] },
      ),
    }));
    const text = fc.oneof(
      fc.string().map((content) => Buffer.from(content)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(value.object, { maxLength: 12 })
        .map((objects) => Buffer.from(JSON.stringify({ objects }))),
      value.any.map((any) => Buffer.from(JSON.stringify(any))),
      fc
        .uint8Array({ maxLength: 60 })
        .map((bytes) => Buffer.concat([gzipSync(tinyBundle()).subarray(0, 90), bytes])),
    );
    const file = newPath('any.json');
    fc.assert(
      fc.property(text, (bytes) => {
        writeFileSync(file, bytes);
        try {
          importTiny([file], { userFolder, version: 'any', domain: 'enterprise-attack' });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).message).not.toContain('\n');
        }
      }),
      { numRuns: fuzzRuns(300) },
    );
  });
});

describe.skipIf(!existsSync(DATA))('official bundles (need ../shared/data)', () => {
  it('imports what has no collection under the version that its techniques are', () => {
    // Under a name without a number, and not by its known hash.
    const plain = `${DATA}/ics-attack-18.1.json.gz`;
    const copy = write('copy.json.gz', Buffer.concat([gzipSync(''), readFileSync(plain)]));
    const userFolder = newPath('home');
    const imported = importBundles({ files: [copy], userFolder, now: new Date(0) });
    expect(summary(imported)).toEqual(['ics-attack 18.1 83, content']);
    expect(imported[0]?.issues).toEqual([]);
    const knowledgeBase = openKnowledgeBase({ userFolder, domain: 'ics-attack' });
    const technique = knowledgeBase.byAttackId.get('T0800');
    expect(technique && descriptionOf(knowledgeBase, technique)?.length).toBeGreaterThan(100);
  });

  it('does not believe a name that speaks of another major version', () => {
    const copy = write(
      'ics-attack-14.1.json.gz',
      Buffer.concat([gzipSync(''), readFileSync(`${DATA}/ics-attack-18.1.json.gz`)]),
    );
    const imported = importBundles({
      files: [copy],
      userFolder: newPath('home'),
      now: new Date(0),
    });
    expect(summary(imported)).toEqual(['ics-attack 18.1 83, content']);
    expect(imported[0]?.issues.map(({ code }) => code)).toEqual(['VERSION_MISLABELLED']);
  });

  it('knows a file by its hash, with what it carries over', () => {
    const files = [`${DATA}/enterprise-attack-19.1-composite.json.gz`];
    const userFolder = newPath('home');
    const imported = importBundles({ files, userFolder, now: new Date(0) });
    expect(summary(imported)).toEqual(['enterprise-attack 19.1 697, known file']);
    expect(openKnowledgeBase({ userFolder }).carriedOver).toHaveLength(3);
  });
});
