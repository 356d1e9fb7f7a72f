import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { listShipped, openShipped } from '../open-shipped.js';
import { createMigrator } from './create-migrator.js';
import { migrateCsv, sightCsv } from './migrate-csv.js';
import { scanCsv } from './scan-csv.js';

const migrator = createMigrator(
  listShipped().map(({ domain, version }) => openShipped({ domain, version })),
);
const up = { migrator, from: '18.1', to: '19.1' };
const down = { migrator, from: '19.1', to: '18.1' };

describe('CSV', () => {
  it.each([
    [
      'a column told by its header',
      'name,Technique ID\nx,T1562.001\n',
      'name,Technique ID\nx,T1685\n',
    ],
    [
      'a column told by its content',
      'name,code\nx,T1562.001\ny,T1059\n',
      'name,code\nx,T1685\ny,T1059\n',
    ],
    ['no header', 'x,T1562.001\ny,T1059\n', 'x,T1685\ny,T1059\n'],
    ['several ids in a cell', 'techniques\n"T1059, T1562.001"\n', 'techniques\n"T1059, T1685"\n'],
    ['ids that become one', 'techniques\nT1562;T1562.001;T1059\n', 'techniques\nT1685;T1059\n'],
    ['an id that becomes what is there', 'techniques\nT1562 T1685\n', 'techniques\nT1685\n'],
    [
      'the same id in two columns',
      'technique,ttp\nT1562,T1562.001\n',
      'technique,ttp\nT1685,T1685\n',
    ],
    ['semicolons', 'a;technique\n1,5;T1656\n', 'a;technique\n1,5;T1684.001\n'],
    [
      'tabs and Windows line ends',
      'a\ttechnique\r\n1\tT1656\r\n',
      'a\ttechnique\r\n1\tT1684.001\r\n',
    ],
    [
      'quotes, doubled quotes and line breaks',
      'a,technique\n"x ""y"",\nz",T1656\n',
      'a,technique\n"x ""y"",\nz",T1684.001\n',
    ],
    [
      'an id with its name',
      'MITRE technique\nT1656: Impersonation\n',
      'MITRE technique\nT1684.001: Impersonation\n',
    ],
    [
      'an address',
      'technique\nhttps://attack.mitre.org/techniques/T1562/001/\n',
      'technique\nhttps://attack.mitre.org/techniques/T1685/\n',
    ],
    [
      'an address that gets a sub-technique',
      'technique\nhttps://attack.mitre.org/techniques/T1656\n',
      'technique\nhttps://attack.mitre.org/techniques/T1684/001\n',
    ],
    ['lower case', 'technique\nt1656\n', 'technique\nt1684.001\n'],
    [
      'a byte order mark and no last line end',
      '\uFEFFtechnique\nT1656',
      '\uFEFFtechnique\nT1684.001',
    ],
    [
      'a split by a platform column',
      'technique,platform\nT1562.004,Windows\nT1562.004,IaaS\nT1562.004,Linux\n',
      'technique,platform\nT1686.003,Windows\nT1686.001,IaaS\nT1686,Linux\n',
    ],
    [
      'a split by a product column',
      'technique,product\nT1562.004,windows\n',
      'technique,product\nT1686.003,windows\n',
    ],
    [
      'pairs',
      'technique,tactic\nT1036,defense-evasion\nT1112,Defense Evasion\nT1055,privilege-escalation\n',
      'technique,tactic\nT1036,stealth\nT1112,Defense Impairment\nT1055,privilege-escalation\n',
    ],
    [
      'a pair that becomes two',
      'technique,tactic\nT1127,defense_evasion\n',
      'technique,tactic\nT1127,execution; stealth\n',
    ],
    [
      'several techniques of a row',
      'techniques,tactics\n"T1036,T1112","defense-evasion"\n',
      'techniques,tactics\n"T1036,T1112","stealth; defense-impairment"\n',
    ],
    ['tactics by id', 'technique,tactic\nT1112,TA0005\n', 'technique,tactic\nT1112,TA0112\n'],
    [
      'tactics alone',
      'name,tactic\nWindows Defender disabled,Defense Evasion\n',
      'name,tactic\nWindows Defender disabled,Defense Impairment\n',
    ],
    [
      'prose, which stays',
      'technique,description\nT1059,"see T1562.001, or not"\n',
      'technique,description\nT1059,"see T1562.001, or not"\n',
    ],
    ['no ids at all', 'a,b\n1,2\n', 'a,b\n1,2\n'],
    [
      'part of a word, which is no id',
      'technique\nXT1562.001 T15620 T1656\n',
      'technique\nXT1562.001 T15620 T1684.001\n',
    ],
  ])('moves %s', (_, before, after) => {
    expect(migrateCsv(before, up).text).toBe(after);
  });

  it('lists what it keeps, with the line', () => {
    const moved = migrateCsv('technique\n"a\nb",\nT9999\n'.replace('"a\nb",', 'T1656'), up);
    expect(moved.steps.map(({ raw, to, decision, line }) => [raw, to, decision, line])).toEqual([
      ['T1656', 'T1684.001', 'automatic', 2],
      ['T9999', 'T9999', 'needs-person', 3],
    ]);
  });

  it('counts lines through cells that break', () => {
    const moved = migrateCsv('a,technique\n"x\ny",T1656\nz,T1672\n', up);
    expect(moved.steps.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('comes back', () => {
    const text =
      'technique,tactic,platform\nT1685,defense-impairment,Linux\nT1686.003,Defense Impairment,Windows\n';
    const older = migrateCsv(text, down).text;
    expect(older).toBe(
      'technique,tactic,platform\nT1562.001,defense-evasion,Linux\nT1562.004,Defense Evasion,Windows\n',
    );
    expect(migrateCsv(older, up).text).toBe(text);
  });

  it('sights ids, tactics and platforms', () => {
    expect(
      sightCsv('technique,tactic,platform\nT1685,Stealth,"Windows, Linux"\n', migrator),
    ).toEqual({
      techniqueIds: ['T1685'],
      tactics: ['stealth'],
      platforms: ['Windows', 'Linux'],
    });
  });
});

const cell = fc.constantFrom(
  'T1562.001',
  'T1562',
  '"T1656, T1059"',
  'defense-evasion',
  '"a ""b"""',
  '"x\ny"',
  '',
  'Windows',
  'technique',
  'tactic',
  '"T1685',
);
const table = fc.oneof(
  fc.string(),
  fc
    .tuple(
      fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([rows, delimiter, end]) => rows.map((row) => row.join(delimiter)).join(end)),
);

describe('any text as CSV', () => {
  it('is cut into cells of which it can be put together', () => {
    fc.assert(
      fc.property(table, (text) => {
        const { rows } = scanCsv(text);
        const cells = rows.flat();
        let place = text.startsWith('\uFEFF') ? 1 : 0;
        for (const { start, end } of cells) {
          expect(text.slice(place, start)).toMatch(/^(?:[,;\t|]|\r\n|\n|\r)?$/);
          place = end;
        }
        expect(text.slice(place)).toMatch(/^(?:\r\n|\n|\r)?$/);
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('keeps the number of rows and cells, and changes ids and tactics only', () => {
    fc.assert(
      fc.property(table, (text) => {
        const moved = migrateCsv(text, up).text;
        expect(bare(moved)).toBe(bare(text));
        const { delimiter, rows } = scanCsv(text);
        const widths = scanCsv(moved, delimiter).rows.map((row) => row.length);
        expect(widths).toEqual(rows.map((row) => row.length));
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('takes no long time over long lines', () => {
    for (const piece of ['"', ',', 'T1562 ', 'T1562,', '\n', '""', 'tactic;']) {
      const text = `technique\n${piece.repeat(20_000)}`;
      expect(typeof migrateCsv(text, up).text).toBe('string');
    }
  });
});

/** What is left when ids, tactics and what separates them in a cell are taken away. */
function bare(text: string): string {
  return text.replace(/T\d{4}(?:\.\d{3})?|[a-z]+-[a-z]+|stealth|execution|[\s;,]/g, '');
}
