import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { listShipped, openShipped } from '../open-shipped.js';
import { createMigrator } from './create-migrator.js';
import { migrateSigma, sightSigma } from './migrate-sigma.js';
import { scanSigma } from './scan-sigma.js';

const migrator = createMigrator(
  listShipped().map(({ domain, version }) => openShipped({ domain, version })),
);
const up = { migrator, from: '18.1', to: '19.1' };
const down = { migrator, from: '19.1', to: '18.1' };

const rule = (tags: string, more = 'logsource:\n    product: windows\n'): string =>
  `title: Something\n${tags}${more}detection:\n    condition: selection # attack.t1562.004\n`;

describe('tags of a rule', () => {
  it.each([
    ['a block', 'tags:\n    - attack.t1562.001\n', 'tags:\n    - attack.t1685\n'],
    ['a block that is not indented', 'tags:\n- attack.t1562.001\n', 'tags:\n- attack.t1685\n'],
    [
      'quotes',
      'tags:\n  - \'attack.t1562.001\'\n  - "attack.t1656"\n',
      'tags:\n  - \'attack.t1685\'\n  - "attack.t1684.001"\n',
    ],
    [
      'comments',
      'tags: # of ATT&CK\n    # first\n    - attack.t1562.001   # why\n',
      'tags: # of ATT&CK\n    # first\n    - attack.t1685   # why\n',
    ],
    [
      'a list in brackets',
      'tags: [attack.t1562.001, car.2016-04-002]\n',
      'tags: [attack.t1685, car.2016-04-002]\n',
    ],
    [
      'brackets over lines',
      "tags: [\n  'attack.t1562.001', # why\n  attack.t1656 ]\n",
      "tags: [\n  'attack.t1685', # why\n  attack.t1684.001 ]\n",
    ],
    ['Windows line ends', 'tags:\r\n    - attack.t1562.001\r\n', 'tags:\r\n    - attack.t1685\r\n'],
    [
      'capitals',
      'tags:\n    - ATTACK.T1562.001\n    - attack.T1656\n',
      'tags:\n    - ATTACK.T1685\n    - attack.T1684.001\n',
    ],
    ['a quoted key', '"tags":\n    - attack.t1656\n', '"tags":\n    - attack.t1684.001\n'],
    ['an anchor', 'tags: &t\n    - attack.t1656\n', 'tags: &t\n    - attack.t1684.001\n'],
    ['a split by logsource', 'tags:\n    - attack.t1562.004\n', 'tags:\n    - attack.t1686.003\n'],
    [
      'a merge',
      'tags:\n    - attack.t1562\n    - attack.t1562.001\n',
      'tags:\n    - attack.t1685\n',
    ],
    [
      'a merge in brackets',
      'tags: [attack.t1562, attack.t1562.001, x.y]\n',
      'tags: [attack.t1685, x.y]\n',
    ],
    [
      'a merge with a comment',
      'tags:\n    - attack.t1562\n    - attack.t1562.001 # kept\n',
      'tags:\n    - attack.t1685\n    # kept\n',
    ],
    [
      'a merge with what is there',
      'tags:\n    - attack.t1562\n    - attack.t1685\n',
      'tags:\n    - attack.t1685\n',
    ],
    [
      'one tactic that becomes two',
      'tags:\n    - attack.defense-evasion\n    - attack.t1036\n    - attack.t1112\n',
      'tags:\n    - attack.stealth\n    - attack.defense-impairment\n    - attack.t1036\n    - attack.t1112\n',
    ],
    [
      'two in brackets',
      "tags: ['attack.defense-evasion', attack.t1036, attack.t1112]\n",
      "tags: ['attack.stealth', 'attack.defense-impairment', attack.t1036, attack.t1112]\n",
    ],
    [
      'underscores',
      'tags:\n    - attack.defense_evasion\n    - attack.t1112\n',
      'tags:\n    - attack.defense_impairment\n    - attack.t1112\n',
    ],
    [
      'tactics as ids',
      'tags:\n    - attack.ta0005\n    - attack.t1112\n',
      'tags:\n    - attack.ta0112\n    - attack.t1112\n',
    ],
    [
      'a tactic that goes',
      'tags:\n    - attack.privilege-escalation\n    - attack.defense-evasion\n    - attack.t1548.002\n',
      'tags:\n    - attack.privilege-escalation\n    - attack.t1548.002\n',
    ],
    [
      'what a technique gained',
      'tags:\n    - attack.persistence\n    - attack.t1574.001\n',
      'tags:\n    - attack.persistence\n    - attack.execution\n    - attack.stealth\n    - attack.t1574.001\n',
    ],
    [
      'other tags',
      'tags:\n    - cve.2021-1\n    - attack.g0016\n    - attack.s0002\n    - tlp.amber\n',
      'tags:\n    - cve.2021-1\n    - attack.g0016\n    - attack.s0002\n    - tlp.amber\n',
    ],
    [
      'a repeated tag that does not change',
      'tags:\n    - attack.t1059\n    - attack.t1059\n',
      'tags:\n    - attack.t1059\n    - attack.t1059\n',
    ],
  ])('moves %s', (_, before, after) => {
    expect(migrateSigma(rule(before), up).text).toBe(rule(after));
  });

  it.each([
    [
      'both tactics, one after the other',
      '    - attack.stealth\n    - attack.defense-impairment\n    - attack.t1036\n    - attack.t1685\n',
    ],
    ['a technique that left', '    - attack.privilege-escalation\n    - attack.t1548.002\n'],
    [
      'execution of T1574',
      '    - attack.stealth\n    - attack.execution\n    - attack.t1574.001\n',
    ],
    [
      'all tactics of T1574',
      '    - attack.persistence\n    - attack.execution\n    - attack.stealth\n    - attack.t1574.001\n',
    ],
    [
      'a sub-technique of the firewall',
      '    - attack.defense-impairment\n    - attack.t1686.003\n',
    ],
    ['a list without end mark at the file end', ''],
  ])('comes back from 18.1 with the same bytes: %s', (_, tags) => {
    const text =
      tags === ''
        ? 'title: x\ntags:\n    - attack.t1036\n    - attack.t1112\n    - attack.stealth\n    - attack.defense-impairment'
        : rule(`tags:\n${tags}`);
    const older = migrateSigma(text, down).text;
    expect(older).not.toMatch(/stealth|impairment|t168/);
    expect(migrateSigma(older, up).text).toBe(text);
  });

  it('keeps a byte order mark', () => {
    const text = `\uFEFF${rule('tags:\n    - attack.t1656\n')}`;
    expect(migrateSigma(text, up).text).toBe(text.replace('t1656', 't1684.001'));
  });

  it('moves every document of a file, a correlation by the logsource of the rest', () => {
    const text = [
      'title: A\ntags:\n    - attack.t1562.004\nlogsource:\n    product: aws\n',
      'title: B\ncorrelation:\n    type: event_count\ntags:\n    - attack.t1562.004\n',
    ].join('---\n');
    expect(migrateSigma(text, up).text).toBe(text.replaceAll('t1562.004', 't1686.001'));
  });

  it('reads nothing but top-level tags', () => {
    const text = rule(
      'description: |\n    tags:\n        - attack.t1656\nother:\n    tags:\n        - attack.t1656\n',
    );
    expect(migrateSigma(text, up)).toMatchObject({ text, steps: [] });
  });

  it('keeps and lists what it cannot decide, with its line', () => {
    const text = rule(
      'tags:\n    - attack.defense-evasion\n    - attack.t9999\n    - attack.typo\n',
    );
    const moved = migrateSigma(text, up);
    expect(moved.text).toBe(text);
    expect(moved.steps.map(({ raw, line, decision }) => [raw, line, decision])).toEqual([
      ['attack.t9999', 4, 'needs-person'],
      ['attack.defense-evasion', 3, 'needs-person'],
      ['attack.typo', 5, 'needs-person'],
    ]);
  });

  it('lists tags that are nearly technique ids', () => {
    const text = rule(
      'tags:\n    - attack.t1562.01\n    - "attack.t1059 "\n    - attack.t1059-001\n',
    );
    const moved = migrateSigma(text, up);
    expect(moved.text).toBe(text);
    expect(moved.steps.map(({ raw, decision }) => [raw, decision])).toEqual([
      ['attack.t1562.01', 'needs-person'],
      ['attack.t1059 ', 'needs-person'],
      ['attack.t1059-001', 'needs-person'],
    ]);
  });

  it('leaves tags of Mobile and ICS in peace', () => {
    const text = rule(
      'tags:\n    - attack.t1626\n    - attack.t0800\n    - attack.inhibit-response-function\n',
    );
    expect(migrateSigma(text, up)).toMatchObject({ text, steps: [] });
  });

  it('decides a tactic without technique by title and description', () => {
    const text = 'title: Windows Defender Disabled\ntags:\n    - attack.defense-evasion\n';
    expect(migrateSigma(text, up).text).toContain('attack.defense-impairment');
    const folded =
      'title: X\ndescription: >-\n    A renamed binary,\n    seen in the wild\ntags: [attack.defense-evasion]\n';
    expect(migrateSigma(folded, up).text).toContain('[attack.stealth]');
  });

  it('sights ids and tactics for the version', () => {
    const seen = sightSigma(
      rule('tags:\n    - attack.T1685\n    - attack.defense_evasion\n    - attack.g0016\n'),
    );
    expect(seen).toEqual({ techniqueIds: ['T1685'], tactics: ['defense-evasion'], platforms: [] });
  });
});

