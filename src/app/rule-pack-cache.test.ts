import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileRuleSet, createRuleEngine, prepareRules, readRules } from '../sigma/index.js';
import { cachedRulePack, type RuleText } from './rule-pack-cache.js';

const RULE = `
title: Folder listed
id: 00000000-0000-4000-8000-000000000001
logsource: {product: windows}
detection:
  one: {Image|endswith: '\\\\cmd.exe', CommandLine|contains|windash: ' -dir'}
  two: {CommandLine|re: 'x{2,}y'}
  condition: one or two
---
title: No condition
logsource: {product: windows}
detection: {one: {a: b}}
`;
const EVENT = {
  logsource: { product: 'windows', categories: [], services: [] },
  fields: new Map([
    ['Image', 'C:\\Windows\\CMD.exe'],
    ['CommandLine', 'cmd /dir'],
  ]),
};

let folder = '';
let builds = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-pack-'));
  builds = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function texts(rule = RULE): RuleText[] {
  return [{ source: 'rules/some.yml', bytes: Buffer.from(rule) }];
}

function open(some = texts(), into = join(folder, 'cache')) {
  return cachedRulePack(
    some,
    () => {
      builds += 1;
      const read = some.map(({ source, bytes }) =>
        readRules(Buffer.from(bytes).toString('utf8'), { source }),
      );
      const { rules: compiled, correlations, issues, refused } = prepareRules(read);
      const rules = compiled.map(({ rule }) => rule);
      return { rules, correlations, issues, refused, image: compileRuleSet(rules) };
    },
    { folder: into },
  );
}

function packs(): string[] {
  return readdirSync(join(folder, 'cache')).map((name) => join(folder, 'cache', name));
}

function onlyPack(): string {
  const [file = ''] = packs();
  return file;
}

describe('cachedRulePack', () => {
  it('compiles once and then says the same, Issues too', async () => {
    const first = await open();
    const second = await open();
    expect(builds).toBe(1);
    expect(second).toEqual(first);
    expect(second.issues).toMatchObject([{ code: 'RULE_INVALID', at: { line: 12 } }]);
    for (const { image, rules } of [first, second]) {
      const engine = createRuleEngine(
        image,
        rules.map(({ logsource }) => logsource),
      );
      expect([...engine.match(EVENT)]).toEqual([0]);
    }
  });

  it('compiles anew when a rule changes in place, by as little as a letter', async () => {
    await open();
    const changed = await open(texts(RULE.replace('Folder listed', 'Folder lister')));
    expect(builds).toBe(2);
    expect(changed.rules[0]?.title).toBe('Folder lister');
  });

  it.each([
    ['cut off', (file: string) => truncateSync(file, 500)],
    ['empty', (file: string) => writeFileSync(file, '')],
    ['of other bytes', (file: string) => writeFileSync(file, Buffer.alloc(4_000, 7))],
    [
      'changed in one bit',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
    [
      'gone',
      (file: string) => {
        rmSync(file);
      },
    ],
  ])('compiles anew when the pack is %s', async (_what, harm) => {
    const first = await open();
    harm(onlyPack());
    expect(await open()).toEqual(first);
    expect(builds).toBe(2);
    await open();
    expect(builds).toBe(2);
  });

  it('works without a place to write to', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const pack = await open(texts(), join(file, 'below'));
    expect(pack.rules).toHaveLength(1);
    expect(builds).toBe(1);
  });

  it('lets several write at once, leaves one whole pack and nothing else', async () => {
    await Promise.all(Array.from({ length: 6 }, () => open()));
    expect(packs()).toHaveLength(1);
    builds = 0;
    await open();
    expect(builds).toBe(0);
  });

  it('keeps no more than some packs', async () => {
    for (let index = 0; index < 12; index += 1) await open(texts(`${RULE}# ${index}\n`));
    expect(packs().length).toBeLessThanOrEqual(8);
  });
});
