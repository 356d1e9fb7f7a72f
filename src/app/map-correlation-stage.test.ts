import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mapEvents } from './map-events.js';
import type { RuleMatch } from './map-result.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-correlation-'));
afterAll(() => rmSync(folder, { recursive: true }));

let fileCount = 0;

function write(name: string, content: string): string {
  fileCount += 1;
  mkdirSync(join(folder, String(fileCount)));
  const path = join(folder, String(fileCount), name);
  writeFileSync(path, content);
  return path;
}

const FAILED = `title: Failed logon
name: failed_logon
level: low
tags: [attack.t1078]
logsource: {product: windows, service: security}
detection: {selection: {EventID: 4625}, condition: selection}
`;

const correlation = (extra: string, level = 'high') => `title: Many failed logons
level: ${level}
tags: [attack.t1110.001]
correlation:
  type: event_count
  rules: [failed_logon]
  group-by: [TargetUserName]
  timespan: 5m
  condition: {gte: 3}
${extra}`;

const logon = (second: number, fields: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    Channel: 'Security',
    EventID: 4625,
    TargetUserName: 'adm',
    Computer: 'ws1',
    TimeCreated: `2026-03-03T08:00:${String(second).padStart(2, '0')}Z`,
    ...fields,
  });

async function map(rules: string, options: { minLevel?: 'high' } = {}) {
  const matches: RuleMatch[] = [];
  const outcome = await mapEvents({
    paths: [
      // The second file goes on where the first one began.
      write('a.ndjson', [logon(20), logon(30, { TargetUserName: 'bob' })].join('\n')),
      write('b.ndjson', [logon(0), logon(10), logon(40)].join('\n')),
    ],
    // In a file of its own, before the rule that it names.
    rules: [write('a.yml', rules), write('b.yml', FAILED)],
    ownRules: false,
    minConfidence: 0,
    onMatch: (match) => matches.push(match),
    ...options,
  });
  return { ...outcome, matches };
}

describe('correlations in map', () => {
  it('match across files with their own tags and the events as evidence', async () => {
    const { result, matches } = await map(correlation(''));
    expect(matches).toMatchObject([
      {
        title: 'Many failed logons',
        level: 'high',
        time: '2026-03-03T08:00:20.000Z',
        host: 'ws1',
        record: '1',
        source: expect.stringMatching(/a\.ndjson$/),
        techniqueIds: ['T1110.001'],
      },
    ]);
    expect(result.issues).toEqual([]);
    expect(result.techniques).toMatchObject([{ techniqueId: 'T1110.001', matches: 1 }]);
    const fields = result.techniques[0]?.evidence[0]?.fields;
    expect(fields).toMatchObject({
      TargetUserName: 'adm',
      correlation: 'event_count = 4 within 300 s',
      events: '4',
    });
    const lines = fields?.['evidence']?.split('\n').map((line) => line.replace(/ \S*\//, ' '));
    expect(lines).toEqual([
      '2026-03-03T08:00:00.000Z b.ndjson 1: Failed logon',
      '2026-03-03T08:00:10.000Z b.ndjson 2: Failed logon',
      '2026-03-03T08:00:20.000Z a.ndjson 1: Failed logon',
      '2026-03-03T08:00:40.000Z b.ndjson 3: Failed logon',
    ]);
  });

  it('let their rules match as well when they say generate', async () => {
    const { matches } = await map(correlation('  generate: true\n'));
    expect(matches.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 5 }, () => 'Failed logon'),
      'Many failed logons',
    ]);
  });

  it('run on rules below the minimum level, which then do not match by themselves', async () => {
    const { matches, coverage } = await map(correlation('  generate: true\n'), {
      minLevel: 'high',
    });
    expect(matches.map(({ title }) => title)).toEqual(['Many failed logons']);
    expect(coverage.belowMinLevel).toBe(1);
  });

  it('below the minimum level do not run, nor do their rules', async () => {
    await expect(map(correlation('', 'medium'), { minLevel: 'high' })).rejects.toThrow(
      'no rule to run',
    );
  });

  it('say why nothing comes of a field that no event has', async () => {
    const { result, matches } = await map(
      correlation('').replace('group-by: [TargetUserName]', 'group-by: [NoSuchField]'),
    );
    expect(matches).toEqual([]);
    expect(result.issues).toMatchObject([
      {
        code: 'CORRELATION_INCOMPLETE',
        message: expect.stringContaining('none of 5 matches has all of NoSuchField'),
      },
    ]);
  });
});

describe('pipelines and placeholders in map', () => {
  const rule = `title: Bad user
tags: [attack.t1078]
logsource: {product: windows, service: security}
detection: {selection: {UserName|expand: '%admins%'}, condition: selection}
`;
  const events = () => write('e.ndjson', logon(1));

  it('are applied to rules before they run', async () => {
    const { result } = await mapEvents({
      paths: [events()],
      rules: [write('r.yml', rule)],
      pipelines: [
        write(
          'p.yml',
          'transformations: [{type: field_name_mapping, mapping: {UserName: TargetUserName}}]\n',
        ),
      ],
      placeholders: [write('values.yml', 'admins: [root, ad*]\n')],
      ownRules: false,
    });
    expect(result.issues).toEqual([]);
    expect(result.techniques).toMatchObject([{ techniqueId: 'T1078' }]);
  });

  it.each([
    ['pipelines', 'transformations: [{type: nothing}]\n', 'unknown transformation "nothing"'],
    ['pipelines', 'a: [', 'not YAML'],
    ['placeholders', 'admins: {a: 1}\n', '"admins": expected a list'],
    ['placeholders', '- 1\n', 'expected a map of names'],
    ['placeholders', '"a b": [1]\n', 'cannot be the name of a placeholder'],
  ])('stop the run when %s cannot be read: %j', async (option, text, message) => {
    await expect(
      mapEvents({ paths: [events()], [option]: [write('p.yml', text)], ownRules: true }),
    ).rejects.toThrow(message);
  });

  it('stop the run when the file is not there', async () => {
    await expect(
      mapEvents({ paths: [events()], pipelines: ['/nowhere/p.yml'] }),
    ).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });
});
