import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type StixId, type TechniqueId } from '../../model/index.js';
import type { AttackObject, Technique } from '../attack-object.js';
import { buildKnowledgeBase } from '../build-knowledge-base.js';
import { indexRelations } from '../index-relations.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { listShipped, openShipped } from '../open-shipped.js';
import type { Relation } from '../relation.js';
import { createMigrator } from './create-migrator.js';
import { mergeScores } from './merge-scores.js';

const bases = listShipped().map(({ domain, version }) => openShipped({ domain, version }));
const migrator = createMigrator(bases);
const up = { from: '18.1', to: '19.1' } as const;
const down = { from: '19.1', to: '18.1' } as const;

describe('ids forwards', () => {
  // The table of ATT&CK 18.1 → 19.1, as read from Elastic, DeTT&CT and Sigma.
  it.each([
    ['T1562', 'T1685'],
    ['T1562.001', 'T1685'],
    ['T1562.006', 'T1685'],
    ['T1562.002', 'T1685.001'],
    ['T1562.003', 'T1690'],
    ['T1562.007', 'T1686.001'],
    ['T1562.008', 'T1685.002'],
    ['T1562.009', 'T1688'],
    ['T1562.010', 'T1689'],
    ['T1562.011', 'T1685.003'],
    ['T1562.012', 'T1685.004'],
    ['T1562.013', 'T1686.002'],
    ['T1070.001', 'T1685.005'],
    ['T1070.002', 'T1685.006'],
    ['T1656', 'T1684.001'],
    ['T1672', 'T1684.002'],
  ])('moves %s to %s, and says why', (techniqueId, target) => {
    const moved = migrator.migrateTechnique({ techniqueId, ...up });
    expect(moved.targets.map((one) => one.techniqueId)).toEqual([target]);
    expect(moved.decision).toBe('automatic');
    expect(moved.reason).toContain(`revoked by ${target}`);
    const back = migrator.migrateTechnique({ techniqueId: target, ...down });
    expect([techniqueId, 'T1562.001']).toContain(back.targets[0]?.techniqueId);
  });

  it.each([
    ['product windows', { logsource: logsource('windows') }, 'T1686.003', 'automatic'],
    [
      'a category of Windows',
      { logsource: logsource(undefined, 'registry_set') },
      'T1686.003',
      'automatic',
    ],
    ['product linux', { logsource: logsource('linux') }, 'T1686', 'automatic'],
    ['product aws', { logsource: logsource('aws') }, 'T1686.001', 'automatic'],
    ['product azure', { logsource: logsource('azure') }, 'T1686.001', 'automatic'],
    ['product fortigate', { logsource: logsource('fortigate') }, 'T1686.002', 'automatic'],
    ['platform IaaS', { platforms: ['IaaS'] }, 'T1686.001', 'automatic'],
    ['platform Windows', { platforms: ['Windows'] }, 'T1686.003', 'automatic'],
    ['platforms Windows and Linux', { platforms: ['Windows', 'Linux'] }, 'T1686', 'suggested'],
    ['a text about netsh', { text: 'netsh advfirewall set' }, 'T1686.003', 'suggested'],
    ['a text about two systems', { text: 'iptables or netsh' }, 'T1686', 'suggested'],
    ['nothing', {}, 'T1686', 'suggested'],
  ] as const)('splits T1562.004 by %s', (_, context, target, decision) => {
    const moved = migrator.migrateTechnique({ techniqueId: 'T1562.004', ...up, ...context });
    expect(moved.targets[0]?.techniqueId).toBe(target);
    expect(moved.decision).toBe(decision);
    expect(moved.alternatives).not.toContain(target);
  });

  it('follows revocations through several versions', () => {
    const moved = migrator.migrateTechnique({ techniqueId: 'T1089', from: '14.1', to: '19.1' });
    expect(moved.targets[0]?.techniqueId).toBe('T1685');
    expect(moved.reason).toContain('T1089 is revoked by T1562.001');
    expect(moved.reason).toContain('T1562.001 is revoked by T1685');
  });

  it.each([
    ['T1086', 'T1059.001', 'automatic'],
    ['T1574.002', 'T1574.001', 'automatic'],
    ['T1043', 'T1043', 'needs-person'],
    ['T9999', 'T9999', 'needs-person'],
    ['T1400', 'T1400', 'needs-person'],
    ['T1685', 'T1685', 'automatic'],
    ['not an id', 'not an id', 'needs-person'],
  ])('moves %s to %s: %s', (techniqueId, target, decision) => {
    const moved = migrator.migrateTechnique({ techniqueId, ...up });
    expect([moved.targets[0]?.techniqueId, moved.decision]).toEqual([target, decision]);
    expect(moved.reason).not.toBe('');
  });

  it('says when an id belongs to another domain', () => {
    expect(migrator.migrateTechnique({ techniqueId: 'T1400', ...up }).reason).toContain(
      'mobile-attack',
    );
  });

  it('lands every technique that 18.1 has on an active one of 19.1, and back', () => {
    const [v18, v19] = [base('18.1'), base('19.1')];
    const lost = v18.ofKind('technique').filter(({ attackId }) => {
      const moved = migrator.migrateTechnique({ techniqueId: attackId, ...up });
      const target = v19.byAttackId.get(moved.targets[0]?.techniqueId ?? '');
      if (target?.status !== 'active') return true;
      const back = migrator.migrateTechnique({ techniqueId: target.attackId ?? '', ...down });
      return v18.byAttackId.get(back.targets[0]?.techniqueId ?? '')?.status !== 'active';
    });
    expect(lost).toEqual([]);
  });
});

