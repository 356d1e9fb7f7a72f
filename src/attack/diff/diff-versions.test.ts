import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Domain, StixId } from '../../model/index.js';
import type { AttackObject, Group, Technique } from '../attack-object.js';
import { buildKnowledgeBase } from '../build-knowledge-base.js';
import { indexByAttackId } from '../index-by-attack-id.js';
import { indexRelations } from '../index-relations.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { loadBundle } from '../load-bundle.js';
import { openShipped } from '../open-shipped.js';
import type { Relation } from '../relation.js';
import { diffVersions } from './diff-versions.js';
import { type ChangedList, DIFF_SECTIONS, type DiffObject } from './version-diff.js';

const opened = new Map<string, KnowledgeBase>();
function open(version: string): KnowledgeBase {
  const knowledgeBase = opened.get(version) ?? openShipped({ version });
  opened.set(version, knowledgeBase);
  return knowledgeBase;
}

const idsOf = (
  objects: readonly DiffObject[],
  kind = 'technique',
): readonly (string | undefined)[] =>
  objects.filter((object) => object.kind === kind).map(({ attackId }) => attackId);
const objectsOf = (entries: readonly { readonly object: DiffObject }[]): readonly DiffObject[] =>
  entries.map(({ object }) => object);

describe('comparing Enterprise 18.1 with 19.1', () => {
  const diff = diffVersions(open('18.1'), open('19.1'));
  const wayOf = ({ lost, gained }: ChangedList): string => `${lost} > ${gained}`;

  it('finds the 17 technique ids that went, each with its successor', () => {
    const successors = Object.fromEntries(
      diff.revoked.map(({ object, successors: ends }) => [
        object.attackId,
        ends.map(({ attackId }) => attackId).join(),
      ]),
    );
    expect(successors).toEqual({
      'T1070.001': 'T1685.005',
      'T1070.002': 'T1685.006',
      T1562: 'T1685',
      'T1562.001': 'T1685',
      'T1562.002': 'T1685.001',
      'T1562.003': 'T1690',
      'T1562.004': 'T1686',
      'T1562.006': 'T1685',
      'T1562.007': 'T1686.001',
      'T1562.008': 'T1685.002',
      'T1562.009': 'T1688',
      'T1562.010': 'T1689',
      'T1562.011': 'T1685.003',
      'T1562.012': 'T1685.004',
      'T1562.013': 'T1686.002',
      T1656: 'T1684.001',
      T1672: 'T1684.002',
    });
    expect(idsOf(objectsOf(diff.deleted))).toEqual([]);
  });

  it('finds the 23 new techniques, the new tactic and what else is new', () => {
    expect(idsOf(diff.added)).toHaveLength(23);
    expect(idsOf(diff.added)).toEqual(
      expect.arrayContaining(['T1027.018', 'T1682', 'T1683.002', 'T1687']),
    );
    expect(idsOf(diff.added, 'tactic')).toEqual(['TA0112']);
    expect(idsOf(diff.added, 'software')).toHaveLength(37);
  });

  it('finds the 198 techniques that changed tactic, by the way they went', () => {
    const ways: Record<string, number> = {};
    for (const change of diff.movedTactic) ways[wayOf(change)] = (ways[wayOf(change)] ?? 0) + 1;
    expect(ways).toEqual({
      'defense-evasion > stealth': 126,
      'defense-evasion > defense-impairment': 41,
      'defense-evasion > ': 13,
      'defense-evasion > execution,stealth': 5,
      'persistence,privilege-escalation,defense-evasion > execution,stealth': 13,
    });
    expect(diff.movedTactic).toHaveLength(198);
  });

  it('finds the four renamed techniques and the renamed tactic', () => {
    expect(idsOf(objectsOf(diff.renamed))).toEqual([
      'T1211',
      'T1222.001',
      'T1222.002',
      'T1557.001',
    ]);
    expect(idsOf(objectsOf(diff.renamed), 'tactic')).toEqual(['TA0005']);
  });

  it('sees that every technique which changed tactic has a new major version of its own', () => {
    const major = new Set(
      diff.versionChanged
        .filter(({ step }) => step === 'major')
        .map(({ object }) => object.attackId),
    );
    expect(diff.movedTactic.filter(({ object }) => !major.has(object.attackId))).toEqual([]);
  });

  it('tells a relationship that was redirected to a successor from one that was removed', () => {
    const apt29 = diff.changedRelations.find(({ object }) => object.attackId === 'G0016');
    const redirected = apt29?.redirected.map(({ from, to }) => `${from.attackId} ${to.attackId}`);
    expect(redirected).toEqual(['T1562.008 T1685.002']);
    expect(apt29?.removed.map(({ other }) => other.attackId)).not.toContain('T1562.008');
    const detects = diff.relationCounts.find(({ type }) => type === 'detects');
    expect(detects).toEqual({ type: 'detects', added: 0, removed: 0, redirected: 17 });
  });

  it('says what of 19.1 is carried over', () => {
    expect(diff.from.carriedOver).toEqual([]);
    expect(diff.to.carriedOver.join()).toContain('18.1');
  });

  it('counts every active object once as changed, unchanged, added or gone', () => {
    for (const count of diff.counts) {
      const changed = new Set(
        DIFF_SECTIONS.flatMap((section) =>
          diff[section].map((entry) => ('object' in entry ? entry.object : entry)),
        )
          .filter(({ kind }) => kind === count.kind)
          .map(({ stixId }) => stixId),
      );
      const gone = count.revoked + count.deprecated + count.deleted;
      expect(changed.size + count.unchanged - gone).toBe(open('19.1').ofKind(count.kind).length);
    }
  });

  it('keeps to the kinds asked for', () => {
    const groups = diffVersions(open('18.1'), open('19.1'), { kinds: ['group'] });
    expect(groups.counts.map(({ kind }) => kind)).toEqual(['group']);
    expect(groups.movedTactic).toEqual([]);
    expect(groups.relationCounts.map(({ type }) => type)).toEqual(['uses']);
    const all = diff.changedRelations.filter(({ object }) => object.kind === 'group');
    expect(groups.changedRelations).toEqual(all);
  });
});