// Pieces of which tag lists are made, clean and dirty.
const tagText = fc.constantFrom(
  'attack.t1562.004',
  'attack.t1562',
  'attack.T1562.001',
  'attack.defense-evasion',
  'attack.defense_evasion',
  'attack.stealth',
  'attack.t1574.001',
  'attack.persistence',
  'attack.t1548.002',
  'attack.t1036',
  'attack.t1112',
  'attack.g0016',
  'cve.2021-1',
  'x',
  '',
  'attack.ta0005',
);
const item = fc
  .record({
    tag: tagText,
    quote: fc.constantFrom('', "'", '"'),
    comment: fc.constantFrom('', ' # why', '   ', '\n# between', '\n'),
  })
  .map(({ tag, quote, comment }) => `${quote}${tag}${quote}${comment}`);
const indent = fc.constantFrom('    - ', '  -  ', '- ');
const list = fc.oneof(
  fc
    .tuple(fc.array(item, { maxLength: 6 }), indent)
    .map(([items, lead]) => ['tags:', ...items.map((one) => `${lead}${one}`)].join('\n')),
  fc.array(tagText, { maxLength: 6 }).map((tags) => `tags: [${tags.join(', ')}]`),
  fc
    .array(tagText, { maxLength: 6 })
    .map((tags) => `tags: [${tags.map((tag) => `"${tag}"`).join(',')} ] # why`),
);
const file = fc
  .record({
    head: fc.constantFrom('', '\uFEFF', '# c\n', '---\n', 'title: Renamed x\n'),
    list,
    tail: fc.oneof(
      fc.constant(''),
      fc.constant('\n'),
      fc.constant('\nlogsource: {product: windows}\n'),
      fc.string(),
    ),
    crlf: fc.boolean(),
  })
  .map(({ head, list: tags, tail, crlf }) => {
    const text = `${head}${tags}${tail}`;
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

describe('any text', () => {
  const moves = [up, down, { migrator, from: '14.1', to: '19.1' }, { migrator, from: 'x', to: '' }];

  it('changes within the tags only, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), file), fc.constantFrom(...moves), (text, move) => {
        const moved = migrateSigma(text, move).text;
        expect(outsideTags(moved)).toBe(outsideTags(text));
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it('leaves the same tags to a YAML parser that it finds itself', () => {
    fc.assert(
      fc.property(file, (text) => {
        const moved = migrateSigma(text, up).text;
        const [document, ...others] = parseAllDocuments(moved);
        if (
          document === undefined ||
          others.length > 0 ||
          !('toJS' in document) ||
          document.errors.length > 0
        )
          return;
        const value: unknown = document.toJS();
        const tags = (value as { tags?: unknown } | null)?.tags;
        if (!Array.isArray(tags)) return;
        const own = scanSigma(moved).flatMap((one) => one.tags.map((tag) => tag.text));
        const isOurs = (tag: unknown): boolean => /^attack\.[a-z0-9._-]+$/i.test(String(tag));
        expect(own.filter(isOurs)).toEqual(tags.filter(isOurs));
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('changes nothing more when it is done', () => {
    fc.assert(
      fc.property(file, (text) => {
        const once = migrateSigma(text, up).text;
        expect(migrateSigma(once, { migrator, from: '19.1', to: '19.1' }).text).toBe(once);
      }),
    );
  });

  it('takes no long time over long lines of punctuation', () => {
    for (const piece of ['[', '- ', '"', "'", '&a ', 'tags:\n', ': ', '#', '{']) {
      const text = `tags:\n  - ${piece.repeat(100_000)}\ntags: [${piece.repeat(100_000)}`;
      expect(outsideTags(migrateSigma(text, up).text)).toBe(outsideTags(text));
    }
  });
});

function outsideTags(text: string): string {
  let rest = '';
  let place = 0;
  for (const { start, end } of scanSigma(text).flatMap((document) => document.tagRegions)) {
    rest += `${text.slice(place, start)}\0`;
    place = end;
  }
  return rest + text.slice(place);
}
