import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { initWorkspace } from '../../src/app/init-workspace.js';
import { mapEvents } from '../../src/app/map-events.js';
import { openWorkspace } from '../../src/app/open-workspace.js';
import { saveLayers } from '../../src/app/save-layers.js';
import { saveMapRun } from '../../src/app/save-map-run.js';
import { saveReadings } from '../../src/app/save-readings.js';
import { saveRules } from '../../src/app/save-rules.js';
import { readWorkspaceConfig } from '../../src/app/workspace-config.js';
import { AppError, formatIssue, type TechniqueId } from '../../src/model/index.js';
import type { ReportReading } from '../../src/reports/index.js';
import { openStore } from '../../src/store/index.js';
import { openSqliteFile } from '../../src/store/sql/sqlite-driver.js';

const root = mkdtempSync(join(tmpdir(), 'portolan-workspace-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('init', () => {
  it('makes a workspace whose file reads without an issue, and makes none twice', async () => {
    const folder = join(root, 'new/deep');
    const { made } = await initWorkspace({ folder });
    expect(made).toEqual(['.gitignore', 'layers/', 'portolan.db', 'portolan.yaml', 'rules/']);
    const text = readFileSync(join(folder, 'portolan.yaml'), 'utf8');
    const { config, issues } = readWorkspaceConfig(text, 'portolan.yaml');
    expect(issues).toEqual([]);
    expect(config).toMatchObject({ name: 'deep', scope: { domains: ['enterprise-attack'] } });
    await expect(initWorkspace({ folder })).rejects.toThrow(/already/);
    expect(readFileSync(join(folder, 'portolan.yaml'), 'utf8')).toBe(text);
  });

  it('makes what its comments offer when they are made entries', () => {
    const text = readFileSync(join(root, 'new/deep/portolan.yaml'), 'utf8');
    const told = text
      .replace(/^( *)(\w[\w-]*): \[\]$/gm, '$1$2:')
      .replace(/^( *)# (?=- |[\w-]+: )/gm, '$1');
    const { config, issues } = readWorkspaceConfig(told, 'portolan.yaml');
    expect(issues).toEqual([]);
    expect(config).toMatchObject({
      sector: 'finance',
      scope: { systems: ['mail', 'payroll'], businessUnits: ['finance'] },
      standards: { minConfidence: 0.5 },
    });
  });

  it('leaves no half of a workspace where the store cannot be reached', async () => {
    const folder = join(root, 'half');
    await expect(
      initWorkspace({ folder, store: 'postgres://127.0.0.1:1/x' }),
    ).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(existsSync(join(folder, 'portolan.yaml'))).toBe(false);
  });
});

describe('portolan.yaml', () => {
  const wrong: [string, string, string][] = [
    [
      'an unknown entry',
      'name: a\nsectr: x\n',
      'p.yaml:2:8 at sectr: unknown entry [WORKSPACE_INVALID]',
    ],
    ['a wrong type', 'scope:\n  systems: mail\n', 'p.yaml:2:12 at scope.systems'],
    ['an item of a list', 'scope:\n  platforms: [Linux, 3]\n', 'p.yaml:2:22 at scope.platforms[1]'],
    ['a domain', 'scope: {domains: [enterprise]}\n', 'p.yaml:1:19 at scope.domains[0]'],
    ['a ratio', 'standards:\n  min-confidence: 50\n', 'p.yaml:2:19 at standards.min-confidence'],
    [
      'a version',
      'attack-version: newest\n',
      'p.yaml:1:17 at attack-version: expected a version like 19.0',
    ],
  ];
  it.each(wrong)('names the place of %s and uses the rest', (_name, text, expected) => {
    const { issues, config } = readWorkspaceConfig(`${text}region: europe\n`, 'p.yaml');
    expect(issues.map(formatIssue).join('\n')).toContain(expected);
    expect(config.region).toBe('europe');
  });

  const refused: [string, string, RegExp][] = [
    ['what is no YAML', 'a: [1\nb: 2', /p\.yaml:\d+:\d+: expected YAML/],
    ['a store that is none', 'store: mysql://x', /p\.yaml:1:8 at store/],
    ['a password', 'store: postgres://u:secret@h/d', /holds a password/],
  ];
  it.each(refused)('refuses %s', (_name, text, message) => {
    expect(() => readWorkspaceConfig(text, 'p.yaml')).toThrow(message);
  });

  it('reads any text: a config, or an error of its own', () => {
    const yaml = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json().map((text) => text.replace(/"(\w)/g, '"scope$1')),
      fc
        .array(
          fc.constantFrom(
            'scope:',
            '\n',
            '  ',
            'systems:',
            '- ',
            'a',
            ': ',
            '&a ',
            '*a',
            '<<: ',
            '!!js ',
            '[',
            '{',
            '}',
            '"',
          ),
          { maxLength: 30 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(yaml, (text) => {
        try {
          readWorkspaceConfig(text, 'p');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe('a workspace', () => {
  it('is found from a folder below, and can name another store', async () => {
    const folder = join(root, 'found');
    await initWorkspace({ folder });
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    const below = await openWorkspace({ from: join(folder, 'a/b'), environment: {} });
    expect(below).toMatchObject({ folder, name: 'found', storePlace: join(folder, 'portolan.db') });
    await below.close();
    const other = join(root, 'other.db');
    const named = await openWorkspace({ folder, environment: { PORTOLAN_STORE: other } });
    expect(named.storePlace).toBe(other);
    await named.close();
    await expect(openWorkspace({ from: root, environment: {} })).rejects.toThrow(/portolan init/);
    await expect(openWorkspace({ folder: join(folder, 'a') })).rejects.toThrow(/no workspace/);
  });

  it('of a newer Portolan is refused and left as it is', async () => {
    const place = join(root, 'newer.db');
    await (await openStore(place)).close();
    const database = openSqliteFile(place);
    database.exec("update meta set value = 999 where name = 'version'");
    database.close();
    await expect(openStore(place)).rejects.toMatchObject({ code: 'STORE_NEWER' });
  });

  it('whose database is none is refused with its path', async () => {
    const place = join(root, 'none.db');
    writeFileSync(place, 'not a database at all, and long enough to be looked at'.repeat(50));
    await expect(openStore(place)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(place) as string,
    });
  });

  it('says nothing of the password when PostgreSQL cannot be reached', async () => {
    const opening = openStore('postgres://user:hunter2@127.0.0.1:1/db');
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});

describe('saving', () => {
  it('keeps every match of a run, whole, and adds nothing the second time', async () => {
    const store = await openStore(join(root, 'map.db'));
    const options = { paths: ['examples/investigation'], attackVersion: '19.1' };
    let matches = 0;
    const plain = await mapEvents({ ...options, onMatch: () => (matches += 1) });
    const saved = await saveMapRun(options, { store });
    expect(saved.outcome.result).toEqual(plain.result);
    expect(saved.import).toMatchObject({ status: 'finished', added: matches, duplicates: 0 });
    const again = await saveMapRun(options, { store });
    expect(again).toMatchObject({ isKnown: true, import: { added: matches, duplicates: matches } });
    const cells = new Map(
      (await store.mappings.aggregate({})).map((cell) => [cell.techniqueId, cell]),
    );
    for (const { techniqueId, matches: count, hosts } of plain.result.techniques) {
      const cell = cells.get(techniqueId as TechniqueId);
      expect(cell?.evidence.proposed).toBe(count);
      expect(cell?.subjects).toBeGreaterThanOrEqual(hosts.length === 0 ? 0 : 1);
    }
    const { items } = await store.mappings.evidence({ filter: { sources: ['sigma'] } });
    expect(
      items.every(
        ({ matched, fields }) => matched.length > 0 && matched.length < Object.keys(fields).length,
      ),
    ).toBe(true);
    await store.close();
  });

  it('keeps what was found by then when it is stopped', async () => {
    const store = await openStore(join(root, 'stopped.db'));
    const controller = new AbortController();
    controller.abort();
    const saved = await saveMapRun(
      { paths: ['examples/investigation'], attackVersion: '19.1', signal: controller.signal },
      { store },
    );
    expect(saved.import.status).toBe('cancelled');
    await store.close();
  });

  it('keeps rules with their texts as capability, and layers as they are', async () => {
    const store = await openStore(join(root, 'rules.db'));
    const folder = join(root, 'rule-files');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.yml'),
      'title: Encoded\nid: 11111111-2222-4333-8444-555555555555\nlevel: high\nlogsource: {product: windows}\ntags: [attack.t1059.001]\ndetection: {s: {a: b}, condition: s}\n',
    );
    writeFileSync(join(folder, 'bad.yml'), 'title: [');
    const rules = await saveRules({ store, paths: [folder] });
    expect(rules).toMatchObject({ added: 1, import: { kind: 'rules', status: 'finished' } });
    expect(await saveRules({ store, paths: [folder] })).toMatchObject({ added: 0, same: 1 });
    expect(await store.mappings.aggregate({})).toMatchObject([
      { techniqueId: 'T1059.001', evidenceKind: 'capability', evidence: { proposed: 1 } },
    ]);
    const layer = join(root, 'layer.json');
    writeFileSync(
      layer,
      JSON.stringify({
        name: 'L',
        domain: 'enterprise-attack',
        versions: { layer: '4.5', attack: '19' },
        techniques: [{ techniqueID: 'T1003', score: 1 }],
      }),
    );
    const saved = await saveLayers({ store, paths: [layer, join(root, 'missing.json')] });
    expect(saved.layers.map(({ name }) => name)).toEqual(['L']);
    expect(saved.import.issueCount).toBe(1);
    expect(
      (await saveLayers({ store, paths: [layer, join(root, 'missing.json')] })).layers,
    ).toEqual([]);
    await store.close();
  });

  it('keeps what a report says, each technique with its own sentences', async () => {
    const store = await openStore(join(root, 'report.db'));
    const reading = readingOf('Carol dumped lsass. Then the group used PowerShell.', [
      ['T1003.001', 0, 19],
      ['T1059.001', 20, 51],
    ]);
    const saved = await saveReadings({ store, readings: [reading] });
    expect(saved).toMatchObject({ kind: 'reports', added: 2, status: 'finished' });
    expect(await saveReadings({ store, readings: [reading] })).toMatchObject({
      added: 2,
      duplicates: 2,
      runs: 2,
    });
    const filter = { techniqueIds: ['T1003.001' as TechniqueId] };
    const { items } = await store.mappings.evidence({ filter });
    expect(items).toMatchObject([
      {
        quote: 'Carol dumped lsass.',
        evidenceKind: 'intel',
        detail: { lane: 'name' },
        record: '0-19',
      },
    ]);
    await store.close();
  });
});

function readingOf(
  text: string,
  found: readonly (readonly [string, number, number])[],
): ReportReading {
  return {
    kind: 'report-reading',
    document: {
      kind: 'report',
      source: 'r.txt',
      format: 'text',
      title: 'R',
      date: undefined,
      text,
      blocks: [],
    },
    textSha256: 'd'.repeat(64),
    attackVersion: '19.1',
    modelVersion: undefined,
    techniques: found.map(([techniqueId, start, end]) => {
      const sentence = { start, end, text: text.slice(start, end) };
      return {
        kind: 'technique',
        techniqueId: techniqueId as TechniqueId,
        name: techniqueId,
        tactics: [],
        confidence: 0.9,
        lane: 'name',
        certainty: 'accepted',
        mentions: [
          {
            ...sentence,
            lane: 'name',
            confidence: 0.9,
            certainty: 'accepted',
            why: ['x'],
            sentence,
          },
        ],
        decision: undefined,
      };
    }),
    tactics: [],
    groups: [],
    software: [],
    campaigns: [],
    mitigations: [],
    cves: [],
    iocs: [],
    issues: [],
  };
}
