import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_HEADER } from './catalogue-format.js';
import { formatCatalogue } from './format-catalogue.js';
import { listShipped, openShipped } from './open-shipped.js';
import { parseCatalogue } from './parse-catalogue.js';
import { readStixBundle } from './read-stix-bundle.js';

const META = 'meta\t{"domain":"enterprise-attack","version":"99.1"}';
const UUID = '00000000-0000-4000-8000-00000000000';

describe('parseCatalogue', () => {
  it('refuses a text that is no catalogue', () => {
    const { knowledgeBase, issues } = parseCatalogue('hello\n', { source: 'x.tsv' });
    expect(knowledgeBase).toBeUndefined();
    expect(issues).toMatchObject([{ code: 'CATALOGUE_INVALID', at: { source: 'x.tsv', line: 1 } }]);
  });

  it('names the line of a word that it does not know and reads the rest', () => {
    const text = [
      CATALOGUE_HEADER,
      META,
      'nonsense\t1',
      `group\tG9001\t${UUID}1\t\t1.0\t\t\tMade Up`,
    ].join('\n');
    const { knowledgeBase, issues } = parseCatalogue(text, { source: 'x.tsv' });
    expect(issues).toMatchObject([{ at: { source: 'x.tsv', line: 3 } }]);
    expect(knowledgeBase?.byAttackId.get('G9001')).toMatchObject({
      kind: 'group',
      name: 'Made Up',
    });
  });

  it('finds the active object where an id is shared', () => {
    const lines = [
      `technique\tT9001\t${UUID}1\trevoked\t1.0\t\t\tOld`,
      `technique\tT9001\t${UUID}2\t\t1.0\t\t\tNew`,
      `mitigation\tT9001\t${UUID}3\tdeprecated\t1.0\t\t\tOlder`,
    ];
    const { knowledgeBase } = parseCatalogue([CATALOGUE_HEADER, META, ...lines].join('\n'));
    expect(knowledgeBase?.byAttackId.get('T9001')).toMatchObject({ name: 'New', status: 'active' });
    expect(knowledgeBase?.objects).toHaveLength(3);
  });

  it('never throws, whatever the lines, and whatever is asked of the result', () => {
    const field = fc.constantFrom(
      '',
      'T1059',
      'G0016',
      `${UUID}1`,
      'revoked',
      'kdc4kbz8',
      'a|b\\',
      '0:0',
      'x:9|',
      '\\p',
    );
    const word = fc.constantFrom(
      'technique',
      'tool',
      'analytic',
      'matrix',
      'data-component',
      'uses',
      'logsource',
      'x',
    );
    const line = fc
      .tuple(word, fc.array(field, { maxLength: 15 }))
      .map(([first, rest]) => [first, ...rest].join('\t'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { knowledgeBase } = parseCatalogue([CATALOGUE_HEADER, META, ...lines].join('\n'));
        for (const { stixId } of knowledgeBase?.objects ?? [])
          knowledgeBase?.relations.to(stixId, 'uses');
        expect(knowledgeBase?.relations.all).toBeDefined();
        expect(knowledgeBase?.tactics).toBeDefined();
      }),
    );
  });

  it('keeps names with tabs, bars, backslashes and line breaks', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', '\t', '|', '\\', '\n', '\r', 'p', ' ', '–'),
    });
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 3 }), (title, aliases) => {
        const stix = {
          type: 'intrusion-set',
          id: `intrusion-set--${UUID}1`,
          name: title,
          aliases,
          created: '2020-01-02T03:04:05.678Z',
          modified: '2020-01-02T03:04:05.678901Z',
          x_mitre_domains: ['enterprise-attack'],
        };
        const { knowledgeBase } = readStixBundle([{ source: 'x', value: { objects: [stix] } }]);
        if (knowledgeBase === undefined) throw new Error('expected a knowledge base');
        const text = formatCatalogue(knowledgeBase, {
          meta: { domain: 'enterprise-attack', version: '1.0' },
        });
        const [group] = parseCatalogue(text).knowledgeBase?.objects ?? [];
        // A list cannot hold an empty name, which no source has.
        expect({ ...group, aliases: [] }).toEqual({ ...knowledgeBase.objects[0], aliases: [] });
        expect(group?.aliases).toEqual(
          aliases.length > 0
            ? knowledgeBase.objects[0]?.aliases.filter(
                (alias, _, all) => alias !== '' || all.length > 1,
              )
            : [],
        );
      }),
    );
  });
});

describe('the catalogues that ship', () => {
  const EXPECTED = [
    ['enterprise-attack', '14.1', 625, 14],
    ['enterprise-attack', '16.1', 656, 14],
    ['enterprise-attack', '17.1', 679, 14],
    ['enterprise-attack', '18.1', 691, 14],
    ['enterprise-attack', '19.1', 697, 15],
    ['mobile-attack', '18.1', 124, 12],
    ['ics-attack', '18.1', 83, 12],
  ] as const;

  it('are the seven that the README names', () => {
    expect(listShipped().map(({ domain, version }) => [domain, version])).toEqual(
      EXPECTED.map(([domain, version]) => [domain, version]),
    );
  });

  it.each(EXPECTED)(
    '%s %s: %i techniques, %i tactics, every reference resolved',
    (domain, version, techniques, tactics) => {
      const knowledgeBase = openShipped({ domain, version });
      expect(knowledgeBase.ofKind('technique')).toHaveLength(techniques);
      expect(knowledgeBase.tactics).toHaveLength(tactics);
      const shortnames = new Set(knowledgeBase.tactics.map(({ shortname }) => shortname));
      for (const technique of knowledgeBase.ofKind('technique')) {
        expect(technique.tactics.length).toBeGreaterThan(0);
        expect(technique.tactics.every((shortname) => shortnames.has(shortname))).toBe(true);
        if (technique.parentId !== undefined)
          expect(knowledgeBase.byAttackId.get(technique.parentId)?.status).toBe('active');
      }
      for (const { sourceId, targetId } of knowledgeBase.relations.all) {
        expect(knowledgeBase.byStixId.has(sourceId) && knowledgeBase.byStixId.has(targetId)).toBe(
          true,
        );
      }
    },
  );

  it('name the twelve ids and two tactics that came with 19', () => {
    const knowledgeBase = openShipped({ version: '19.1' });
    expect(knowledgeBase.tactics.map(({ attackId }) => attackId)).toContain('TA0112');
    expect(knowledgeBase.byAttackId.get('T1685')).toMatchObject({
      name: 'Disable or Modify Tools',
    });
    expect(knowledgeBase.carriedOver.join(' ')).toContain('18.1');
  });

  it('weigh at most 4 MB together', () => {
    const sizes = listShipped().map(({ path }) => statSync(path).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4_000_000 - 20_000);
  });

  it('answer single questions as the full index does', () => {
    const lazy = openShipped({ version: '18.1' });
    const full = openShipped({ version: '18.1' });
    expect(full.relations.all.length).toBeGreaterThan(19_000);
    for (const attackId of ['T1059.001', 'G0016', 'S0154', 'T1562', 'C0024', 'M1042', 'DET0455']) {
      const stixId = full.byAttackId.get(attackId)?.stixId;
      if (stixId === undefined) throw new Error(`expected ${attackId}`);
      for (const type of [
        'uses',
        'mitigates',
        'subtechnique-of',
        'revoked-by',
        'detects',
      ] as const) {
        expect(lazy.relations.from(stixId, type)).toEqual(full.relations.from(stixId, type));
        expect(lazy.relations.to(stixId, type)).toEqual(full.relations.to(stixId, type));
      }
    }
  });
});
