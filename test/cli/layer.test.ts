import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runPortolan } from './run-portolan.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-layer-'));
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const layer = (name: string, scores: Readonly<Record<string, number>>, attack = '19'): string =>
  JSON.stringify({
    name,
    domain: 'enterprise-attack',
    versions: { attack, navigator: '5.1.0', layer: '4.5' },
    techniques: Object.entries(scores).map(([techniqueID, score]) => ({ techniqueID, score })),
    houseField: { kept: true },
  });

const before = write('before.json', layer('Before', { T1059: 10, T1685: 50, 'T1003.001': 5 }));
const after = write('after.json', layer('After', { T1059: 40, T1685: 20, T1547: 1 }));
const old = write('old.json.gz', gzipSync(layer('Old', { 'T1562.001': 7, T1059: 3 }, '18')));

describe('portolan layer', () => {
  it('converts to every format by the ending of the file', () => {
    for (const ending of ['json', 'csv', 'md', 'xlsx', 'svg', 'png']) {
      const out = join(folder, `out.${ending}`);
      expect(runPortolan(['layer', 'convert', before, '--out', out])).toMatchObject({
        code: 0,
        stdout: '',
        stderr: '',
      });
      expect(readFileSync(out).length).toBeGreaterThan(200);
    }
    expect(readFileSync(join(folder, 'out.png')).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(join(folder, 'out.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toMatchObject({
      houseField: { kept: true },
    });
  });

  it('converts every layer of a list to JSON, and says where another format takes the first alone', () => {
    const list = write(
      'list.json',
      `[${layer('One', { T1059: 1 })},${layer('Two', { T1: 2, T1003: 2 })}]`,
    );
    const json = runPortolan(['layer', 'convert', list, '--to', 'json']);
    const names = (JSON.parse(json.stdout) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['One', 'Two']);
    const second = runPortolan(['layer', 'convert', list, '--to', 'json', '--layer', '2']);
    expect(JSON.parse(second.stdout)).toMatchObject({ name: 'Two' });
    expect(second.stderr).toContain(`${list} at techniques[0]`);
    for (const args of [
      ['convert', list, '--to', 'csv'],
      ['render', list],
      ['share', list],
      ['diff', list, before],
    ]) {
      const { code, stderr } = runPortolan(['layer', ...args]);
      expect(code).toBe(0);
      expect(stderr).toContain(`${list}: expected one layer, found 2; the first is taken`);
    }
  });

  it('draws with the options that were given', () => {
    const args = [
      '--size',
      'a4',
      '--dark',
      '--scores',
      '--ids',
      '--subtechniques',
      'all',
      '--second',
      'glyph',
    ];
    const { code, stdout } = runPortolan(['layer', 'render', before, ...args]);
    expect(code).toBe(0);
    expect(stdout).toContain('<svg');
    expect(stdout).toContain('T1003.001');
  });

  it('combines by an expression, migrating the older layer first', () => {
    const { code, stdout, stderr } = runPortolan([
      'layer',
      'combine',
      before,
      old,
      '--score',
      'default(a, 0) + default(b, 0)',
    ]);
    const { techniques, versions } = JSON.parse(stdout) as {
      techniques: { techniqueID: string; score: number }[];
      versions: object;
    };
    expect(code).toBe(0);
    expect(versions).toMatchObject({ attack: '19.1' });
    const scores = Object.fromEntries(
      techniques.map(({ techniqueID, score }) => [techniqueID, score]),
    );
    expect(scores).toEqual({ T1059: 13, T1685: 57, 'T1003.001': 5 });
    expect(stderr).toContain('migrated to 19.1');
  });

  it('compares two layers', () => {
    const { code, stdout } = runPortolan(['layer', 'diff', before, after]);
    expect(code).toBe(0);
    expect(stdout).toContain('1 added, 1 lost, 1 better, 1 worse, 0 unchanged');
    expect(stdout).toMatch(/worse +T1685 +50 → 20/);
    const diff = JSON.parse(
      runPortolan(['layer', 'diff', before, after, '--lower-is-better', '--json']).stdout,
    ) as object;
    expect(diff).toMatchObject({ counts: { better: 1, worse: 1 }, attackVersion: '19.1' });
  });

  it('shares a layer as a link and opens it again', () => {
    const link = runPortolan([
      'layer',
      'share',
      before,
      '--base',
      'https://example.com/',
    ]).stdout.trim();
    expect(link).toMatch(/^https:\/\/example\.com\/#layer=[\w-]+$/);
    const { code, stdout } = runPortolan(['layer', 'open', link]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'Before', houseField: { kept: true } });
  });
});

describe('layers that are none', () => {
  const deep = write('deep.json', '['.repeat(10_000));
  it.each([
    [
      'not JSON',
      write('not.json', 'hello'),
      3,
      'not.json:1:1: expected a value, found "h" [JSON_INVALID]',
    ],
    ['no layer', write('none.json', '{"a": 1}'), 3, 'expected a Navigator layer'],
    ['an empty list', write('empty.json', '[]'), 3, 'found an empty list'],
    ['10,000 levels', deep, 3, 'deep.json:1:501'],
    [
      'cut-off gzip',
      write('cut.json.gz', gzipSync('{"a": 1}'.repeat(100)).subarray(0, 30)),
      3,
      'gzip data is cut off or damaged',
    ],
    ['no file', join(folder, 'nowhere.json'), 3, 'there is no such file'],
    ['a folder', folder, 3, 'it is a folder'],
    [
      'a million techniques',
      write(
        'many.json',
        layer('Many', {}).replace(
          '"techniques":[]',
          `"techniques":[${'{"techniqueID":"T1059"},'.repeat(1_000_000)}{}]`,
        ),
      ),
      3,
      'found 1000001',
    ],
  ])('%s: one line, nothing written', (_, path, code, message) => {
    const out = join(folder, 'never.csv');
    const run = runPortolan(['layer', 'convert', path, '--out', out]);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [['convert', before], 'expected --to FORMAT or --out FILE'],
    [['convert', before, '--to', 'doc'], 'expected a format'],
    [['convert', before, '--to', 'csv', '--layer', '9'], 'expected a layer from 1 to 1'],
    [['render', before, '--size', 'poster'], 'size: expected'],
    [['render', before, '--font-size', 'big'], '--font-size: expected a number'],
    [['combine', before, '--score', 'a +'], 'expression:1:4'],
    [['combine', before, '--score', 'a + c'], 'expected layers a in the expression'],
    [['combine', before, '--score', 'a', '--inherit', 'soul=a'], '--inherit: expected'],
    [['convert', before, '--to', 'csv', '--attack-version', '3'], 'expected an ATT&CK version'],
  ])('wrong usage %j ends with code 2 and one line', (args, message) => {
    const { code, stderr } = runPortolan(['layer', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says in words why a file cannot be written', () => {
    const { code, stderr } = runPortolan([
      'layer',
      'convert',
      before,
      '--out',
      join(before, 'x.csv'),
    ]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `portolan: cannot write ${join(before, 'x.csv')}: a part of its path is no folder\n`,
    });
  });

  it('says that a link is not whole', () => {
    expect(runPortolan(['layer', 'open', '#layer=AAAA'])).toMatchObject({ code: 3, stdout: '' });
  });
});

const WILD = '../shared/data/layers';

describe.skipIf(!existsSync(WILD))('layers in the wild (need ../shared/data)', () => {
  // The body of a skipped suite runs too.
  const names = existsSync(WILD)
    ? readdirSync(WILD, { recursive: true, encoding: 'utf8' })
    : ['any layer'];
  const files = names.filter((name) => name.endsWith('.json') || !existsSync(WILD));

  it.each(files)('%s is drawn and tabulated', (name) => {
    const path = join(WILD, name);
    for (const format of ['svg', 'csv']) {
      const { code, stdout } = runPortolan(['layer', 'convert', path, '--to', format]);
      expect(code).toBe(0);
      expect(stdout.length).toBeGreaterThan(1000);
    }
  });
});
