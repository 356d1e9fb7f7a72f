import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../model/index.js';
import { type MigrateFilesOptions, migrateFiles } from './migrate-files.js';

const LAYERS = '../shared/data/layers';
// A part of the rules is enough here: migrate/sigma-round-trip.test.ts takes all of them, without files.
const SIGMA = '../shared/data/sigma/rules-emerging-threats';
const RULE =
  'title: Windows Defender Disabled\ntags:\n    - attack.defense-evasion\n    - attack.t1562.001\n';
const MOVED = RULE.replace('defense-evasion', 'defense-impairment').replace('t1562.001', 't1685');
const LAYER = {
  name: 'a',
  domain: 'enterprise-attack',
  versions: { attack: '18', navigator: '5', layer: '4.5' },
};

let folder = '';
const at = (name: string): string => join(folder, name);
const put = (name: string, content: string | Buffer): string => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
  return at(name);
};
const textOf = (name: string): string => readFileSync(at(name), 'utf8');
const codeOf = (options: MigrateFilesOptions): ErrorCode | undefined => {
  try {
    migrateFiles(options);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).not.toContain('\n');
    return (error as AppError).code;
  }
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-migrate-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a folder', () => {
  beforeEach(() => {
    put('in/rules/a.yml', RULE);
    put('in/rules/deep/b.yaml', 'title: x\n# no tags\n');
    put('in/list.csv', 'id;technique\n1;T1656\n');
    put(
      'in/maps.ndjson',
      '{"techniqueId":"T1672","attackVersion":"17.1","domain":"enterprise-attack"}\n',
    );
    put(
      'in/layer.json',
      `${JSON.stringify({ ...LAYER, techniques: [{ techniqueID: 'T1562.001', score: 3 }] }, null, 2)}\n`,
    );
    put('in/readme.md', 'T1562.001 stays here');
    put('in/raw.bin', Buffer.from([0xff, 0x00, 0xfe]));
    put('in/.hidden/empty', '');
  });

  it('gets every file, changed or not, at the same place', () => {
    const report = migrateFiles({ path: at('in'), to: '19.1', out: at('out') });
    expect(listFiles(at('out'))).toEqual(listFiles(at('in')));
    expect(textOf('out/rules/a.yml')).toBe(MOVED);
    expect(textOf('out/list.csv')).toBe('id;technique\n1;T1684.001\n');
    expect(textOf('out/maps.ndjson')).toContain('"T1684.002","attackVersion":"19.1"');
    expect(textOf('out/layer.json')).toContain('\n  "name": "a"');
    expect(JSON.parse(textOf('out/layer.json'))).toMatchObject({
      versions: { attack: '19.1' },
      techniques: [{ techniqueID: 'T1685', score: 3 }],
    });
    for (const name of ['rules/deep/b.yaml', 'readme.md', 'raw.bin', '.hidden/empty']) {
      expect(readFileSync(at(`out/${name}`))).toEqual(readFileSync(at(`in/${name}`)));
    }
    expect(textOf('in/rules/a.yml')).toBe(RULE);
    expect(
      report.files
        .filter(({ changed }) => changed)
        .map(({ format }) => format)
        .sort(),
    ).toEqual(['csv', 'layer', 'mapping', 'sigma']);
  });

  it('writes nothing but the audit when no place is given', () => {
    const before = listFiles(folder);
    const report = migrateFiles({ path: at('in'), to: '19.1', audit: at('audit.json') });
    expect(listFiles(folder)).toEqual([...before, 'audit.json'].sort());
    const audit: unknown = JSON.parse(textOf('audit.json'));
    expect(audit).toEqual(report.audit);
    expect(report.audit).toContainEqual({
      file: 'rules/a.yml',
      raw: 'attack.t1562.001',
      from: 'T1562.001',
      to: 'T1685',
      decision: 'automatic',
      reason: expect.stringContaining('revoked by T1685'),
    });
    for (const entry of report.audit) {
      expect(Object.keys(entry)).toEqual(['file', 'raw', 'from', 'to', 'decision', 'reason']);
    }
  });

  it('changes files in place, whole, with their mode', () => {
    chmodSync(at('in/rules/a.yml'), 0o640);
    const before = listFiles(at('in'));
    migrateFiles({ path: at('in'), to: '19.1', inPlace: true });
    expect(textOf('in/rules/a.yml')).toBe(MOVED);
    expect(statSync(at('in/rules/a.yml')).mode & 0o777).toBe(0o640);
    expect(listFiles(at('in'))).toEqual(before);
  });

  it('does not read what it writes when the place is inside', () => {
    migrateFiles({ path: at('in'), to: '19.1', out: at('in/out') });
    const first = listFiles(at('in/out'));
    migrateFiles({ path: at('in'), to: '19.1', out: at('in/out') });
    expect(listFiles(at('in/out'))).toEqual(first);
    expect(existsSync(at('in/out/out'))).toBe(false);
  });

  it('follows links once, and not in a circle', () => {
    symlinkSync(at('in'), at('in/rules/loop'));
    symlinkSync(at('in/nowhere'), at('in/broken'));
    symlinkSync(at('in/self'), at('in/self'));
    const report = migrateFiles({ path: at('in'), to: '19.1', out: at('out') });
    expect(report.issues.map(({ code }) => code)).toEqual([
      'FILE_UNREADABLE',
      'FILE_UNREADABLE',
      'FILE_UNREADABLE',
    ]);
    expect(report.files.filter(({ file }) => file.endsWith('a.yml'))).toHaveLength(1);
  });

  it('writes in place through a link, and never outside of the folder', () => {
    put('outside/c.yml', RULE);
    symlinkSync(at('outside'), at('in/away'));
    symlinkSync(at('in/rules/a.yml'), at('in/link.yml'));
    const report = migrateFiles({ path: at('in'), to: '19.1', inPlace: true });
    expect(textOf('outside/c.yml')).toBe(RULE);
    expect(lstatSync(at('in/link.yml')).isSymbolicLink()).toBe(true);
    expect(textOf('in/link.yml')).toBe(MOVED);
    expect(report.issues[0]?.message).toContain('leads out of the folder');
  });

  it('copies nothing from outside of the folder', () => {
    put('outside/c.yml', RULE);
    symlinkSync(at('outside'), at('in/away'));
    const report = migrateFiles({ path: at('in'), to: '19.1', out: at('out') });
    expect(report.files.some(({ file }) => file.includes('c.yml'))).toBe(false);
    expect(report.issues[0]?.message).toContain('leads out of the folder');
  });

  it('goes on after a file that is no JSON', () => {
    put('in/bad.json', '{"techniques": [');
    const report = migrateFiles({ path: at('in'), to: '19.1', out: at('out') });
    expect(report.issues.map(({ code }) => code)).toEqual(
      ['JSON_INVALID', 'VERSION_MISLABELLED'].slice(0, report.issues.length),
    );
    expect(textOf('out/bad.json')).toBe('{"techniques": [');
  });

  it('takes the version of the files around for one whose own ids fit several', () => {
    put('in/rules/d.yml', 'title: x\ntags:\n    - attack.persistence\n    - attack.t1112\n');
    migrateFiles({ path: at('in'), to: '19.1', out: at('out') });
    expect(textOf('out/rules/d.yml')).toContain('attack.defense-impairment');
  });

  it('lets --from beat what the content says', () => {
    const report = migrateFiles({ path: at('in/rules'), to: '19.1', from: '19.1' });
    expect(report.files.find(({ file }) => file === 'a.yml')?.from).toEqual(['19.1']);
  });
});

