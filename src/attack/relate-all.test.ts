import { describe, expect, it } from 'vitest';
import type { StixId } from '../model/index.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { RelatedMap } from './merge-related.js';
import { openShipped } from './open-shipped.js';
import { parseCatalogue } from './parse-catalogue.js';
import { relateAll } from './relate-all.js';
import { relateDirectly } from './relate-directly.js';
import { isDirectlyRelated, relatedObjects } from './related-objects.js';
import { type PairEnd, RELATION_PAIRS } from './relation-pairs.table.js';

// The table pairs the ends; a loop over it is too wide for the compiler.
const relate = relateAll as (base: KnowledgeBase, of: PairEnd, partner: PairEnd) => RelatedMap;

const uuid = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Two groups, of which one is revoked, two campaigns of the first, techniques, software and their relations. */
const TINY = parseCatalogue(
  [
    'portolan-attack-catalogue 1',
    'meta\t{"domain":"enterprise-attack","version":"1.0"}',
    `technique\tT0001\t${uuid(1)}\t\t1.0\t\t\tScan`,
    `technique\tT0002\t${uuid(2)}\trevoked\t1.0\t\t\tOld scan`,
    `technique\tT0003\t${uuid(3)}\t\t1.0\t\t\tPhish`,
    `group\tG0001\t${uuid(11)}\t\t1.0\t\t\tExample Bear`,
    `group\tG0002\t${uuid(12)}\trevoked\t1.0\t\t\tSample Bear`,
    `malware\tS0001\t${uuid(21)}\t\t1.0\t\t\tExampleRAT`,
    `campaign\tC0001\t${uuid(31)}\t\t1.0\t\t\tFirst`,
    `campaign\tC0002\t${uuid(32)}\t\t1.0\t\t\tSecond`,
    `campaign\tC0003\t${uuid(33)}\tdeprecated\t1.0\t\t\tThird`,
    'uses\tG0001\tT0001|T0001|T0002',
    'uses\tG0002\tT0001',
    'uses\tC0001\tT0001|T0003|S0001',
    'uses\tC0002\tT0003',
    'uses\tC0003\tS0001|T0003',
    'attributed-to\tC0001\tG0001',
    'attributed-to\tC0002\tG0001',
    'attributed-to\tC0003\tG0001',
  ].join('\n'),
).knowledgeBase as KnowledgeBase;

const idOf = (attackId: string): StixId => TINY.byAttackId.get(attackId)?.stixId as StixId;

/** `G0001: T0001 × 3, T0003 × 2` */
const shown = (related: RelatedMap): readonly string[] =>
  [...related].map(([stixId, list]) => {
    const partners = list.map(
      ({ object, relations }) => `${object.attackId} × ${relations.length}`,
    );
    return `${TINY.byStixId.get(stixId)?.attackId}: ${partners.join(', ')}`;
  });

describe('relateAll', () => {
  it('lets a group inherit what its campaigns used, with the relations of the whole way', () => {
    expect(shown(relateAll(TINY, 'group', 'technique'))).toEqual(['G0001: T0001 × 4, T0003 × 4']);
    expect(shown(relateAll(TINY, 'group', 'software'))).toEqual(['G0001: S0001 × 2']);
    const [inherited] = relateAll(TINY, 'group', 'software').get(idOf('G0001')) ?? [];
    expect(
      inherited?.relations.map(({ type, sourceId, targetId }) => [type, sourceId, targetId]),
    ).toEqual([
      ['uses', idOf('C0001'), idOf('S0001')],
      ['attributed-to', idOf('C0001'), idOf('G0001')],
    ]);
  });

  it('leaves out revoked and deprecated objects on both sides', () => {
    expect(shown(relateAll(TINY, 'technique', 'group'))).toEqual([
      'T0001: G0001 × 4',
      'T0003: G0001 × 4',
    ]);
    expect(shown(relateAll(TINY, 'software', 'campaign'))).toEqual(['S0001: C0001 × 1']);
  });

  it('refuses ends that ATT&CK does not relate', () => {
    expect(() => relate(TINY, 'asset', 'group')).toThrow(
      expect.objectContaining({ code: 'USAGE' }) as Error,
    );
  });
});

