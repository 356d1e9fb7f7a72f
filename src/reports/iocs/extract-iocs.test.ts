import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { foldText } from '../fold-text.js';
import { extractIocs } from './extract-iocs.js';
import { IOC_TYPES } from './found-ioc.js';
import { refang } from './refang.js';
import { scanTokens } from './scan-tokens.js';

interface Row {
  readonly text: string;
  readonly iocs: readonly string[];
}

const rowsOf = (name: string): readonly Row[] => {
  const rows: readonly (Row | string)[] = parse(
    readFileSync(`test/reports/iocs/${name}.yml`, 'utf8'),
  );
  return rows.map((row) => (typeof row === 'string' ? { text: row, iocs: [] } : row));
};

const TABLES = [
  'network',
  'defanged',
  'defanged-characters',
  'hashes',
  'files',
  'labelled',
  'identifiers',
  'commands-and-rules',
  'refused',
];
const allRows = TABLES.flatMap((name) => rowsOf(name).map((row) => ({ name, ...row })));

describe.each(TABLES)('table %s', (name) => {
  it.each(rowsOf(name).map((row) => [row.text, row] as const))('%s', (_name, { text, iocs }) => {
    const found = extractIocs(text);
    expect(found.map(({ type, value }) => `${type} ${value}`).toSorted()).toEqual(
      [...iocs].toSorted(),
    );
    if (name === 'defanged') expect(found.every(({ wasDefanged }) => wasDefanged)).toBe(true);
  });
});

it('has a row for every type', () => {
  const types = new Set(allRows.flatMap(({ iocs }) => iocs.map((ioc) => ioc.split(' ')[0])));
  expect(IOC_TYPES.filter((type) => !types.has(type))).toEqual([]);
});

it('finds the same in a sentence, a table and a list as alone', () => {
  for (const { text, iocs, name } of allRows) {
    if (!['network', 'defanged', 'hashes', 'identifiers'].includes(name)) continue;
    for (const around of [`Row\t${text}\t2026`, `See below.\n\n${text}\n\nThe end.`]) {
      const found = extractIocs(around).map(({ type, value }) => `${type} ${value}`);
      expect([around, found.toSorted()]).toEqual([around, [...iocs].toSorted()]);
    }
  }
});

/** Types whose value is the quote itself, refanged. */
const VERBATIM = new Set(['ipv4', 'url', 'domain', 'hostname', 'onion', 'email', 'filename']);

it('quotes what stood there, which refangs to the value', () => {
  for (const { text } of allRows)
    for (const { type, value, start, end } of extractIocs(text)) {
      if (!VERBATIM.has(type) || /[^\x20-\x7e]/.test(text)) continue;
      expect(refang(text.slice(start, end)).text.toLowerCase()).toBe(value.toLowerCase());
    }
});

it.each([
  ['evil[.]com', 'domain', 'evil[.]com', true],
  ['evil-updates.net', 'domain', 'evil-updates[.]net', false],
  ['https://evil-updates.net/a.b', 'url', 'hxxps://evil-updates[.]net/a.b', false],
  ['ops@evil-updates.net', 'email', 'ops[@]evil-updates[.]net', false],
  ['192.0.2.1', 'ipv4', '192[.]0[.]2[.]1', false],
  ['2001:db8::1', 'ipv6', '2001[:]db8[:][:]1', false],
])('defangs %s and tells whether it was', (text, type, defanged, wasDefanged) => {
  expect(extractIocs(text)).toMatchObject([{ type, defanged, wasDefanged }]);
});

it.each([
  ['8.8.8.8', 'public resolvers'],
  ['192.0.2.1', 'documentation addresses'],
  ['10.1.2.3', 'private addresses'],
  ['127.0.0.1', 'reserved addresses'],
  ['2001:db8::1', 'documentation addresses'],
  ['fd00::12', 'private addresses'],
  ['https://attack.mitre.org/techniques/T1059/', 'security vendors and report hosts'],
  ['http://10.1.2.3/a', 'private addresses'],
  ['evil[.]example', 'reserved domains'],
  ['a.example.com', 'reserved domains'],
  ['https://github.com/example/loader/issues', 'top sites'],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hashes of an empty file'],
  ['svchost.exe', 'files of Windows'],
  ['evil-updates.net', undefined],
  ['203.0.114.1', undefined],
])('marks %s as %s', (text, warning) => {
  expect(extractIocs(text).map((ioc) => ioc.warning)).toEqual([warning]);
});