describe('comparing older versions of Enterprise', () => {
  it.each([
    ['14.1', '16.1', { added: 31, revoked: 0, renamed: 4, movedTactic: 0, changedPlatforms: 118 }],
    ['16.1', '17.1', { added: 24, revoked: 1, renamed: 5, movedTactic: 1, changedPlatforms: 164 }],
    ['17.1', '18.1', { added: 12, revoked: 0, renamed: 2, movedTactic: 0, changedPlatforms: 3 }],
  ])('counts the techniques that differ between %s and %s', (older, newer, expected) => {
    const [techniques] = diffVersions(open(older), open(newer), { kinds: ['technique'] }).counts;
    expect(techniques).toMatchObject({ ...expected, deleted: 0, deprecated: 0, restored: 0 });
    const [before, after] = [open(older), open(newer)].map(
      (knowledgeBase) => knowledgeBase.ofKind('technique').length,
    );
    expect((before ?? 0) + expected.added - expected.revoked).toBe(after);
  });

  it('sees DLL Side-Loading go to DLL, and its users with it, in 17.1', () => {
    const diff = diffVersions(open('16.1'), open('17.1'));
    expect(
      diff.revoked.map(({ object, successors }) => [object.name, successors[0]?.name]),
    ).toEqual([['DLL Side-Loading', 'DLL']]);
    const uses = diff.relationCounts.find(({ type }) => type === 'uses');
    expect(uses?.redirected).toBeGreaterThan(50);
  });

  it('sees data sources deprecated, data components numbered and strategies added in 18.1', () => {
    const diff = diffVersions(open('17.1'), open('18.1'));
    expect(idsOf(diff.deprecated, 'data-source')).toHaveLength(37);
    expect(idsOf(objectsOf(diff.renumbered), 'data-component')).toHaveLength(106);
    expect(idsOf(diff.added, 'detection-strategy')).toHaveLength(691);
    expect(idsOf(diff.added, 'analytic')).toHaveLength(1739);
  });

  it.each(['14.1', '16.1', '17.1', '18.1', '19.1'])(
    'finds no difference between %s and itself',
    (version) => {
      const diff = diffVersions(open(version), openShipped({ version }));
      expect(DIFF_SECTIONS.filter((section) => diff[section].length > 0)).toEqual([]);
      expect(diff.relationCounts).toEqual([]);
    },
  );

  it('says the opposite the other way round', () => {
    const forth = diffVersions(open('18.1'), open('19.1'));
    const back = diffVersions(open('19.1'), open('18.1'));
    expect(idsOf(objectsOf(back.deleted))).toEqual(idsOf(forth.added));
    expect(idsOf(back.restored)).toEqual(idsOf(objectsOf(forth.revoked)));
    const swapped = back.movedTactic.map(({ object, lost, gained }) => [
      object.attackId,
      [...gained].sort(),
      [...lost].sort(),
    ]);
    const straight = forth.movedTactic.map(({ object, lost, gained }) => [
      object.attackId,
      [...lost].sort(),
      [...gained].sort(),
    ]);
    expect(swapped).toEqual(straight);
  });
});