describe('ids backwards', () => {
  it.each([
    ['T1685', '', 'T1562.001', 'automatic'],
    ['T1685', 'Disables ETW trace sessions', 'T1562.006', 'suggested'],
    ['T1686', '', 'T1562.004', 'automatic'],
    ['T1686.003', '', 'T1562.004', 'automatic'],
    ['T1686.001', '', 'T1562.007', 'automatic'],
    ['T1027.018', '', 'T1027', 'suggested'],
    ['T1687', '', 'T1211', 'suggested'],
    ['T1684', '', 'T1656', 'suggested'],
    ['T1682', '', 'T1593', 'suggested'],
    ['T1683.001', '', 'T1683.001', 'needs-person'],
  ])('moves %s (%s) of 19.1 to %s of 18.1: %s', (techniqueId, text, target, decision) => {
    const moved = migrator.migrateTechnique({ techniqueId, text, ...down });
    expect([moved.targets[0]?.techniqueId, moved.decision]).toEqual([target, decision]);
  });

  it.each([
    ['T1686.002', '17.1', 'T1562.004', 'suggested'],
    ['T1686.003', '14.1', 'T1562.004', 'automatic'],
    ['T1574.001', '16.1', 'T1574.001', 'suggested'],
    ['T1059.013', '16.1', 'T1059', 'suggested'],
  ])('moves %s of 19.1 to %s as %s: %s', (techniqueId, to, target, decision) => {
    const moved = migrator.migrateTechnique({ techniqueId, from: '19.1', to });
    expect([moved.targets[0]?.techniqueId, moved.decision]).toEqual([target, decision]);
  });

  it('tells side-loading from the other ids that became T1574.001', () => {
    const text = 'DLL side-loading of a signed program';
    const moved = migrator.migrateTechnique({
      techniqueId: 'T1574.001',
      text,
      from: '19.1',
      to: '16.1',
    });
    expect(moved.targets[0]?.techniqueId).toBe('T1574.002');
  });
});

