import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { badReports } from '../reports/bad-reports.js';
import { runPortolan } from './run-portolan.js';

const EXAMPLES = 'examples/reports';
const HTML = `${EXAMPLES}/harbour-lantern.html`;
const folder = mkdtempSync(join(tmpdir(), 'portolan-cli-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function freshFolder(): string {
  count += 1;
  const path = join(folder, String(count));
  mkdirSync(path);
  return path;
}

interface JsonMention {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lane: string;
}

interface JsonReport {
  readonly source: string;
  readonly title: string | null;
  readonly date: string | null;
  readonly text: string;
  readonly inReview: number;
  readonly techniques: readonly {
    readonly techniqueId: string;
    readonly tactics: readonly string[];
    readonly confidence: number;
    readonly lane: string;
    readonly certainty: string;
    readonly mentions: readonly JsonMention[];
  }[];
  readonly groups: readonly { attackId: string }[];
  readonly software: readonly { attackId: string; mentions: readonly JsonMention[] }[];
  readonly cves: readonly { cveId: string }[];
  readonly iocs: readonly {
    type: string;
    value: string;
    defanged: string;
    start: number;
    end: number;
  }[];
  readonly issues: readonly { code: string }[];
}

function read(...args: readonly string[]) {
  const run = runPortolan(['read', ...args]);
  const json = () =>
    JSON.parse(run.stdout) as {
      reports: readonly JsonReport[];
      issues: readonly { code: string; message: string; at?: { source?: string } }[];
    };
  return { ...run, json };
}

const idsOf = (report: JsonReport | undefined) =>
  report?.techniques.map(({ techniqueId }) => techniqueId) ?? [];

describe('portolan read, on the examples', () => {
  const run = read(EXAMPLES, '--json', '--text', '--include-review');
  const reports = run.code === 0 ? run.json().reports : [];

  it('reads each with its title and date', () => {
    expect(reports.map(({ source, title, date }) => [source, title, date?.slice(0, 10)])).toEqual([
      [
        `${EXAMPLES}/copper-kettle.pdf`,
        'Copper Kettle: an access broker and its stealer',
        '2026-06-09',
      ],
      [HTML, 'Harbour Lantern: how an invoice emptied a freight company', '2026-04-14'],
      [`${EXAMPLES}/quiet-orchard.md`, 'Quiet Orchard reads the mail of a ministry', '2026-05-20'],
    ]);
  });

  it('quotes every mention verbatim, in every format', () => {
    for (const { text, techniques, iocs, software } of reports) {
      const mentions = [...techniques, ...software].flatMap((one) => one.mentions);
      expect(mentions.length).toBeGreaterThan(0);
      for (const mention of mentions)
        expect(text.slice(mention.start, mention.end)).toBe(mention.text);
      for (const { start, end } of iocs) expect(text.slice(start, end).trim()).not.toBe('');
    }
  });

  it('takes ids that stand in the text, follows old ones, and leaves advice for review', () => {
    const [pdf, html, markdown] = reports;
    const accepted = (report: JsonReport | undefined) =>
      report?.techniques
        .filter((one) => one.certainty === 'accepted')
        .map((one) => one.techniqueId);
    expect(accepted(html)).toEqual(
      expect.arrayContaining(['T1566.001', 'T1059.001', 'T1053.005', 'T1003.001', 'T1486']),
    );
    expect(idsOf(html)).not.toContain('T1086');
    const powershell = html?.techniques.find((one) => one.techniqueId === 'T1059.001');
    expect(powershell?.mentions.map(({ text }) => text)).toContain('T1086');
    expect(new Set(powershell?.mentions.map(({ lane }) => lane)).has('explicit')).toBe(true);
    expect(accepted(markdown)).not.toContain('T1114.003');
    expect(idsOf(markdown)).toContain('T1114.003');
    expect(idsOf(pdf)).toContain('T1003.003');
  });

  it('finds who, with what, by which weakness, and the indicators', () => {
    const [pdf, html, markdown] = reports;
    expect(html?.software.map(({ attackId }) => attackId)).toEqual(
      expect.arrayContaining(['S0002', 'S0029']),
    );
    expect(pdf?.cves).toMatchObject([{ cveId: 'CVE-2021-34527' }]);
    expect(markdown?.cves).toMatchObject([{ cveId: 'CVE-2024-21887' }]);
    expect(html?.iocs).toContainEqual(
      expect.objectContaining({
        type: 'domain',
        value: 'cdn-metrics.example',
        defanged: 'cdn-metrics[.]example',
      }),
    );
  });

  it('lists accepted techniques alone unless asked, the surest first', () => {
    const [report] = read(HTML, '--json').json().reports;
    const confidences = report?.techniques.map(({ confidence }) => confidence) ?? [];
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(report?.techniques.every(({ certainty }) => certainty === 'accepted')).toBe(true);
    expect(report?.inReview).toBeGreaterThan(0);
    expect(report?.text).toBeUndefined();
  });

  it('reads the lanes that are asked for', () => {
    const [report] = read(HTML, '--json', '--include-review', '--lane', 'explicit').json().reports;
    expect(new Set(report?.techniques.map(({ lane }) => lane))).toEqual(new Set(['explicit']));
    const [all] = read(HTML, '--json', '--min-confidence', '0.99', '--lane', 'explicit,name').json()
      .reports;
    expect(all?.techniques).toEqual([]);
  });

  it('prints plain text for people when piped', () => {
    const { stdout, stderr, code } = read(HTML);
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
    for (const words of ['T1059.001', 'Waits for review', 'CVE-2023-46805', 'Indicators, defanged'])
      expect(stdout).toContain(words);
  });

  it('writes every format', () => {
    const out = freshFolder();
    const formats = ['layer', 'stix', 'misp', 'csv', 'md', 'html', 'docx'];
    const { code } = read(
      EXAMPLES,
      ...formats.flatMap((format) => [`--${format}`, join(out, format)]),
    );
    expect(code).toBe(0);
    const text = (format: string) => readFileSync(join(out, format), 'utf8');
    expect(JSON.parse(text('layer')).versions.layer).toBe('4.5');
    expect(JSON.parse(text('stix')).type).toBe('bundle');
    expect(JSON.parse(text('misp')).response).toHaveLength(3);
    expect(text('csv')).toContain('T1059.001');
    expect(text('md')).toContain('# Harbour Lantern');
    expect(text('html')).toContain('Content-Security-Policy');
    expect(Object.keys(unzipSync(readFileSync(join(out, 'docx'))))).toContain('word/document.xml');
  });
});

describe('portolan read, what it refuses', () => {
  it.each<readonly [readonly string[], number, RegExp]>([
    [[], 2, /missing required argument/],
    [['no-such-report.pdf'], 3, /no-such-report.pdf does not exist/],
    [[HTML, '--html', HTML], 2, /a file of its own/],
    [[HTML, '--csv', 'x', '--md', './x'], 2, /a file of its own/],
    [[HTML, '--lane', 'guess'], 2, /expected lanes/],
    [[HTML, '--min-confidence', '2'], 2, /from 0 to 1/],
    [[HTML, '--setting', 'bold'], 2, /expected default/],
    [[HTML, '--tlp', 'blue'], 2, /expected clear/],
    [[HTML, '--second-reader', 'http://127.0.0.1:1'], 2, /--second-reader-model/],
    [[HTML, '--attack-version', '3.0'], 2, /3.0/],
    [[HTML, '--reviews', 'no-such.ndjson'], 3, /no-such.ndjson/],
  ])('%j: exit %d', (args, code, message) => {
    const run = read(...args);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toContain('    at ');
  });
});

describe('portolan read, bad input', () => {
  it('reads what can be read of a folder, says what cannot, and comes to an end', () => {
    const root = freshFolder();
    for (const [name, bytes] of badReports()) writeFileSync(join(root, name), bytes);
    const run = read(
      root,
      join(root, 'missing.pdf'),
      '--json',
      '--include-review',
      '--lane',
      'explicit',
    );
    expect(run.code).toBe(0);
    const { reports, issues } = run.json();
    const unread = new Map(
      issues.map(({ code, at }) => [at?.source?.slice(root.length + 1), code]),
    );
    expect(Object.fromEntries(unread)).toMatchObject({
      'missing.pdf': 'FILE_UNREADABLE',
      'encrypted.pdf': 'REPORT_ENCRYPTED',
      'cut.pdf': 'REPORT_DAMAGED',
      'picture.png': 'REPORT_UNRECOGNISED',
      'empty.md': 'REPORT_UNRECOGNISED',
    });
    const ids = new Map(
      reports.map((report) => [report.source.slice(root.length + 1), idsOf(report)]),
    );
    expect(ids.get('script.pdf')).toEqual(['T1059.001']);
    expect(ids.get('many-pages.pdf')).toEqual(['T1059.001']);
    expect(ids.get('line.txt')).toEqual(['T1059.001']);
    expect([...(ids.get('tricks.txt') ?? [])].sort()).toEqual([
      'T1003.001',
      'T1059.001',
      'T1566.001',
    ]);
    const codes = (name: string) =>
      reports.find(({ source }) => source.endsWith(name))?.issues.map(({ code }) => code);
    expect(codes('many-pages.pdf')).toContain('REPORT_TRUNCATED');
    expect(codes('bomb.docx') ?? [unread.get('bomb.docx')]).toContain('INPUT_TOO_LARGE');
  });
});

describe('portolan review', () => {
  it('adds decisions that read honours, and shows each reviewer their own', () => {
    const reviews = join(freshFolder(), 'reviews.ndjson');
    const review = (...args: readonly string[]) =>
      runPortolan(['review', HTML, '--reviews', reviews, ...args]);
    expect(review('--by', 'ana', '--accept', 'T1003.001', '--reject', 'T1486').code).toBe(0);
    expect(review('--as', 'bo', '--reject', 'T1003.001', '--comment', 'not seen').code).toBe(0);
    expect(review('--as', 'bo').stdout).not.toContain('by ana');
    expect(review('--as', 'bo', '--compare').stdout).toContain('by ana');
    const [report] = read(HTML, '--json', '--reviews', reviews).json().reports;
    expect(idsOf(report)).not.toContain('T1486');
    expect(idsOf(report)).not.toContain('T1003.001');
    const compared = runPortolan([
      'review',
      'compare',
      reviews,
      reviews,
      '--by',
      'ana',
      '--by',
      'bo',
    ]);
    expect(compared.stdout).toMatch(/ana: accepted {2}\| {2}bo: rejected \(not seen\)/);
    expect(review('--accept', 'T1003.001').stderr).toContain('--by');
    expect(review('--by', 'ana', '--accept', 'T9999').code).toBe(2);
  });
});
