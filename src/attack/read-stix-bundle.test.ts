import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCatalogue } from './format-catalogue.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { loadBundle } from './load-bundle.js';
import { parseCatalogue } from './parse-catalogue.js';
import { readStixBundle } from './read-stix-bundle.js';
import { successorsOf } from './successors-of.js';

const FOLDER = '../shared/data/attack';
const BUNDLES = [
  ['enterprise-attack-18.1', 4721],
  ['enterprise-attack-19.1-composite', 4788],
  ['mobile-attack-18.1', 722],
  ['ics-attack-18.1', 450],
  ['ics-attack-18.1.stix21', 450],
] as const;

describe.skipIf(!existsSync(FOLDER))('official bundles (need ../shared/data)', () => {
  it.each(BUNDLES)('reads %s whole and writes a catalogue that says the same', (name, count) => {
    const { knowledgeBase, issues } = loadBundle([`${FOLDER}/${name}.json.gz`]);
    expect(knowledgeBase.objects).toHaveLength(count);
    expect(issues).toEqual([]);
    const meta = { domain: knowledgeBase.domain, version: knowledgeBase.version };
    const text = formatCatalogue(knowledgeBase, { meta, relationshipIds: true });
    const again = parseCatalogue(text);
    expect(again.issues).toEqual([]);
    const objects = [...knowledgeBase.byStixId.values()];
    expect(objects.map(({ stixId }) => again.knowledgeBase?.byStixId.get(stixId))).toEqual(objects);
    const sorted = (relations: readonly { stixId: string | undefined }[]): unknown[] =>
      [...relations].sort((a, b) => ((a.stixId ?? '') < (b.stixId ?? '') ? -1 : 1));
    expect(sorted(again.knowledgeBase?.relations.all ?? [])).toEqual(
      sorted(knowledgeBase.relations.all),
    );
    expect(again.knowledgeBase?.tactics).toEqual(knowledgeBase.tactics);
  });
});

