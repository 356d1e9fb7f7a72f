import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readLayer } from '../../src/layers/index.js';
import { processLog } from '../evtx/made-up-events.js';
import { emptyUserFolder, runPortolan } from './run-portolan.js';

const EXAMPLE = 'examples/investigation';
const SHARED = '../shared/data';
const folder = mkdtempSync(join(tmpdir(), 'portolan-cli-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function freshFolder(): string {
  count += 1;
  const path = join(folder, String(count));
  mkdirSync(path);
  return path;
}

function map(...args: readonly string[]) {
  const run = runPortolan(['map', ...args]);
  return { ...run, json: () => JSON.parse(run.stdout) };
}

const evil = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventID: 1,
    Image: 'C:\\Windows\\System32\\whoami.exe',
    CommandLine: 'whoami /all',
    ...fields,
  });

function mapAll(path: string, log: Uint8Array) {
  writeFileSync(path, log);
  const { code, json } = map(path, ...onlyRule(), '--json');
  expect(code).toBe(0);
  return json();
}

const RULE = `title: Who am I
id: 9f3f5b2e-0000-4000-8000-000000000077
logsource: {product: windows, category: process_creation}
detection: {a: {CommandLine|contains: whoami}, condition: a}
level: high
tags: [attack.discovery, attack.t1033]
`;

/** Arguments that leave only the rule above. */
function onlyRule(): readonly string[] {
  const path = join(folder, 'rule.yml');
  writeFileSync(path, RULE);
  return ['--no-own-rules', '--rules', path];
}

