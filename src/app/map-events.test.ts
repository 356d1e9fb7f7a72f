import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mapEvents, parseLevel } from './map-events.js';
import type { MapOptions } from './map-options.js';

const EXAMPLE = 'examples/investigation';
const folder = mkdtempSync(join(tmpdir(), 'portolan-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

let fileCount = 0;
/** Writes a file into a folder of its own and gives its path. */
function write(name: string, content: string | Uint8Array): string {
  fileCount += 1;
  mkdirSync(join(folder, String(fileCount)));
  const path = join(folder, String(fileCount), name);
  writeFileSync(path, content);
  return path;
}

function ruleText(options: {
  tags: readonly string[];
  id?: string;
  level?: string;
  status?: string;
  value?: string;
}): string {
  const { tags, id, level = 'medium', status = 'test', value = 'evil' } = options;
  return [
    'title: Made up',
    ...(id === undefined ? [] : [`id: ${id}`]),
    `status: ${status}`,
    'logsource: {product: windows, category: process_creation}',
    `detection: {selection: {Image|contains: ${value}}, condition: selection}`,
    `level: ${level}`,
    `tags: [${tags.join(', ')}]`,
  ].join('\n');
}

const evil = (fields: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 1,
    Image: 'C:\\evil.exe',
    ...fields,
  });

function mapOne(rule: string, events: string, options: Partial<MapOptions> = {}) {
  return mapEvents({
    paths: [write('events.ndjson', events)],
    rules: [write('rule.yml', rule)],
    ownRules: false,
    minConfidence: 0,
    ...options,
  });
}

describe('the example investigation', () => {
  it('shows these techniques, each on its hosts', async () => {
    const { result } = await mapEvents({ paths: [EXAMPLE], minConfidence: 0 });
    const found = result.techniques.map(({ techniqueId, hosts }) => [
      techniqueId,
      hosts.map((host) => host.split('.')[0]).join(' '),
    ]);
    const attack = {
      'T1003.001': 'WS-FIN-07',
      'T1003.006': 'DC01',
      'T1003.008': 'web01',
      'T1021.002': 'FILES01',
      'T1027.010': 'WS-FIN-07',
      T1033: 'WS-FIN-07',
      T1047: 'FILES01',
      'T1053.003': 'web01',
      'T1053.005': 'WS-FIN-07',
      'T1059.001': 'WS-FIN-07',
      'T1059.004': 'web01',
      'T1069.002': 'WS-FIN-07',
      'T1070.003': 'web01',
      'T1098.001': '123456789012',
      'T1098.003': '123456789012',
      'T1098.004': 'web01',
      T1105: 'WS-FIN-07 web01',
      'T1204.002': 'WS-FIN-07',
      T1482: 'WS-FIN-07',
      T1537: '123456789012',
      'T1543.003': 'FILES01',
      'T1547.001': 'WS-FIN-07',
      'T1548.001': 'web01',
      'T1555.006': '123456789012',
      'T1558.003': 'DC01',
      'T1560.001': 'FILES01',
      'T1566.001': 'WS-FIN-07',
      'T1567.002': 'FILES01',
      'T1569.002': 'FILES01',
      T1685: 'WS-FIN-07',
      'T1685.002': '123456789012',
      'T1685.004': 'web01',
      'T1685.005': 'FILES01',
      'T1685.006': 'web01',
    };
    const hostsOf = new Map(found.map(([techniqueId = '', hosts]) => [techniqueId, hosts]));
    for (const [techniqueId, hosts] of Object.entries(attack))
      for (const host of hosts.split(' '))
        expect([techniqueId, hostsOf.get(techniqueId)]).toEqual([
          techniqueId,
          expect.stringContaining(host),
        ]);
    expect(result).toMatchObject({
      attackVersion: '19.1',
      input: { files: 5, events: 379, issueCount: 0 },
      issues: [],
      rules: { skipped: 0 },
    });
  });

  it('fires on no event of ordinary work', async () => {
    const matched = new Set<string>();
    await mapEvents({
      paths: [EXAMPLE],
      // Informational rules are about ordinary work: they are context for the others.
      minLevel: 'low',
      onMatch: ({ time, host }) => matched.add(`${time?.slice(11, 16)} ${host?.split('.')[0]}`),
    });
    // The attack, minute by minute; what is not listed here is ordinary work.
    expect([...matched].sort()).toEqual([
      '08:42 WS-FIN-07',
      '08:43 WS-FIN-07',
      '08:44 WS-FIN-07',
      '08:47 WS-FIN-07',
      '08:49 WS-FIN-07',
      '08:50 WS-FIN-07',
      '08:55 WS-FIN-07',
      '09:02 WS-FIN-07',
      '09:10 DC01',
      '09:31 FILES01',
      '09:40 FILES01',
      '10:05 DC01',
      '10:20 FILES01',
      '10:44 FILES01',
      '10:52 FILES01',
      '11:02 web01',
      '11:05 web01',
      '11:06 web01',
      '11:07 web01',
      '11:08 web01',
      '11:30 web01',
      '11:31 web01',
      '12:10 123456789012',
      '12:11 123456789012',
      '12:15 123456789012',
      '12:17 123456789012',
      '12:20 123456789012',
      '12:26 123456789012',
      '12:31 123456789012',
    ]);
  });

  it('gives the same result twice, and proof for every technique', async () => {
    const [first, second] = [
      await mapEvents({ paths: [EXAMPLE], minConfidence: 0 }),
      await mapEvents({ paths: [EXAMPLE], minConfidence: 0 }),
    ];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    for (const { evidence, techniqueId } of first.result.techniques) {
      expect([techniqueId, evidence.length > 0]).toEqual([techniqueId, true]);
      for (const { source, record, time } of evidence) {
        expect(source.startsWith(`${EXAMPLE}/`)).toBe(true);
        expect(record).toMatch(/^[1-9]\d*$/);
        expect(time).toMatch(/^2026-03-03T\d\d:\d\d:\d\d\.\d{3}Z$/);
      }
    }
    for (const mapping of first.mappings)
      expect(mapping).toMatchObject({
        evidenceKind: 'observed',
        attackVersion: '19.1',
        status: 'proposed',
        domain: 'enterprise-attack',
      });
    expect(first.mappings.length).toBeGreaterThanOrEqual(35);
  });

  it('lists the hosts in the order of first signs', async () => {
    const { subjects } = await mapEvents({ paths: [EXAMPLE], minConfidence: 0 });
    const times = subjects.map(({ firstSeen }) => firstSeen);
    expect(times).toEqual([...times].sort());
    const names = subjects.map(({ subject }) => subject.split('.')[0]);
    for (const name of ['WS-FIN-07', 'DC01', 'FILES01', 'web01', '123456789012'])
      expect(names).toContain(name);
  });

  it('says which events no rule is about', async () => {
    const linux = { rules: ['rules/linux'], ownRules: false };
    const { coverage } = await mapEvents({ paths: [EXAMPLE], ...linux });
    const counts = coverage.uncoveredLogsources.map(({ events }) => events);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.reduce((sum, events) => sum + events, 0)).toBe(379 - 16 - 51);
    expect(
      coverage.files.filter(({ uncoveredReason }) => uncoveredReason !== undefined),
    ).toHaveLength(3);
  });

  it('is told in the words of an older version of ATT&CK', async () => {
    const { result } = await mapEvents({
      paths: [EXAMPLE],
      attackVersion: '18.1',
      minConfidence: 0,
    });
    const ids = result.techniques.map(({ techniqueId }) => techniqueId);
    expect(result.attackVersion).toBe('18.1');
    expect(ids).toEqual(
      expect.arrayContaining(['T1562.001', 'T1562.008', 'T1562.012', 'T1070.001', 'T1070.002']),
    );
    expect(ids.filter((id) => id.startsWith('T1685'))).toEqual([]);
    expect(result.issues).toEqual([]);
  });
});