describe('tactics', () => {
  it('moves the 198 pairs of techniques that changed tactic in 19.1', () => {
    const outcomes = new Map<string, number>();
    const wrong: string[] = [];
    for (const technique of base('18.1').ofKind('technique')) {
      const now = base('19.1').byAttackId.get(technique.attackId);
      if (now?.kind !== 'technique' || now.status !== 'active') continue;
      const moved = new Set(
        technique.tactics.flatMap((tactic) =>
          migrator
            .migrateTechnique({ techniqueId: technique.attackId, tactic, ...up })
            .targets.flatMap(({ tactics }) => tactics),
        ),
      );
      const expected = new Set(now.tactics);
      if ([...moved].sort().join() !== [...expected].sort().join()) {
        wrong.push(technique.attackId);
      }
      const gone = technique.tactics
        .filter((tactic) => !expected.has(tactic))
        .sort()
        .join('+');
      const come = now.tactics
        .filter((tactic) => !technique.tactics.includes(tactic))
        .sort()
        .join('+');
      if (gone + come !== '')
        outcomes.set(`${gone} → ${come}`, (outcomes.get(`${gone} → ${come}`) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    expect(Object.fromEntries(outcomes)).toEqual({
      'defense-evasion → stealth': 126,
      'defense-evasion → defense-impairment': 41,
      'defense-evasion → ': 13,
      'defense-evasion → execution+stealth': 5,
      'defense-evasion+persistence+privilege-escalation → execution+stealth': 13,
    });
  });

  it.each([
    ['T1055', 'defense-evasion', up, ['stealth'], 'automatic'],
    ['T1055', 'privilege-escalation', up, ['privilege-escalation'], 'automatic'],
    ['T1112', 'defense-evasion', up, ['defense-impairment'], 'automatic'],
    ['T1574.001', 'persistence', up, ['execution', 'stealth'], 'automatic'],
    ['T1548.002', 'defense-evasion', up, ['privilege-escalation'], 'suggested'],
    ['T1574.001', 'stealth', down, ['defense-evasion'], 'automatic'],
    ['T1685', 'defense-impairment', down, ['defense-evasion'], 'automatic'],
    ['T1059', 'impact', up, ['impact'], 'needs-person'],
  ] as const)('moves (%s, %s)', (techniqueId, tactic, move, tactics, decision) => {
    const moved = migrator.migrateTechnique({ techniqueId, tactic, ...move });
    expect(moved.targets[0]?.tactics.toSorted()).toEqual(tactics.toSorted());
    expect(moved.decision).toBe(decision);
  });

  it.each([
    ['the technique decides', ['T1036'], '', ['stealth'], 'automatic'],
    [
      'two techniques say both',
      ['T1036', 'T1112'],
      '',
      ['stealth', 'defense-impairment'],
      'automatic',
    ],
    ['the technique left it', ['T1548.002'], '', ['privilege-escalation'], 'suggested'],
    ['the title decides', [], 'Windows Defender Disabled', ['defense-impairment'], 'automatic'],
    ['the title decides otherwise', [], 'Renamed PsExec Execution', ['stealth'], 'automatic'],
    ['nothing decides', [], 'Odd Things', ['defense-evasion'], 'needs-person'],
    [
      'a technique without the tactic does not',
      ['T1059'],
      'Odd Things',
      ['defense-evasion'],
      'needs-person',
    ],
  ] as const)('moves defense-evasion of a rule: %s', (_, techniqueIds, text, targets, decision) => {
    const moved = migrator.migrateTactic({ tactic: 'defense-evasion', techniqueIds, text, ...up });
    expect([moved.targets, moved.decision]).toEqual([targets, decision]);
  });

  it('keeps the tactics of Mobile, which did not change', () => {
    const move = { domain: 'mobile-attack', from: '18.1', to: '18.1' } as const;
    const moved = migrator.migrateTactic({ tactic: 'defense-evasion', techniqueIds: [], ...move });
    expect(moved.targets).toEqual(['defense-evasion']);
  });

  it('drops a tactic that the technique left only where another of its tactics is named', () => {
    const question = { techniqueIds: ['T1548.002'], text: '', ...up };
    const moved = migrator.migrateTags({
      ...question,
      tactics: ['defense-evasion', 'privilege-escalation'],
    });
    expect(moved.tactics.map(({ targets }) => targets)).toEqual([[], ['privilege-escalation']]);
  });

  it('adds forwards what a technique gained, and names the technique', () => {
    const moved = migrator.migrateTags({
      techniqueIds: ['T1574.001'],
      tactics: ['persistence'],
      ...up,
    });
    expect(moved.added.map(({ tactic }) => tactic).sort()).toEqual(['execution', 'stealth']);
    expect(moved.added[0]?.techniqueId).toBe('T1574.001');
    const silent = migrator.migrateTags({ techniqueIds: ['T1574.001'], tactics: [], ...up });
    expect(silent.added).toEqual([]);
  });
});

describe('platforms', () => {
  it.each([
    ['Network', '14.1', '19.1', ['Network Devices'], 'automatic'],
    ['Azure AD', '14.1', '19.1', ['Identity Provider'], 'automatic'],
    ['Office 365', '14.1', '16.1', ['Office Suite'], 'automatic'],
    ['Google Workspace', '14.1', '18.1', ['Office Suite'], 'automatic'],
    ['AWS', '14.1', '18.1', ['IaaS'], 'automatic'],
    ['mac', '14.1', '18.1', ['macOS'], 'automatic'],
    ['Windows', '14.1', '18.1', ['Windows'], 'automatic'],
    ['Network Devices', '19.1', '16.1', ['Network'], 'automatic'],
    ['Office Suite', '19.1', '14.1', ['Google Workspace', 'Office 365'], 'suggested'],
    ['Identity Provider', '19.1', '14.1', ['Azure AD'], 'automatic'],
    ['ESXi', '19.1', '16.1', ['ESXi'], 'needs-person'],
  ] as const)('calls %s of %s in %s: %s', (platform, from, to, targets, decision) => {
    const moved = migrator.migratePlatform(platform, { from, to });
    expect([moved.targets, moved.decision]).toEqual([targets, decision]);
  });
});

describe('versions', () => {
  it.each([
    ['19', '19.1', true],
    ['v18.1', '18.1', true],
    ['15', '14.1', false],
    ['15.1', '16.1', false],
    ['20.0', '19.1', false],
    ['7', '14.1', false],
    ['nonsense', '19.1', false],
  ])('takes %s as %s', (asked, version, exact) => {
    expect(migrator.nearestVersion(asked)).toEqual({ version, exact });
  });

  it.each([
    [
      'ids of 19 labelled 18',
      { techniqueIds: ['T1685', 'T1059'], label: '18' },
      '19.1',
      true,
      true,
    ],
    ['the new tactics', { tactics: ['stealth'] }, '19.1', true, false],
    ['the old tactic', { tactics: ['defense-evasion'], label: '18' }, '18.1', false, false],
    ['an id of 18 alone', { techniqueIds: ['T1562.013'] }, '18.1', true, false],
    ['platforms of 14', { platforms: ['Azure AD', 'Network'] }, '14.1', true, false],
    ['a label that fits', { techniqueIds: ['T1059'], label: '16.1' }, '16.1', false, false],
    ['no label and no evidence', { techniqueIds: ['T1059'] }, '19.1', false, false],
    [
      'a version that is not known',
      { techniqueIds: ['T1574.002'], label: '15' },
      '14.1',
      false,
      false,
    ],
    [
      'old tactics labelled 19',
      { tactics: ['defense-evasion'], label: '19.1' },
      '18.1',
      false,
      true,
    ],
  ] as const)('tells the version by %s', (_, seen, version, certain, labelDisagrees) => {
    const sighting = { techniqueIds: [], tactics: [], platforms: [], ...seen };
    expect(migrator.detectVersion(sighting)).toMatchObject({ version, certain, labelDisagrees });
  });
});

describe('hostile bases and questions', () => {
  it('ends where revoked-by runs in a circle', () => {
    const circle = createMigrator([
      madeUp('1.0', [technique('T0001', 'active')], []),
      madeUp(
        '2.0',
        [technique('T0001', 'revoked'), technique('T0002', 'revoked')],
        [
          ['T0001', 'T0002'],
          ['T0002', 'T0001'],
        ],
      ),
    ]);
    const moved = circle.migrateTechnique({ techniqueId: 'T0001', from: '1.0', to: '2.0' });
    expect(moved.decision).toBe('needs-person');
    expect(moved.reason).toContain('circle');
  });

  it('refuses to be built of nothing', () => {
    expect(() => createMigrator([])).toThrow(AppError);
  });

  it('keeps everything of a domain that it does not know', () => {
    const only = createMigrator([base('18.1')]);
    const moved = only.migrateTechnique({ domain: 'ics-attack', techniqueId: 'T0800', ...up });
    expect(moved).toMatchObject({ decision: 'needs-person', changed: false });
  });

  it('answers any question with at least one target and a reason', () => {
    const id = fc.oneof(fc.string(), fc.constantFrom('T1562.004', 'T1685', 'T1043', 'T1574.001'));
    const version = fc.oneof(fc.string(), fc.constantFrom('14.1', '16.1', '17.1', '18.1', '19.1'));
    fc.assert(
      fc.property(id, version, version, fc.string(), (techniqueId, from, to, text) => {
        const context = { from, to, text, platforms: [text] };
        const moved = migrator.migrateTechnique({ techniqueId, tactic: text, ...context });
        expect(moved.targets.length).toBeGreaterThan(0);
        expect(moved.reason).not.toBe('');
        const tags = migrator.migrateTags({
          techniqueIds: [techniqueId],
          tactics: [text],
          ...context,
        });
        expect(tags.techniques).toHaveLength(1);
        migrator.migratePlatform(text, context);
        migrator.detectVersion({
          techniqueIds: [techniqueId],
          tactics: [text],
          platforms: [text],
          label: from,
        });
      }),
    );
  });
});

describe('merged scores', () => {
  it.each([
    [[1, 5, undefined], 5],
    [[undefined, undefined], undefined],
    [[0, undefined], 0],
    [[-3, -2], -2],
    [[], undefined],
  ])('%j become %s', (scores, merged) => {
    expect(mergeScores(scores)).toBe(merged);
  });
});

function base(version: string): KnowledgeBase {
  const found = bases.find((one) => one.domain === 'enterprise-attack' && one.version === version);
  if (found === undefined) throw new Error(`ATT&CK ${version} does not ship`);
  return found;
}

function logsource(product: string | undefined, category?: string) {
  return { product, category, service: undefined };
}

function stixIdOf(id: string): StixId {
  return `attack-pattern--00000000-0000-4000-8000-${id.slice(1).padStart(12, '0')}` as StixId;
}

function technique(id: string, status: Technique['status']): Technique {
  return {
    kind: 'technique',
    attackId: id as TechniqueId,
    stixId: stixIdOf(id),
    name: id,
    aliases: [],
    status,
    version: undefined,
    created: undefined,
    modified: undefined,
    domains: ['enterprise-attack'],
    platforms: [],
    tactics: [],
    isSubtechnique: false,
    parentId: undefined,
  };
}

function madeUp(
  version: string,
  techniques: readonly Technique[],
  revocations: readonly (readonly [string, string])[],
): KnowledgeBase {
  const all: Relation[] = revocations.map(([from, to]) => ({
    type: 'revoked-by',
    sourceId: stixIdOf(from),
    targetId: stixIdOf(to),
    stixId: undefined,
  }));
  const objects: readonly AttackObject[] = techniques;
  return buildKnowledgeBase({
    domains: ['enterprise-attack'],
    version,
    source: 'catalogue',
    byStixId: new Map(objects.map((object) => [object.stixId, object])),
    byAttackId: new Map(objects.map((object) => [object.attackId ?? '', object])),
    relations: indexRelations(all),
  });
}