describe('portolan map, its outputs', () => {
  it('writes one line a match, of exactly these fields, with the place of the event', () => {
    const root = freshFolder();
    mkdirSync(join(root, 'below'));
    writeFileSync(join(root, 'a.ndjson'), `\n${evil({ UtcTime: '2026-03-03 08:42:10.5' })}\n`);
    writeFileSync(
      join(root, 'below/logs.zip'),
      zipSync({ 'inner/b.json': Buffer.from(evil({ Computer: 'ws2' })) }),
    );
    const file = join(root, 'out/m.ndjson');
    const { code } = map(root, ...onlyRule(), '--matches', file, '--json');
    expect(code).toBe(0);
    const lines = readFileSync(file, 'utf8').split('\n');
    const rule = {
      ruleId: '9f3f5b2e-0000-4000-8000-000000000077',
      title: 'Who am I',
      level: 'high',
    };
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        ...rule,
        time: '2026-03-03T08:42:10.500Z',
        host: null,
        source: `${root}/a.ndjson`,
        record: '2',
        techniqueIds: ['T1033'],
        confidence: expect.any(Number),
      },
      {
        ...rule,
        time: null,
        host: 'ws2',
        source: `${root}/below/logs.zip!inner/b.json`,
        record: '1',
        techniqueIds: ['T1033'],
        confidence: expect.any(Number),
      },
    ]);
    expect(readdirSync(join(root, 'out'))).toEqual(['m.ndjson']);
  });

  it('writes a layer that reads back with scores, evidence and links, and no remark', () => {
    const file = join(freshFolder(), 'layer.json');
    const { json } = map(EXAMPLE, '--json', '--layer', file);
    const { layer, issues } = readLayer(JSON.parse(readFileSync(file, 'utf8')));
    expect(issues).toEqual([]);
    expect(layer?.versions).toMatchObject({ attack: '19.1', layer: '4.5' });
    for (const { techniqueId, confidence, evidence } of json().techniques) {
      const entry = layer?.techniques.find((one) => one.techniqueId === techniqueId);
      expect(entry?.score).toBe(Math.round(confidence * 100));
      expect(entry?.comment).toContain(`@ ${evidence[0].source}:${evidence[0].record}`);
      expect(entry?.links).toMatchObject([
        { url: `https://attack.mitre.org/techniques/${techniqueId.replace('.', '/')}` },
      ]);
    }
  });

  it('prints CSV with a row for each technique, no cell of which is a formula', () => {
    const root = freshFolder();
    writeFileSync(
      join(root, 'a.json'),
      evil({
        Computer: '=HYPERLINK("http://example.com")',
        User: '@SUM(1)\r\nx',
        CommandLine: '-whoami',
      }),
    );
    const { stdout } = map(root, ...onlyRule(), '--csv');
    const lines = stdout.split('\r\n');
    expect(lines[0]).toBe(
      'technique id,technique,tactics,confidence,matches,hosts,users,first seen,last seen,rule id,rule,level,time,host,source,record,fields',
    );
    expect(stdout).toContain(`"'=HYPERLINK(""http://example.com"")"`);
    expect(stdout).not.toMatch(/(?:^|,)"?[=@]/m);
    expect(stdout).toContain('CommandLine: -whoami');
  });

  it.each([
    [['--json', '--csv'], 'both'],
    [['--html', 'x.html', '--layer', 'x.html'], 'twice'],
    [['--matches', EXAMPLE], 'twice'],
    [['--since', 'yesterday'], '--since: expected'],
    [['--since', '2026-03-04', '--until', '2026-03-03'], 'before'],
    [['--workers', '0'], 'whole number'],
  ])('refuses %j', (args, words) => {
    const { code, stderr, stdout } = map(EXAMPLE, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it('says what cannot be written', () => {
    const { code, stderr } = map(EXAMPLE, '--html', join(EXAMPLE, 'cloudtrail.json/x.html'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot write')]);
  });
});

describe('portolan map, a range of time', () => {
  it('leaves out events before and from, counts them, and keeps those without a time', () => {
    const root = freshFolder();
    const times = ['2026-03-03 08:00:00', '2026-03-03 09:00:00', '2026-03-03 10:00:00'];
    const lines = [...times.map((UtcTime) => evil({ UtcTime })), evil()];
    writeFileSync(join(root, 'a.ndjson'), lines.join('\n'));
    const range = ['--since', '2026-03-03T09:00', '--until', '2026-03-03T11:00+01:00'];
    const file = join(root, '..', 'range.ndjson');
    const { stdout } = map(root, ...onlyRule(), ...range, '--matches', file);
    const found = readFileSync(file, 'utf8').trim().split('\n');
    expect(found.map((line) => JSON.parse(line).record)).toEqual(['2', '4']);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      'Events outside the time asked for (since 2026-03-03T09:00:00.000Z until 2026-03-03T10:00:00.000Z): 2 of 4; the input holds events from 2026-03-03T08:00:00.000Z to 2026-03-03T10:00:00.000Z',
    );
    expect(text).toContain('Events without a time, which were not left out: 1');
  });
});

describe('portolan map, any number of workers', () => {
  function outputs(paths: readonly string[], workers: string): readonly string[] {
    const root = freshFolder();
    const files = ['m.ndjson', 'l.json', 'r.html'].map((name) => join(root, name));
    const [matches = '', layer = '', html = ''] = files;
    const { stdout } = map(
      ...[...paths, '--json', '--workers', workers],
      ...['--matches', matches, '--layer', layer, '--html', html],
    );
    return [stdout, ...files.map((file) => readFileSync(file, 'utf8'))];
  }

  it('gives the same bytes of the examples', () => {
    const one = outputs([EXAMPLE], '1');
    expect(one[1]).not.toBe('');
    expect(outputs([EXAMPLE], '2')).toEqual(one);
    expect(outputs([EXAMPLE], '4')).toEqual(one);
  });

  it('gives the same bytes of a large file that is read in parts, with right lines', () => {
    const path = join(freshFolder(), 'large.ndjson');
    const filler = 'x'.repeat(30_000);
    const wanted: string[] = [];
    const lines: string[] = [];
    for (let line = 1; line <= 2_600; line += 1) {
      const isEvil = line % 100 === 0;
      if (isEvil) wanted.push(String(line));
      lines.push(isEvil ? evil({ UtcTime: '2026-03-03 08:00:00' }) : JSON.stringify({ a: filler }));
    }
    lines[2_500] = '{"cut": ';
    writeFileSync(path, lines.join('\n'));
    const one = outputs([path], '1');
    const matches = (one[1] ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const whoami = matches.filter(({ title }) => title === matches[0].title);
    expect(whoami.map(({ record }) => record)).toEqual(wanted);
    const result = JSON.parse(one[0] ?? '');
    expect(result.input).toMatchObject({ files: 1, events: 2_599 });
    expect(result.issues).toMatchObject([
      { code: 'JSON_INVALID', at: { source: path, line: 2_501 } },
    ]);
    expect(outputs([path], '2')).toEqual(one);
  });

  it.skipIf(!existsSync(`${SHARED}/evtx/Execution`))(
    'gives the same bytes of real event logs (needs ../shared/data)',
    () => {
      const paths = [`${SHARED}/evtx/Execution`, `${SHARED}/evtx/Lateral Movement`];
      const one = outputs(paths, '1');
      expect(JSON.parse(one[0] ?? '').techniques.length).toBeGreaterThan(5);
      expect(outputs(paths, '3')).toEqual(one);
    },
  );
});

describe('portolan map, bad input', () => {
  it('reads on after damaged logs, long lines, links in a circle and files that hold no log', () => {
    const root = freshFolder();
    writeFileSync(join(root, 'a-good.json'), evil());
    writeFileSync(
      join(root, 'b-long.ndjson'),
      `${evil({ CommandLine: 'x'.repeat(1e7) })}\n${evil()}\n`,
    );
    writeFileSync(join(root, 'c-cut.json.gz'), gzipSync(evil()).subarray(0, 40));
    writeFileSync(
      join(root, 'd-damaged.evtx'),
      Buffer.concat([Buffer.from('ElfFile\0'), Buffer.alloc(70_000, 7)]),
    );
    writeFileSync(join(root, 'e-binary'), Buffer.from([0, 1, 2, 3, 0, 255, 0, 1]));
    writeFileSync(join(root, 'f-empty'), '');
    symlinkSync('.', join(root, 'g-loop'));
    symlinkSync('h-self', join(root, 'h-self'));
    writeFileSync(join(root, 'i-deep.json'), '['.repeat(10_000) + ']'.repeat(10_000));
    writeFileSync(join(root, 'j-good.json'), evil());
    const { code, json, stderr } = map(root, ...onlyRule(), '--json', '--workers', '2');
    expect([code, stderr]).toEqual([0, '']);
    const { techniques, issues, input } = json();
    expect(techniques).toMatchObject([{ techniqueId: 'T1033', matches: 3 }]);
    const named = new Set(
      issues.map((one: { at?: { source?: string } }) => one.at?.source?.split('/').at(-1)),
    );
    for (const name of [
      'b-long.ndjson',
      'c-cut.json.gz',
      'd-damaged.evtx',
      'e-binary',
      'f-empty',
      'h-self',
      'i-deep.json',
    ])
      expect(named).toContain(name);
    expect(input.issueCount).toBe(issues.length);
  });

  it('lists the first hundred issues and counts all', () => {
    const path = join(freshFolder(), 'bad.ndjson');
    writeFileSync(path, `${evil()}\n${'{"a": \n'.repeat(250)}${evil()}\n`);
    const { json } = map(path, ...onlyRule(), '--json');
    expect(json().issues).toHaveLength(100);
    expect(json().input.issueCount).toBeGreaterThan(200);
  });

  it('obeys no terminal escape of a log, a name of a file or a rule', () => {
    const root = freshFolder();
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u202e\u009b31m';
    writeFileSync(
      join(root, `a${hostile.replaceAll('/', '')}.json`),
      evil({ Computer: hostile, User: hostile, CommandLine: `whoami ${hostile}` }),
    );
    for (const args of [[], ['--html', join(root, 'r.html'), '--layer', join(root, 'l.json')]]) {
      const { stdout, stderr } = map(join(root), ...onlyRule(), ...args);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(stdout).toContain('T1033');
    }
  });

  it('says why no rule could apply to a file', () => {
    const path = join(freshFolder(), 'a.json');
    writeFileSync(path, '{"Channel":"Security","EventID":4104}');
    const text = map(path, ...onlyRule()).stdout.replace(/\s+/g, ' ');
    expect(text).toContain(
      `0 of 1 rules could apply to ${path}: its events are windows/security, event id 4104`,
    );
  });

  it('ends when a file grows while it is read', async () => {
    const path = join(freshFolder(), 'growing.ndjson');
    writeFileSync(path, `${evil()}\n`.repeat(20_000));
    const { child, ended } = start(path, ...onlyRule(), '--json');
    const timer = setInterval(() => appendFileSync(path, `${evil()}\n`), 1);
    const { code, stdout } = await ended;
    clearInterval(timer);
    expect(child.killed).toBe(false);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).input.events).toBeGreaterThanOrEqual(20_000);
  });

  it('reads on when files vanish or are cut while it reads', async () => {
    const root = freshFolder();
    const [cut, gone, last] = ['a-cut', 'b-gone', 'c-last'].map((name) =>
      join(root, `${name}.ndjson`),
    ) as [string, string, string];
    const matches = join(freshFolder(), 'm.ndjson');
    writeFileSync(cut, `${evil()}\n`.repeat(400_000));
    writeFileSync(gone, evil());
    writeFileSync(last, evil());
    const { ended } = start(
      root,
      ...onlyRule(),
      ...['--json', '--workers', '1', '--matches', matches],
    );
    const timer = setInterval(() => {
      // Reading has begun when a match is written.
      const [part] = readdirSync(dirname(matches));
      if (part === undefined || statSync(join(dirname(matches), part)).size === 0) return;
      clearInterval(timer);
      truncateSync(cut, 100);
      rmSync(gone);
    }, 5);
    const { code, stdout } = await ended;
    clearInterval(timer);
    expect(code).toBe(0);
    const { issues, techniques } = JSON.parse(stdout);
    expect(issues.map((one: { at: { source: string } }) => one.at.source)).toContain(gone);
    expect(techniques[0].matches).toBeLessThan(400_001);
    expect(readFileSync(matches, 'utf8')).toContain(JSON.stringify(last));
  });

  it('gives the events of an event log around the chunks that are damaged, and names those', () => {
    const path = join(freshFolder(), 'damaged.evtx');
    const log = processLog([[1, 2, 3], [4, 5], [6], [7, 8]]);
    const whole = mapAll(path, log);
    // The second chunk loses its header, the third a piece of its records; the last is cut off half way.
    const damaged = Uint8Array.from(log.subarray(0, log.length - 40_000));
    damaged.fill(0xff, 4096 + 65_536, 4096 + 65_536 + 64);
    damaged.fill(0, 4096 + 2 * 65_536 + 600, 4096 + 2 * 65_536 + 700);
    const { input, issues } = mapAll(path, damaged);
    expect(whole.input).toMatchObject({ events: 8, issueCount: 0 });
    expect(input.events).toBeGreaterThanOrEqual(3);
    expect(issues.length).toBeGreaterThanOrEqual(2);
    for (const { at } of issues) expect(at).toMatchObject({ source: path });
  });

  it('gives what is known when it is stopped, and says so', async () => {
    const root = freshFolder();
    const matches = join(root, 'm.ndjson');
    const pipe = join(root, 'log.ndjson');
    writeFileSync(pipe, `${evil()}\n`.repeat(400_000));
    const { child, ended } = start(
      pipe,
      ...onlyRule(),
      '--json',
      '--workers',
      '1',
      '--matches',
      matches,
    );
    const timer = setInterval(() => {
      if (!readdirSync(root).some((name) => name.endsWith('.part'))) return;
      clearInterval(timer);
      child.kill('SIGINT');
    }, 20);
    const { code, stdout, stderr } = await ended;
    clearInterval(timer);
    expect(code).toBe(130);
    expect(stderr).toContain('stopped before the end');
    expect(JSON.parse(stdout).attackVersion).toBe('19.1');
    expect(existsSync(matches)).toBe(true);
  });
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'map', ...args], {
    env: { ...process.env, PORTOLAN_HOME: emptyUserFolder, NO_COLOR: '1' },
    timeout: 60_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}
