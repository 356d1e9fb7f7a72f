import { describe, expect, it } from 'vitest';
import { dataComponentsOf } from './analytics-of.js';
import type { Technique } from './attack-object.js';
import { detectionsOf } from './detections-of.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { openShipped } from './open-shipped.js';

function techniqueOf(base: KnowledgeBase, attackId: string): Technique {
  const object = base.byAttackId.get(attackId);
  if (object?.kind !== 'technique') throw new Error(`expected a technique, found ${attackId}`);
  return object;
}

describe('detectionsOf', () => {
  it('goes from technique to strategy, analytic, log source and data component', () => {
    const base = openShipped({ version: '18.1' });
    const { strategies, dataComponents } = detectionsOf(base, techniqueOf(base, 'T1059.001'));
    expect(strategies.map(({ strategy }) => strategy.attackId)).toEqual(['DET0455']);
    const analytics = strategies.flatMap((strategy) => strategy.analytics);
    expect(analytics.map(({ analytic }) => analytic.attackId)).toEqual(['AN1252']);
    const names = analytics.flatMap(({ logSources }) =>
      logSources.map(({ name, channel, dataComponent }) => [name, channel, dataComponent?.name]),
    );
    expect(names).toContainEqual(['WinEventLog:Sysmon', 'EventCode=1', 'Process Creation']);
    const inTree = new Set(names.map(([, , component]) => component));
    expect(new Set(dataComponents.map(({ name }) => name))).toEqual(inTree);
  });

  // Source: ATT&CK 18.1: one strategy for each of 691 techniques, 41 without a log source.
  it('finds for every technique of 18.1 the components that its strategies name, and for 41 none', () => {
    const base = openShipped({ version: '18.1' });
    const techniques = base.ofKind('technique');
    const found = techniques.map((technique) => detectionsOf(base, technique));
    for (const { strategies, dataComponents } of found) {
      const named = strategies.flatMap(({ strategy }) => dataComponentsOf(base, strategy));
      expect(new Set(dataComponents)).toEqual(new Set(named));
    }
    expect(found.filter(({ strategies }) => strategies.length === 1)).toHaveLength(691);
    expect(found.filter(({ dataComponents }) => dataComponents.length === 0)).toHaveLength(41);
  });

  it('answers for 17.1 with the data components that detect by themselves', () => {
    const base = openShipped({ version: '17.1' });
    const { strategies, dataComponents } = detectionsOf(base, techniqueOf(base, 'T1059.001'));
    expect(strategies).toEqual([]);
    expect(dataComponents.map(({ name }) => name)).toContain('Script Execution');
  });
});
