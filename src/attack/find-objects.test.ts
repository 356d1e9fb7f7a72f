import { describe, expect, it } from 'vitest';
import { findObjects, type ObjectQuery } from './find-objects.js';
import { findRelationsByText } from './find-relations-by-text.js';
import { formatObject } from './format-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { openShipped } from './open-shipped.js';
import { parseCatalogue } from './parse-catalogue.js';
import { tacticsOf } from './tactics-of.js';

const BASE = openShipped({ version: '18.1' });
const idsOf = (query: ObjectQuery): readonly (string | undefined)[] =>
  findObjects(BASE, query).map(({ attackId }) => attackId);

describe('findObjects', () => {
  const cases: readonly (readonly [string, ObjectQuery, readonly string[]])[] = [
    ['an alias in any case', { kind: 'group', alias: 'cozy BEAR' }, ['G0016']],
    ['the name as an alias', { kind: 'group', alias: 'APT29' }, ['G0016']],
    ['a name, active objects first of all', { name: 'PowerShell' }, ['T1059.001']],
    ['revoked objects when asked', { name: 'PowerShell', status: 'revoked' }, ['T1086']],
    ['nothing for another domain', { name: 'PowerShell', domain: 'ics-attack' }, []],
    ['nothing that has tactics but techniques', { kind: 'group', tactic: 'impact' }, []],
  ];
  it.each(cases)('finds %s', (_, query, ids) => {
    expect(idsOf(query)).toEqual(ids);
  });

  it('asks that all fields fit', () => {
    const query = { kind: 'technique', tactic: 'impact', platform: 'ESXi' } as const;
    const found = findObjects(BASE, { ...query, isSubtechnique: true });
    expect(found.length).toBeGreaterThan(0);
    for (const { tactics, platforms, isSubtechnique } of found) {
      expect(tactics).toContain('impact');
      expect(platforms).toContain('ESXi');
      expect(isSubtechnique).toBe(true);
    }
  });

  it('refuses a date that is none', () => {
    expect(() => findObjects(BASE, { createdAfter: 'yesterday' })).toThrow(
      'expected a date (2026-04-28), found "yesterday"',
    );
  });

  it('does not answer "nothing" about descriptions that it does not have', () => {
    const refusal = 'expected a full bundle to search descriptions in';
    expect(() => findObjects(BASE, { text: 'mimikatz' })).toThrow(refusal);
    expect(() => findRelationsByText(BASE, 'mimikatz')).toThrow(refusal);
  });
});

describe('tacticsOf', () => {
  it('tells tactics of one shortname apart by domain where domains are merged', () => {
    const uuid = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;
    const lines = [
      'portolan-attack-catalogue 1',
      'meta\t{"domain":"enterprise-attack","version":"1.0"}',
      `tactic\tTA0001\t${uuid(1)}\t\t1.0\t\t\tExecution\t\t\tenterprise-attack\texecution`,
      `tactic\tTA0002\t${uuid(2)}\t\t1.0\t\t\tExecution\t\t\tmobile-attack\texecution`,
      `technique\tT0001\t${uuid(3)}\t\t1.0\t\t\tRun\t\t\tmobile-attack\texecution`,
    ];
    const base = parseCatalogue(lines.join('\n')).knowledgeBase as KnowledgeBase;
    const [technique] = base.ofKind('technique');
    expect(technique && tacticsOf(base, technique).map(({ attackId }) => attackId)).toEqual([
      'TA0002',
    ]);
  });
});

describe('formatObject', () => {
  it("prints Portolan's facts where there is only the catalogue, and nothing for an unknown id", () => {
    const [group] = findObjects(BASE, { kind: 'group', name: 'APT29' });
    if (group === undefined) throw new Error('expected APT29');
    expect(JSON.parse(formatObject(BASE, group.stixId) ?? '')).toMatchObject({ attackId: 'G0016' });
    expect(formatObject({ ...BASE, byStixId: new Map() }, group.stixId)).toBeUndefined();
  });
});