describe('relateDirectly', () => {
  it('inherits nothing, and counts a relationship that is there twice as two of one pair', () => {
    expect(shown(relateDirectly(TINY, 'group', 'technique'))).toEqual(['G0001: T0001 × 2']);
  });
});

describe('a hostile catalogue', () => {
  it('that names one pair 200,000 times is answered in one pass', () => {
    const head = [
      'portolan-attack-catalogue 1',
      'meta\t{"domain":"enterprise-attack","version":"1.0"}',
    ];
    const objects = [
      `technique\tT0001\t${uuid(1)}\t\t1.0\t\t\tScan`,
      `group\tG0001\t${uuid(11)}\t\t1.0\t\t\tExample Bear`,
      `campaign\tC0001\t${uuid(31)}\t\t1.0\t\t\tFirst`,
    ];
    const many = Array.from({ length: 200_000 }, () => 'T0001').join('|');
    const relations = [
      `uses\tG0001\t${many}`,
      `uses\tC0001\t${many}`,
      'attributed-to\tC0001\tG0001',
    ];
    const text = [...head, ...objects, ...relations].join('\n');
    const base = parseCatalogue(text).knowledgeBase as KnowledgeBase;
    const [list] = relateAll(base, 'group', 'technique').values();
    expect(list?.map((related) => related.relations.length)).toEqual([400_001]);
    const groupId = base.byAttackId.get('G0001')?.stixId as StixId;
    expect(relatedObjects(base, groupId, 'technique')[0]?.relations.length).toBeGreaterThan(
      400_000,
    );
  });
});

describe('relatedObjects', () => {
  const asked = (attackId: string, partner: PairEnd): readonly (string | undefined)[] =>
    relatedObjects(TINY, idOf(attackId), partner).map(({ object }) => object.attackId);

  it('answers for an object that is revoked', () => {
    expect(asked('G0002', 'technique')).toEqual(['T0001']);
  });

  it('answers with nothing for a partner that the kind of the object does not have', () => {
    expect(asked('T0001', 'asset')).toEqual([]);
    expect(asked('G0001', 'mitigation')).toEqual([]);
  });

  it('answers with nothing for an object that is not there', () => {
    expect(relatedObjects(TINY, `malware--${uuid(99)}` as StixId, 'technique')).toEqual([]);
  });

  it('tells what is direct from what is inherited', () => {
    const related = relatedObjects(TINY, idOf('G0001'), 'technique');
    const direct = related.filter((entry) => isDirectlyRelated(entry, idOf('G0001')));
    expect(related.map(({ object }) => object.attackId)).toEqual(['T0001', 'T0003']);
    expect(direct.map(({ object }) => object.attackId)).toEqual(['T0001']);
  });
});

const SHIPPED = [
  { domain: 'enterprise-attack', version: '19.1' },
  { domain: 'enterprise-attack', version: '17.1' },
  { domain: 'ics-attack', version: '18.1' },
] as const;
const DIRECTIONS = RELATION_PAIRS.flatMap(({ source, target }): [PairEnd, PairEnd][] => [
  [source, target],
  [target, source],
]);

describe.each(SHIPPED)('on the whole of $domain $version', (choice) => {
  const base = openShipped(choice);
  const pairsOf = (related: RelatedMap, isInverse: boolean): readonly string[] =>
    [...related]
      .flatMap(([key, list]) =>
        list.map(
          ({ object: { stixId }, relations }) =>
            `${isInverse ? `${stixId} ${key}` : `${key} ${stixId}`} ${relations.length}`,
        ),
      )
      .sort();

  it.each(DIRECTIONS)('%s → %s holds the pairs of its inverse', (of, partner) => {
    expect(pairsOf(relate(base, of, partner), false)).toEqual(
      pairsOf(relate(base, partner, of), true),
    );
  });

  it.each(DIRECTIONS)('%s → %s: each look-up answers what the map holds', (of, partner) => {
    const related = relate(base, of, partner);
    const lookedUp = [...related.keys()].map(
      (stixId) => [stixId, relatedObjects(base, stixId, partner)] as const,
    );
    expect(pairsOf(new Map(lookedUp), false)).toEqual(pairsOf(related, false));
  });
});