describe('mapEvents', () => {
  it('gives the document of --json, field by field', async () => {
    const events = `${evil({ UtcTime: '2026-03-03 08:42:10.123', Computer: 'ws1', User: 'anna' })}\n${evil({ Computer: 'ws2' })}\n`;
    const { result } = await mapOne(
      ruleText({
        tags: ['attack.execution', 'attack.t1204.002'],
        id: '9f3f5b2e-0000-4000-8000-000000000001',
      }),
      events,
    );
    const [technique] = result.techniques;
    const source = technique?.evidence[0]?.source;
    expect(result).toEqual({
      attackVersion: '19.1',
      input: { files: 1, events: 2, bytes: events.length, issueCount: 0 },
      issues: [],
      rules: { loaded: 1, applicable: 1, skipped: 0 },
      techniques: [
        {
          techniqueId: 'T1204.002',
          name: 'Malicious File',
          tactics: ['execution'],
          confidence: expect.any(Number),
          matches: 2,
          hosts: ['ws1', 'ws2'],
          users: ['anna'],
          firstSeen: '2026-03-03T08:42:10.123Z',
          lastSeen: '2026-03-03T08:42:10.123Z',
          evidence: [
            {
              ruleId: '9f3f5b2e-0000-4000-8000-000000000001',
              title: 'Made up',
              level: 'medium',
              time: '2026-03-03T08:42:10.123Z',
              host: 'ws1',
              source,
              record: '1',
              fields: { Image: 'C:\\evil.exe' },
            },
            {
              ruleId: '9f3f5b2e-0000-4000-8000-000000000001',
              title: 'Made up',
              level: 'medium',
              time: null,
              host: 'ws2',
              source,
              record: '2',
              fields: { Image: 'C:\\evil.exe' },
            },
          ],
        },
      ],
    });
  });

  it.each([
    ['an id that v19 revoked', 'attack.t1562.001', '19.1', ['T1685']],
    ['an id that only v19 has', 'attack.t1685.005', '18.1', ['T1070.001']],
    ['an id in capitals', 'attack.T1059', '19.1', ['T1059']],
  ])('carries %s to the version of the result', async (_, tag, attackVersion, expected) => {
    const { result } = await mapOne(ruleText({ tags: [tag] }), evil(), { attackVersion });
    expect(result.techniques.map(({ techniqueId }) => techniqueId)).toEqual(expected);
  });

  it('names the rule whose technique does not exist', async () => {
    const { result, coverage } = await mapOne(ruleText({ tags: ['attack.t9999'] }), evil());
    expect(result.techniques).toEqual([]);
    expect(result.issues).toMatchObject([{ code: 'TECHNIQUE_UNKNOWN', at: { line: 1 } }]);
    expect(coverage.matchesWithoutTechnique).toEqual([{ title: 'Made up', matches: 1 }]);
  });

  it('is surer when different rules agree, not when one fires often', async () => {
    const rules = [
      write('a.yml', ruleText({ tags: ['attack.t1059'] })),
      write('b.yml', ruleText({ tags: ['attack.t1059'], value: '.exe' })),
    ];
    const confidenceOf = async (events: string, used: readonly string[]) => {
      const options = { rules: used, ownRules: false, minConfidence: 0 };
      const { result } = await mapEvents({ paths: [write('e.json', events)], ...options });
      return result.techniques[0]?.confidence ?? Number.NaN;
    };
    const once = await confidenceOf(evil(), rules.slice(0, 1));
    const often = await confidenceOf(`${evil()}\n`.repeat(100), rules.slice(0, 1));
    expect(often).toBeLessThan(once + 0.1);
    expect(await confidenceOf(evil(), rules)).toBeGreaterThanOrEqual(once);
  });

  it('leaves out what is below the minimum level or confidence, and says how much', async () => {
    const low = ruleText({ tags: ['attack.t1059'], level: 'low', status: 'experimental' });
    const all = await mapOne(low, evil());
    const confidence = all.result.techniques[0]?.confidence ?? Number.NaN;
    const above = await mapOne(low, evil(), { minConfidence: confidence + 0.01 });
    expect([above.result.techniques, above.coverage.belowThreshold]).toEqual([[], 1]);
    const at = await mapOne(low, evil(), { minConfidence: confidence });
    expect([at.result.techniques.length, at.coverage.belowThreshold]).toEqual([1, 0]);
    const rules = [write('a.yml', low), write('b.yml', ruleText({ tags: [], level: 'high' }))];
    const byLevel = await mapEvents({
      paths: [write('e.json', evil())],
      rules,
      ownRules: false,
      minLevel: 'high',
    });
    expect([byLevel.result.rules.loaded, byLevel.coverage.belowMinLevel]).toEqual([1, 1]);
  });

  it('reports rules that it cannot use and runs the others', async () => {
    const rules = `${ruleText({ tags: ['attack.t1059'] })}\n---\ntitle: b\nlogsource: {product: windows}\ndetection:\n  a:\n    A|re: '(?=x)'\n  condition: a\n---\ntitle: c\ncorrelation: {type: event_count, rules: [a], timespan: 5m, group-by: [A], condition: {gte: 3}}\n`;
    const { result } = await mapOne(rules, evil());
    expect(result.rules).toEqual({ loaded: 1, applicable: 1, skipped: 2 });
    expect(result.issues).toMatchObject([
      { code: 'RULE_UNSUPPORTED', at: { line: 12, column: 5 } },
      { code: 'RULE_INVALID', message: expect.stringContaining('refers to "a"'), at: { line: 15 } },
    ]);
    expect(result.techniques).toHaveLength(1);
  });

  it('never lets a Security event 4104 meet a PowerShell rule', async () => {
    const rule =
      'title: a\nlogsource: {product: windows, category: ps_script}\ndetection: {a: {ScriptBlockText|contains: x}, condition: a}\ntags: [attack.t1059.001]\n';
    const event = (Channel: string) =>
      JSON.stringify({ Channel, EventID: 4104, ScriptBlockText: 'x' });
    expect((await mapOne(rule, event('Security'))).result.techniques).toEqual([]);
    expect(
      (await mapOne(rule, event('Microsoft-Windows-PowerShell/Operational'))).result.techniques,
    ).toHaveLength(1);
  });

  it('says that a file holds no log, and which file no rule is about', async () => {
    const paths = [
      write('a.bin', new Uint8Array([0, 1, 2, 255, 0])),
      write('b.json', '{"a":1}\n'),
      write('empty', ''),
    ];
    const { result, coverage } = await mapEvents({ paths });
    expect(result.issues.map(({ code, at }) => [code, at?.source])).toEqual([
      ['LOG_UNRECOGNISED', paths[0]],
      ['LOG_UNCOVERED', paths[1]],
      ['LOG_UNRECOGNISED', paths[2]],
    ]);
    expect(coverage.files.map(({ events, coveredEvents }) => [events, coveredEvents])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
  });

  it('passes over links in a circle and broken ones', async () => {
    const path = write('a.json', evil());
    const around = join(path, '..');
    symlinkSync('.', join(around, 'loop'));
    symlinkSync('nowhere', join(around, 'broken'));
    const { result } = await mapEvents({ paths: [around] });
    expect(result.input.files).toBe(1);
    const names = result.issues.map(({ code, at }) => [code, at?.source?.split('/').at(-1)]);
    expect(names).toContainEqual(['FILE_UNREADABLE', 'broken']);
  });

  it.each([
    ['no path', { paths: [] }, 'USAGE'],
    ['a path that does not exist', { paths: ['/does/not/exist'] }, 'SOURCE_UNREADABLE'],
    [
      'an ATT&CK version that does not exist',
      { paths: [EXAMPLE], attackVersion: '3.0' },
      'NOT_FOUND',
    ],
    ['no rule', { paths: [EXAMPLE], ownRules: false }, 'SOURCE_UNREADABLE'],
    [
      'a folder of rules that does not exist',
      { paths: [EXAMPLE], rules: ['/does/not/exist'] },
      'SOURCE_UNREADABLE',
    ],
    [
      'a folder of rules without rules',
      { paths: [EXAMPLE], rules: [EXAMPLE] },
      'SOURCE_UNREADABLE',
    ],
  ])('refuses %s', async (_, options, code) => {
    await expect(mapEvents(options)).rejects.toMatchObject({ name: 'AppError', code });
  });

  it('knows the levels of Sigma', () => {
    expect(parseLevel('HIGH')).toBe('high');
    expect(() => parseLevel('big')).toThrow('expected a level');
  });
});