const MOBILE = '../shared/data/attack/mobile-attack-17.1.stix21.json.gz';

describe('comparing a full bundle with a catalogue', () => {
  it.skipIf(!existsSync(MOBILE))(
    'compares Mobile 17.1 as STIX 2.1 with the shipped 18.1 (needs ../shared/data)',
    () => {
      const { knowledgeBase } = loadBundle([MOBILE]);
      const diff = diffVersions(
        knowledgeBase,
        openShipped({ domain: 'mobile-attack', version: '18.1' }),
      );
      expect(diff.from.source).toBe('bundle');
      expect(diff.to.source).toBe('catalogue');
      expect(diff.deleted.filter(({ status }) => status === 'active')).toEqual([]);
      expect(idsOf(diff.added, 'detection-strategy')).toHaveLength(124);
    },
  );
});

describe('diffVersions', () => {
  const group = (name: string, rest: Partial<Group> = {}): Group => ({
    kind: 'group',
    attackId: 'G0001',
    stixId: 'intrusion-set--1' as StixId,
    name,
    aliases: [],
    status: 'active',
    version: '1.0',
    created: undefined,
    modified: '2026-01-01T00:00:00.000Z',
    domains: ['enterprise-attack'],
    platforms: [],
    ...rest,
  });
  const technique = (attackId: string, rest: Partial<Technique> = {}): Technique => ({
    ...group(attackId),
    kind: 'technique',
    attackId: attackId as Technique['attackId'],
    stixId: `attack-pattern--${attackId}` as StixId,
    tactics: [],
    isSubtechnique: attackId.includes('.'),
    parentId: undefined,
    ...rest,
  });
  const relation = (
    type: Relation['type'],
    source: AttackObject,
    target: AttackObject,
  ): Relation => ({
    type,
    sourceId: source.stixId,
    targetId: target.stixId,
    stixId: undefined,
  });
  const version = (
    objects: readonly AttackObject[],
    relations: readonly Relation[] = [],
    domain: Domain = 'enterprise-attack',
  ): KnowledgeBase =>
    buildKnowledgeBase({
      domains: [domain],
      version: '1.0',
      source: 'catalogue',
      byStixId: new Map(objects.map((object) => [object.stixId, object])),
      byAttackId: indexByAttackId(objects),
      relations: indexRelations(relations),
    });

  it('refuses to compare two domains', () => {
    const [enterprise, mobile] = [version([]), version([], [], 'mobile-attack')];
    expect(() => diffVersions(enterprise, mobile)).toThrow(
      'expected two versions of one domain, found enterprise-attack 1.0 and mobile-attack 1.0',
    );
  });

  it.each([
    ['active', 'revoked', 'revoked'],
    ['active', 'deprecated', 'deprecated'],
    ['deprecated', 'revoked', 'revoked'],
    ['revoked', 'active', 'restored'],
    ['deprecated', 'active', 'restored'],
    ['active', undefined, 'deleted'],
    ['revoked', undefined, 'deleted'],
    [undefined, 'active', 'added'],
    [undefined, 'deprecated', 'deprecated'],
  ] as const)('puts an object that was %s and is %s in %s alone', (before, after, section) => {
    const side = (status: typeof before | typeof after): KnowledgeBase =>
      version(status === undefined ? [] : [group('Axiom', { status })]);
    const diff = diffVersions(side(before), side(after));
    const filled = DIFF_SECTIONS.filter((one) => diff[one].length > 0);
    expect(filled).toEqual([section]);
  });

  it.each([
    ['1.2', '2.0', 'major'],
    ['1.2', '1.10', 'minor'],
    ['1.9', '1.10', 'minor'],
    ['2.0', '1.9', 'other'],
    [undefined, '1.0', 'other'],
    ['1.0', undefined, 'other'],
  ])('calls the step from version %s to %s %s', (from, to, step) => {
    const diff = diffVersions(
      version([group('A', { version: from })]),
      version([group('A', { version: to })]),
    );
    expect(diff.versionChanged).toMatchObject([{ from, to, step }]);
    expect(diff.patched).toEqual([]);
  });

  it('tells names, ids, aliases, platforms and edits apart', () => {
    const before = group('Axiom', { aliases: ['Group 72', 'Old'] });
    const after = group('Axiom 2', {
      attackId: 'G0002',
      aliases: ['New', 'Group 72'],
      platforms: ['Linux'],
      modified: '2026-02-02T00:00:00.000Z',
    });
    const diff = diffVersions(version([before]), version([after]));
    expect(diff.renamed).toMatchObject([{ from: 'Axiom', to: 'Axiom 2' }]);
    expect(diff.renumbered).toMatchObject([{ from: 'G0001', to: 'G0002' }]);
    expect(diff.changedAliases).toMatchObject([
      { lost: ['Old'], gained: ['New'], now: ['New', 'Group 72'] },
    ]);
    expect(diff.changedPlatforms).toMatchObject([{ lost: [], gained: ['Linux'] }]);
    expect(diff.patched).toHaveLength(1);
    expect(diff.counts).toMatchObject([{ kind: 'group', renamed: 1, unchanged: 0 }]);
  });

  it('takes another order of a list for no change', () => {
    const side = (aliases: readonly string[]): KnowledgeBase => version([group('A', { aliases })]);
    expect(diffVersions(side(['a', 'b']), side(['b', 'a'])).changedAliases).toEqual([]);
  });

  it('shows a relationship from both of its ends, and only from those that stayed', () => {
    const [user, old, fresh] = [group('A'), technique('T0001'), technique('T0002')];
    const before = version([user, old], [relation('uses', user, old)]);
    const after = version([user, old, fresh], [relation('uses', user, fresh)]);
    const diff = diffVersions(before, after);
    expect(
      diff.changedRelations.map(({ object, added, removed }) => [
        object.attackId,
        added.map(({ role, other }) => `${role} ${other.attackId}`),
        removed.map(({ role, other }) => `${role} ${other.attackId}`),
      ]),
    ).toEqual([
      ['T0001', [], ['target G0001']],
      ['G0001', ['source T0002'], ['source T0001']],
    ]);
    expect(diff.relationCounts).toEqual([{ type: 'uses', added: 1, removed: 1, redirected: 0 }]);
  });

  it('calls a relationship removed when no successor took it over', () => {
    const user = group('A');
    const gone = technique('T0001', { status: 'revoked' });
    const heir = technique('T0002');
    const before = version([user, technique('T0001')], [relation('uses', user, gone)]);
    const after = version([user, gone, heir], [relation('revoked-by', gone, heir)]);
    const diff = diffVersions(before, after);
    expect(diff.relationCounts).toEqual([{ type: 'uses', added: 0, removed: 1, redirected: 0 }]);
    const taken = version(
      [user, gone, heir],
      [relation('revoked-by', gone, heir), relation('uses', user, heir)],
    );
    expect(diffVersions(before, taken).relationCounts).toEqual([
      { type: 'uses', added: 0, removed: 0, redirected: 1 },
    ]);
  });

  it('ends when revoked-by runs in a circle or leads nowhere', () => {
    const [a, b] = [
      technique('T0001', { status: 'revoked' }),
      technique('T0002', { status: 'revoked' }),
    ];
    const circle = version([a, b], [relation('revoked-by', a, b), relation('revoked-by', b, a)]);
    const diff = diffVersions(version([technique('T0001'), technique('T0002')]), circle);
    expect(diff.revoked.map(({ successors }) => successors)).toEqual([[], []]);
  });
});
