import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listShipped, openShipped } from '../../attack/index.js';
import type { KnowledgeBase } from '../../attack/lookup.js';
import type { ReportDocument } from '../../model/index.js';
import type { SectionKind, Sentence } from '../sentence.js';
import { type ExplicitReading, findExplicit } from './find-explicit.js';

const knowledgeBase = openShipped({ version: '19.1' });
const all: readonly KnowledgeBase[] = listShipped().map(({ domain, version }) =>
  openShipped({ domain, version }),
);

const documentOf = (text: string): ReportDocument => ({
  kind: 'report',
  source: 'made-up.txt',
  format: 'text',
  title: undefined,
  date: undefined,
  text,
  blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
});

/** One sentence a line. */
function sentencesOf(text: string, section: SectionKind): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (line !== '')
      sentences.push({ start, end, block: 'paragraph', section, heading: undefined });
    start = end + 1;
  }
  return sentences;
}

const read = (text: string, section: SectionKind = 'body'): ExplicitReading =>
  findExplicit({
    document: documentOf(text),
    sentences: sentencesOf(text, section),
    knowledgeBase,
    versions: () => all,
  });

describe('technique ids', () => {
  it.each([
    ['plain', 'Observed T1059.001 of MITRE ATT&CK.', 'T1059.001', 'T1059.001'],
    ['slash', 'technique T1059/001 was used', 'T1059.001', 'T1059/001'],
    ['dash', 'technique T1059-001 was used', 'T1059.001', 'T1059-001'],
    ['space before the dot', 'ATT&CK T1059 .001 was used', 'T1059.001', 'T1059 .001'],
    ['underscore', 'see technique T1059_001.', 'T1059.001', 'T1059_001'],
    ['brackets', 'PowerShell [T1059.001] ran', 'T1059.001', 'T1059.001'],
    ['parent in brackets', 'A script ran [T1059].', 'T1059', 'T1059'],
    ['small letters', 'they used t1059.001 here', 'T1059.001', 't1059.001'],
    ['a Sigma tag', 'tags: attack.t1059.001', 'T1059.001', 't1059.001'],
    ['a Sigma tag of a parent', 'tags: attack.t1059', 'T1059', 't1059'],
    ['a link', 'https://attack.mitre.org/techniques/T1059/001/', 'T1059.001', 'T1059/001'],
    [
      'a link to an old version',
      'https://attack.mitre.org/versions/v9/techniques/T1059/',
      'T1059',
      'T1059',
    ],
    ['full-width letters', 'technique Ｔ１０５９．００１ ran', 'T1059.001', 'Ｔ１０５９．００１'],
    [
      'zero-width characters',
      'technique T10\u200b59.0\u200b01 ran',
      'T1059.001',
      'T10\u200b59.0\u200b01',
    ],
    ['a Cyrillic letter', 'technique Т1059.001 ran', 'T1059.001', 'Т1059.001'],
    ['a non-breaking hyphen', 'technique T1059\u2011001 ran', 'T1059.001', 'T1059\u2011001'],
    ['a table row', 'Execution\tPowerShell\tT1059.001', 'T1059.001', 'T1059.001'],
    ['a name beside it', 'OS Credential Dumping - T1003', 'T1003', 'T1003'],
    ['the end of a sentence', 'They used technique T1003.', 'T1003', 'T1003'],
  ])('reads %s', (_what, text, techniqueId, quote) => {
    const { techniques, issues } = read(text);
    expect(techniques.map((one) => one.techniqueId)).toEqual([techniqueId]);
    const [mention] = techniques;
    expect(text.slice(mention?.start, mention?.end)).toBe(quote);
    expect(mention).toMatchObject({ lane: 'explicit', certainty: 'accepted' });
    expect(issues).toEqual([]);
  });

  it.each([
    ['T1086', 'T1059.001'],
    ['T1562.001', 'T1685'],
    ['T1574.002', 'T1574.001'],
    ['T1656', 'T1684.001'],
    ['T1500', 'T1027.004'],
  ])('follows %s to %s and says so', (old, today) => {
    const { techniques } = read(`The report names technique ${old} of MITRE ATT&CK.`);
    expect(techniques.map(({ techniqueId }) => techniqueId)).toEqual([today]);
    expect(techniques[0]?.why[0]).toContain(`${old} is revoked by ${today}`);
  });

  it('reads several ids of a range and of a list', () => {
    const { techniques } = read('ATT&CK techniques: T1003-T1005, T1059/T1204; T1486.');
    expect(techniques.map(({ techniqueId }) => techniqueId)).toEqual([
      'T1003',
      'T1005',
      'T1059',
      'T1204',
      'T1486',
    ]);
  });

  it.each([
    'The switch, model T1003, was replaced.',
    'Order part number T1059 from the catalogue.',
    'The terminator T1000 walked in.',
    'Spare part AB-T1059-X was delivered.',
    'The T10590 and XT1059 were sold.',
    'Phone model T1059 is cheap.',
  ])('takes no id out of: %s', (text) => {
    const { techniques, issues } = read(text);
    expect(techniques.filter(({ certainty }) => certainty === 'accepted')).toEqual([]);
    expect(issues).toEqual([]);
  });

  it('puts a bare id that nothing explains up for review', () => {
    const { techniques } = read('The label said T1059 on it.');
    expect(techniques).toMatchObject([{ techniqueId: 'T1059', certainty: 'review' }]);
  });

  it('tells where an unknown id stands', () => {
    const text = 'first line\nTechnique T1999.888 of ATT&CK was seen.';
    const { techniques, issues } = read(text);
    expect(techniques).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'TECHNIQUE_UNKNOWN', at: { source: 'made-up.txt', line: 2, column: 11 } },
    ]);
    expect(issues[0]?.message).toContain('characters 21 to 30');
  });

  it('falls back to the parent of a sub-technique that never was, for review', () => {
    const { techniques, issues } = read('ATT&CK technique T1059.099 was seen.');
    expect(techniques).toMatchObject([{ techniqueId: 'T1059', certainty: 'review' }]);
    expect(issues).toMatchObject([{ code: 'TECHNIQUE_UNKNOWN' }]);
  });

  it('notes a deprecated id and makes no technique of it', () => {
    const { techniques, others, issues } = read('ATT&CK technique T1064 was seen.');
    expect(techniques).toEqual([]);
    expect(others).toMatchObject([{ attackId: 'T1064' }]);
    expect(issues).toMatchObject([{ code: 'ATTACK_ID_RETIRED' }]);
  });

  it.each([
    ['T1478', 'mobile-attack'],
    ['T0855', 'ics-attack'],
  ])('notes %s as an id of %s', (id, domain) => {
    const { techniques, others, issues } = read(`ATT&CK technique ${id} was seen.`);
    expect(techniques).toEqual([]);
    expect(others).toMatchObject([{ attackId: id, domain }]);
    expect(issues).toMatchObject([{ code: 'ATTACK_ID_OTHER_DOMAIN' }]);
  });

  it.each(['references', 'mitigations', 'detection', 'recommendations'] as const)(
    'asks for review of an id in %s',
    (section) => {
      const { techniques } = read('PowerShell (T1059.001)', section);
      expect(techniques).toMatchObject([{ techniqueId: 'T1059.001', certainty: 'review' }]);
    },
  );

  it('takes a row of an ATT&CK table at its word', () => {
    const { techniques } = read('Execution\tT1059.001', 'attack-table');
    expect(techniques).toMatchObject([{ certainty: 'accepted' }]);
  });

  it('asks for review of an id that was not observed', () => {
    const { techniques } = read('Credential dumping (T1003) was not observed, unlike in 2023.');
    expect(techniques).toMatchObject([{ techniqueId: 'T1003', certainty: 'review' }]);
    expect(techniques[0]?.why.join()).toContain('negated');
  });
});