describe('a bundle with something wrong in it', () => {
  const technique = (number: number, attackId: string, more: object = {}): object => ({
    type: 'attack-pattern',
    id: `attack-pattern--00000000-0000-4000-8000-00000000000${number}`,
    name: `Made Up ${number}`,
    external_references: [{ source_name: 'mitre-attack', external_id: attackId }],
    kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'execution' }],
    ...more,
  });
  const link = (type: string, from: number, to: number): object => ({
    type: 'relationship',
    id: `relationship--00000000-0000-4000-8000-0000000000${from}${to}`,
    relationship_type: type,
    source_ref: `attack-pattern--00000000-0000-4000-8000-00000000000${from}`,
    target_ref: `attack-pattern--00000000-0000-4000-8000-00000000000${to}`,
  });
  const read = (objects: readonly unknown[]) =>
    readStixBundle([{ source: 'x.json', value: { objects } }]);

  it.each([
    [
      'a circle of revoked-by',
      [
        technique(1, 'T9001', { revoked: true }),
        technique(2, 'T9002', { revoked: true }),
        link('revoked-by', 1, 2),
        link('revoked-by', 2, 1),
      ],
      'ATTACK_CYCLE',
    ],
    [
      'a circle of subtechnique-of',
      [
        technique(1, 'T9001'),
        technique(2, 'T9001.001'),
        link('subtechnique-of', 1, 2),
        link('subtechnique-of', 2, 1),
      ],
      'ATTACK_CYCLE',
    ],
    [
      'itself revoked by itself',
      [technique(1, 'T9001', { revoked: true }), link('revoked-by', 1, 1)],
      'ATTACK_CYCLE',
    ],
    [
      'a dangling reference',
      [technique(1, 'T9001'), link('subtechnique-of', 1, 9)],
      'STIX_DANGLING_REF',
    ],
    [
      'one id twice',
      [technique(1, 'T9001'), technique(1, 'T9002', { name: 'Another' })],
      'STIX_DUPLICATE_ID',
    ],
    ['no technique id', [technique(1, 'T9001'), technique(2, 'X1')], 'STIX_OBJECT_INVALID'],
    [
      'no STIX id',
      [technique(1, 'T9001'), technique(2, 'T9002', { id: 'me' })],
      'STIX_OBJECT_INVALID',
    ],
    [
      'a field of another type',
      [technique(1, 'T9001'), technique(2, 'T9002', { x_mitre_platforms: 'Windows' })],
      'STIX_OBJECT_INVALID',
    ],
    ['no object', [technique(1, 'T9001'), 7, null, 'x', []], 'STIX_OBJECT_INVALID'],
    [
      'an unknown type',
      [
        technique(1, 'T9001'),
        { type: 'x-acme-thing', id: 'x-acme-thing--00000000-0000-4000-8000-000000000003' },
      ],
      'STIX_TYPE_SKIPPED',
    ],
    [
      'a type named like a member of every object',
      [
        technique(1, 'T9001'),
        technique(2, 'T9002', { type: 'constructor' }),
        technique(3, 'T9003', { type: '__proto__' }),
      ],
      'STIX_TYPE_SKIPPED',
    ],
  ])('%s: an Issue, and the rest is read', (_, objects, code) => {
    const { knowledgeBase, issues } = read(objects);
    expect(issues.map((issue) => issue.code)).toContain(code);
    expect(knowledgeBase?.byAttackId.get('T9001')?.kind).toBe('technique');
    for (const object of knowledgeBase?.objects ?? []) {
      expect(successorsOf(knowledgeBase as KnowledgeBase, object)).toBeDefined();
    }
  });

  it('keeps the later of two versions of one object', () => {
    const old = technique(1, 'T9001', { modified: '2020-01-01T00:00:00.000Z', name: 'Old' });
    const fresh = technique(1, 'T9001', { modified: '2021-01-01T00:00:00.000Z', name: 'New' });
    for (const objects of [
      [old, fresh],
      [fresh, old],
    ]) {
      expect(read(objects).knowledgeBase?.byAttackId.get('T9001')?.name).toBe('New');
    }
  });

  it('merges bundles of several domains', () => {
    const mobile = technique(2, 'T9002', {
      kill_chain_phases: [{ kill_chain_name: 'mitre-mobile-attack', phase_name: 'execution' }],
    });
    const { knowledgeBase } = readStixBundle([
      { source: 'a.json', value: { objects: [technique(1, 'T9001')] } },
      { source: 'b.json', value: [mobile] },
    ]);
    expect(knowledgeBase?.domains).toEqual(['enterprise-attack', 'mobile-attack']);
    expect(knowledgeBase?.ofKind('technique')).toHaveLength(2);
  });

  it('walks a chain of 20,000 revocations without overflowing the stack', () => {
    const uuid = (index: number): string =>
      `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const chain = Array.from({ length: 20_000 }, (_, index) => [
      {
        ...technique(1, `T${1000 + (index % 9000)}`, { revoked: index < 19_999 }),
        id: `attack-pattern--${uuid(index)}`,
      },
      {
        type: 'relationship',
        id: `relationship--${uuid(index)}`,
        relationship_type: 'revoked-by',
        source_ref: `attack-pattern--${uuid(index)}`,
        target_ref: `attack-pattern--${uuid((index + 1) % 20_000)}`,
      },
    ]).flat();
    const { knowledgeBase, issues } = read(chain);
    expect(issues.map(({ code }) => code)).toEqual(['ATTACK_CYCLE']);
    const first = knowledgeBase?.objects[0];
    expect(first && successorsOf(knowledgeBase as KnowledgeBase, first)).toHaveLength(1);
  });

  it('never throws, whatever the document', () => {
    const object = fc.record(
      {
        type: fc.constantFrom(
          'attack-pattern',
          'relationship',
          'malware',
          'x-mitre-matrix',
          'x-mitre-analytic',
        ),
        id: fc.constantFrom(
          ...[1, 2, 3].map((n) => `attack-pattern--00000000-0000-4000-8000-00000000000${n}`),
          'x',
        ),
        name: fc.oneof(fc.string(), fc.nat()),
        relationship_type: fc.constantFrom('revoked-by', 'subtechnique-of', 'uses'),
        source_ref: fc.constantFrom(
          ...[1, 2, 3].map((n) => `attack-pattern--00000000-0000-4000-8000-00000000000${n}`),
        ),
        target_ref: fc.constantFrom(
          ...[1, 2, 3].map((n) => `attack-pattern--00000000-0000-4000-8000-00000000000${n}`),
        ),
        external_references: fc.constantFrom(
          [{ source_name: 'mitre-attack', external_id: 'T1000' }],
          [],
          [{}],
        ),
        tactic_refs: fc.array(fc.string()),
      },
      { requiredKeys: ['type', 'id'] },
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.array(object), fc.record({ objects: fc.array(object) })),
        (value) => {
          const { knowledgeBase } = readStixBundle([{ source: 'x', value }]);
          expect(knowledgeBase?.relations.all ?? []).toBeDefined();
          expect(knowledgeBase?.tactics ?? []).toBeDefined();
        },
      ),
    );
  });
});