describe('versions that are not there', () => {
  it('flags them once and uses the nearest', () => {
    put('in/a.yml', RULE);
    put('in/b.yml', RULE);
    const report = migrateFiles({ path: at('in'), to: '19.3', from: '15' });
    expect(report.to).toBe('19.1');
    expect(report.issues.map(({ code }) => code)).toEqual([
      'VERSION_APPROXIMATE',
      'VERSION_APPROXIMATE',
    ]);
  });

  it('says when a layer lies about its version', () => {
    const techniques = [{ techniqueID: 'T1685' }, { techniqueID: 'T1686.003' }];
    const path = put('l.json', JSON.stringify({ ...LAYER, techniques }));
    const report = migrateFiles({ path, to: '18.1' });
    expect(report.issues.map(({ code }) => code)).toContain('VERSION_MISLABELLED');
    expect(report.files[0]?.from).toEqual(['19.1']);
    expect(report.audit.map(({ to }) => to)).toEqual(['ATT&CK 18.1', 'T1562.001', 'T1562.004']);
  });
});

describe('bad input', () => {
  it.each([
    ['nothing there', () => ({ path: at('none'), to: '19.1' }), 'SOURCE_UNREADABLE'],
    ['an empty folder', () => ({ path: folder, to: '19.1' }), 'SOURCE_UNREADABLE'],
    ['no JSON', () => ({ path: put('x.json', '{"a":'), to: '19.1' }), 'SOURCE_UNREADABLE'],
    [
      'JSON 10,000 deep',
      () => ({ path: put('x.json', '['.repeat(10_000)), to: '19.1' }),
      'SOURCE_UNREADABLE',
    ],
    [
      'bytes that are no text',
      () => ({ path: put('x.yml', Buffer.from([0xff, 0xfe, 0xfd])), to: '19.1' }),
      'SOURCE_UNREADABLE',
    ],
    ['a device', () => ({ path: '/dev/zero', to: '19.1' }), 'SOURCE_UNREADABLE'],
    ['a version that is none', () => ({ path: put('x.yml', RULE), to: 'latest' }), 'USAGE'],
    [
      'two places',
      () => ({ path: put('x.yml', RULE), to: '19.1', out: at('o'), inPlace: true }),
      'USAGE',
    ],
    [
      'the input folder as place',
      () => ({ path: dirname(put('i/x.yml', RULE)), to: '19.1', out: at('i') }),
      'USAGE',
    ],
    [
      'the folder of the input file as place',
      () => ({ path: put('x.yml', RULE), to: '19.1', out: folder }),
      'USAGE',
    ],
    [
      'a file as place',
      () => ({ path: put('x.yml', RULE), to: '19.1', out: put('o', '') }),
      'USAGE',
    ],
    [
      'a place below a file',
      () => ({ path: put('i/x.yml', RULE), to: '19.1', out: `${put('o', '')}/p` }),
      'OUTPUT_UNWRITABLE',
    ],
    [
      'an audit in a folder that is a file',
      () => ({ path: put('i/x.yml', RULE), to: '19.1', audit: `${put('o', '')}/p` }),
      'OUTPUT_UNWRITABLE',
    ],
  ] as const)('%s: one line, nothing written', (_, options, code) => {
    expect(codeOf(options())).toBe(code);
    expect(existsSync(at('out'))).toBe(false);
  });

  it('refuses a layer of a million techniques, fast', () => {
    const path = put(
      'x.json',
      `{"domain":"enterprise-attack","techniques":[${'{},'.repeat(999_999)}{}]}`,
    );
    expect(codeOf({ path, to: '19.1', out: at('out') })).toBe('SOURCE_UNREADABLE');
    expect(existsSync(at('out'))).toBe(false);
  });

  it('reads a file of any name by its content', () => {
    const rule = put('noname', RULE);
    expect(migrateFiles({ path: rule, to: '19.1' }).files[0]).toMatchObject({
      format: 'sigma',
      changed: true,
    });
    const layer = put('layer.txt', JSON.stringify({ ...LAYER, techniques: [] }));
    expect(migrateFiles({ path: layer, to: '19.1' }).files[0]?.format).toBe('layer');
  });
});