describe('ids of other objects', () => {
  it.each([
    ['APT29 (G0016) was named.', 'G0016', 'group'],
    ['the group https://attack.mitre.org/groups/G0016/', 'G0016', 'group'],
    ['Cobalt Strike S0154 was named.', 'S0154', 'software'],
    ['ATT&CK lists S0154 for it.', 'S0154', 'software'],
    ['SolarWinds Compromise, C0024', 'C0024', 'campaign'],
    ['Execution is TA0002 of ATT&CK.', 'TA0002', 'tactic'],
    ['MITRE: M1042', 'M1042', 'mitigation'],
  ])('reads %s', (text, objectId, kind) => {
    expect(read(text).objects).toMatchObject([{ objectId, kind, lane: 'explicit' }]);
  });

  it.each([
    'Their phone, a Galaxy S0154, was old.',
    'The G2024 summit was in May.',
    'Model S1234 is sold out.',
    'Bolts of class C0024 and M1042 were used.',
    'Form S0154-001 was filed.',
  ])('refuses: %s', (text) => {
    const { objects, issues } = read(text);
    expect(objects).toEqual([]);
    expect(issues).toEqual([]);
  });

  it('keeps ids of detection strategies apart', () => {
    expect(read('ATT&CK has DET0001 for that.').others).toMatchObject([{ attackId: 'DET0001' }]);
  });
});

describe('CVE ids', () => {
  it.each([
    ['CVE-2021-44228 was used', ['CVE-2021-44228']],
    ['cve-2021-44228', ['CVE-2021-44228']],
    ['CVE\u20112021\u201144228 and CVE–2020–1472', ['CVE-2021-44228', 'CVE-2020-1472']],
    ['CVE 2021-44228', ['CVE-2021-44228']],
    ['CVE-2021-026855', ['CVE-2021-26855']],
    ['CVE-2021-26855, 26857 and 27065', ['CVE-2021-26855', 'CVE-2021-26857', 'CVE-2021-27065']],
    ['CVE-2021-26855/26857', ['CVE-2021-26855', 'CVE-2021-26857']],
    ['CVE-2021-26855 and 2019 servers', ['CVE-2021-26855']],
    ['CVE-1990-1234, CVE-2021-12, CVE-2021-12345678901, XCVE-2021-4422', []],
  ])('of "%s"', (text, ids) => {
    expect(read(text).cves.map(({ cveId }) => cveId)).toEqual(ids);
  });
});

it('throws for no text, and every mention is within it', () => {
  const piece = fc.constantFrom(
    'T1059',
    '.001',
    '/',
    'T1086 ',
    'attack.',
    '(',
    ')',
    ' ',
    '\n',
    'G0016',
    'CVE-2021-',
    '44228',
    ', 26857',
    '\u200b',
    'Т',
    'ATT&CK ',
    'Ｔ',
    '\ud83d',
    'not ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (words) => {
      const { techniques, objects, cves, others } = read(words);
      for (const { start, end } of [...techniques, ...objects, ...cves, ...others]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(words.length);
      }
    }),
    { numRuns: 300 },
  );
});