it('keeps offsets right behind characters that vanish or change', () => {
  const text = 'Zero\u200bwidth \u201cx\u201d then ev\u200bil\uff0enet and 192.0.2.9\u00ad.';
  const found = extractIocs(text);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
    'ev\u200bil\uff0enet',
    '192.0.2.9',
  ]);
});

const pieces = fc.array(
  fc.constantFrom(
    ...[
      'hxxp',
      '://',
      'evil',
      '[.]',
      '.',
      'net',
      ' ',
      '\n',
      '\\',
      'C:\\',
      '192.0.2.1',
      '[',
      ']',
      '(',
      ')',
      ':',
      '/',
      '@',
      '"',
      "'",
      'HKLM\\',
      'mutex named ',
      '%TEMP%\\',
      '\\\\',
      'rule a {',
      '}',
      'title:',
      'cmd.exe /c ',
      '\u200b',
      '\uff0e',
      'ab12'.repeat(8),
      ' dot ',
      ' [at] ',
      '|',
      '\t',
      'CN=',
      '`',
      '\ud83d',
      'é',
      'User-Agent: ',
      '#',
    ],
  ),
  { maxLength: 40 },
);

it('throws for no text, stays within it and never overlaps', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    pieces.map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (words) => {
      let last = 0;
      for (const { start, end, type, value } of extractIocs(words)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(words.length);
        expect(value).not.toBe('');
        if (/-rule|command-line|github/.test(type)) continue;
        expect(start).toBeGreaterThanOrEqual(last);
        last = end;
      }
    }),
    { numRuns: 2_000 },
  );
});

it('folds any text to places that lie within it and in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const folded = foldText(text, { twins: true });
      let last = 0;
      for (let at = 0; at < folded.text.length; at += 1) {
        expect(folded.startOf(at)).toBeGreaterThanOrEqual(last);
        expect(folded.endOf(at + 1)).toBeGreaterThan(folded.startOf(at));
        last = folded.startOf(at);
      }
      expect(folded.endOf(folded.text.length)).toBeLessThanOrEqual(text.length);
    }),
  );
});

it.each(['engineering', 'operations'])('claims nothing in clean prose: %s', (name) => {
  const text = readFileSync(`test/reports/clean/${name}.txt`, 'utf8');
  expect(extractIocs(text).map(({ type, value }) => `${type} ${value}`)).toEqual([]);
});

it('hands every character to the readers once', () => {
  fc.assert(
    fc.property(
      pieces.map((parts) => parts.join('')),
      (text) => {
        let [seen, last] = [0, 0];
        scanTokens(text, (start, end) => {
          expect(start).toBeGreaterThanOrEqual(last);
          [seen, last] = [seen + end - start, end];
        });
        expect(seen).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

// What is quadratic takes minutes at this size, and the time limit of a test is one.
it.each([
  '.',
  '[',
  '[.]',
  'ab12',
  ':',
  '1:',
  '@',
  'a@',
  '\\',
  'C:\\',
  'C:\\a ',
  '%AB%\\b ',
  'hxxp://',
  'a dot ',
  'a [.] ',
  'mutex named ',
  'user-agent: ',
  'rule a {\n',
  'title: a\n',
  'cmd /c "',
  'HKLM\\',
  '/tmp/a',
  '~/a ',
  'a.exe',
  '3:abc:',
  '"C:\\a ',
  '\uff0e',
  '\u200b',
  'arn:aws:',
  'serial 00:',
  'http://a.com/(',
  '192.0.2.1,',
  'a@evil.net ',
  '\\\\.\\pipe\\',
  '/',
  '-',
  '"',
  "'",
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD ',
])('bears a text of nothing but %j', (unit) => {
  const text = unit.repeat(Math.ceil(300_000 / unit.length));
  expect(extractIocs(text).every(({ start, end }) => end > start)).toBe(true);
});