describe.skipIf(!existsSync(LAYERS))('layers found in the wild (needs ../shared/data)', () => {
  it('migrate to 19.1 and to 18.1, with their version told by content', () => {
    for (const to of ['19.1', '18.1']) {
      const report = migrateFiles({ path: LAYERS, to, out: at(to) });
      expect(report.files.map(({ format }) => format)).toEqual(report.files.map(() => 'layer'));
      const main = report.files.find(({ file }) => file === 'art-navigator-layer.json');
      expect(main?.from).toEqual(['19.1']);
      for (const { file } of report.files) {
        const layer: unknown = JSON.parse(textOf(`${to}/${file}`));
        expect(layer).toMatchObject({ versions: { attack: to } });
      }
    }
  });
});

describe.skipIf(!existsSync(SIGMA))('rules of SigmaHQ (needs ../shared/data)', () => {
  it('move down and up again without --from, and come back but for what is listed', () => {
    const down = migrateFiles({ path: SIGMA, to: '18.1', out: at('18') });
    expect(down.detection?.version).toBe('19.1');
    expect(down.counts['needs-person']).toBe(0);
    const up = migrateFiles({ path: at('18'), to: '19.1', out: at('19') });
    expect(up.detection?.version).toBe('18.1');
    const listed = new Set(
      up.audit.filter(({ decision }) => decision === 'needs-person').map(({ file }) => file),
    );
    const different = down.files
      .map(({ file }) => file)
      .filter((file) => !readFileSync(join(SIGMA, file)).equals(readFileSync(at(`19/${file}`))));
    expect(new Set(different)).toEqual(listed);
    process.stdout.write(
      `  ${down.files.length} files; ${listed.size} listed for a person, all others the same bytes\n`,
    );
  });
});

function listFiles(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .sort();
}
