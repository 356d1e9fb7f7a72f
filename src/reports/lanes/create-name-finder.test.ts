import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openShipped } from '../../attack/index.js';
import type { Sentence } from '../sentence.js';
import { createNameFinder, type NameFindings } from './create-name-finder.js';

const find = createNameFinder(openShipped({ version: '19.1' }));

function read(text: string, block: Sentence['block'] = 'paragraph'): NameFindings {
  const sentences: Sentence[] = [
    { start: 0, end: text.length, block, section: 'body', heading: undefined },
  ];
  return find({ text }, sentences);
}

const idsOf = (text: string, block?: Sentence['block']): string[] =>
  read(text, block).objects.map(({ objectId }) => objectId);

describe('groups, software and campaigns', () => {
  it.each([
    ['APT29 was seen.', 'G0016', 'APT29'],
    ['The group APT 29 was seen.', 'G0016', 'APT 29'],
    ['The group apt-29 was seen.', 'G0016', 'apt-29'],
    ['Cozy Bear was seen.', 'G0016', 'Cozy Bear'],
    ['They ran Cobalt Strike beacons.', 'S0154', 'Cobalt Strike'],
    ['They ran Cobalt-Strike beacons.', 'S0154', 'Cobalt-Strike'],
    ['They ran CobaltStrike beacons.', 'S0154', 'CobaltStrike'],
    ['They ran Cobalt\nStrike beacons.', 'S0154', 'Cobalt\nStrike'],
    ['MIMIKATZ was found.', 'S0002', 'MIMIKATZ'],
    ['mimikatz was found.', 'S0002', 'mimikatz'],
    ['Ｍｉｍｉｋａｔｚ was found.', 'S0002', 'Ｍｉｍｉｋａｔｚ'],
    ['Mimi\u200bkatz was found.', 'S0002', 'Mimi\u200bkatz'],
    ['Mimik\u0430tz was found.', 'S0002', 'Mimik\u0430tz'],
    ['They ran net.exe twice.', 'S0039', 'net.exe'],
    ['They ran `net user /domain` there.', 'S0039', 'net'],
    ['SolarWinds Compromise was long.', 'C0024', 'SolarWinds Compromise'],
  ])('%s', (text, objectId, quote) => {
    const [first] = read(text).objects;
    expect(first).toMatchObject({ objectId, lane: 'name', certainty: 'accepted' });
    expect(text.slice(first?.start, first?.end)).toBe(quote);
  });

  it.each([
    'They play at the net and ping a page.',
    'Turn to page 7 and expand it.',
    'The reg. office is at the corner.',
    'Chaos and silence, said James and Kevin.',
    'The wiper malware erased disks.',
    'See the royal family and the empire.',
    'The cmd key of a keyboard.',
    'Investigators at NCC Group met.',
    'Download it from https://play.example.com/net.',
  ])('takes no name out of: %s', (text) => {
    expect(read(text).objects.filter(({ certainty }) => certainty === 'accepted')).toEqual([]);
  });

  it('tells a malware from a group of the same name by the words beside it', () => {
    expect(read('The Play ransomware encrypted files.').objects).toMatchObject([
      { kind: 'software', certainty: 'accepted' },
    ]);
    expect(read('The Play group extorted firms.').objects).toMatchObject([
      { kind: 'group', certainty: 'accepted' },
    ]);
  });

  it('asks for review of a name that may be part of a longer one', () => {
    expect(read('They used Royal Road documents.').objects).toMatchObject([
      { certainty: 'review' },
    ]);
  });

  it('names the alias that matched', () => {
    expect(read('Cozy Bear was seen.').objects[0]?.why).toEqual([
      '"Cozy Bear" is an alias of APT29',
    ]);
  });

  it('implies no technique by a group or tool', () => {
    expect(read('APT29 ran Mimikatz.').techniques).toEqual([]);
  });

  it('calls a tool in a block of code', () => {
    expect(idsOf('net user admin /add', 'code')).toEqual(['S0039']);
  });

  it('asks for review of what was not used', () => {
    const { objects } = read('The actor did not use Mimikatz but ran PsExec on the server.');
    expect(objects.map(({ name, certainty }) => [name, certainty])).toEqual([
      ['Mimikatz', 'review'],
      ['PsExec', 'accepted'],
    ]);
  });
});

describe('techniques', () => {
  const techniquesOf = (text: string): string[] =>
    read(text).techniques.map(({ techniqueId }) => techniqueId);

  it.each([
    ['It relied on process hollowing.', 'T1055.012'],
    ['It relied on Process Injection: Process Hollowing.', 'T1055.012'],
    ['It used PowerShell for that.', 'T1059.001'],
    ['It made scheduled tasks.', 'T1053.005'],
    ['It abused a valid account.', 'T1078'],
    ['Kerberoasting followed.', 'T1558.003'],
    ['Command and Scripting Interpreter: JavaScript', 'T1059.007'],
  ])('%s', (text, techniqueId) => {
    expect(techniquesOf(text)).toEqual([techniqueId]);
  });

  it.each([
    'The software runs on a server with a tool.',
    'Exploits, malware and domains were sold.',
    'The proxy was down.',
    'See C:\\powershell\\a.txt for that.',
  ])('takes no technique out of: %s', (text) => {
    expect(techniquesOf(text)).toEqual([]);
  });

  it('lists every technique of a name that two have, for review', () => {
    const { techniques } = read('A spearphishing attachment came.');
    expect(techniques.length).toBeGreaterThan(1);
    expect(techniques.every(({ certainty }) => certainty === 'review')).toBe(true);
  });
});

it('throws for no text, and every mention is within it', () => {
  const piece = fc.constantFrom(
    'APT',
    '29',
    ' ',
    '-',
    'Cobalt',
    'Strike',
    '\n',
    ':',
    'Process Injection',
    'net',
    '.exe',
    '\u200b',
    '\u0430',
    'İ',
    '\ud83d',
    'Play ',
    'ransomware',
    "'",
    '(',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (words) => {
      const { techniques, objects } = read(words);
      for (const { start, end } of [...techniques, ...objects]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(words.length);
      }
    }),
    { numRuns: 300 },
  );
});
