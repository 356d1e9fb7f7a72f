import { describe, expect, it } from 'vitest';
import { emptyLayer } from '../../../src/layers/index.js';
import { shippedKnowledge } from '../testing/shipped-view.js';
import { blankEntry } from './annotate-layer.js';
import { explainVersions, migrateAccepted, migrateTo } from './migrate-tab.js';

const versions = ['14.1', '16.1', '17.1', '18.1', '19.1'].map(shippedKnowledge);
const old = {
  ...emptyLayer({ name: 'Old', domain: 'enterprise-attack', attackVersion: '14' }),
  techniques: [
    { ...blankEntry('T1562.001', 'defense-evasion'), score: 3 },
    { ...blankEntry('T1059.001', 'execution'), score: 4 },
    { ...blankEntry('T1027', 'defense-evasion'), score: 5 },
  ],
};

describe('a layer of version 14 in version 19', () => {
  it('has the ids and tactics of 19, and a step for each that changed', () => {
    const { layer, steps } = migrateTo(old, versions, '19.1');
    const entries = layer.techniques.map(({ techniqueId, tactic }) => `${techniqueId} ${tactic}`);
    expect(entries).toEqual(['T1685 defense-impairment', 'T1059.001 execution', 'T1027 stealth']);
    expect(steps.map(({ path }) => path)).toEqual(['techniques[0]', 'techniques[2]']);
  });

  it('leaves as it was what is not accepted', () => {
    const refused = new Set(['techniques[0]']);
    const layer = migrateAccepted(old, versions, { to: '19.1', refused });
    const entries = layer.techniques.map(({ techniqueId, tactic }) => `${techniqueId} ${tactic}`);
    expect(entries).toEqual(['T1059.001 execution', 'T1027 stealth', 'T1562.001 defense-evasion']);
    expect(layer.versions.attack).toBe('19.1');
  });
});

describe('explainVersions', () => {
  it('names what was revoked from 18 to 19, with what took its place', () => {
    const { revoked } = explainVersions(shippedKnowledge('18.1'), shippedKnowledge('19.1'));
    const line = revoked.find(({ object }) => object.attackId === 'T1562.001');
    expect(line?.successors.map(({ attackId }) => attackId)).toEqual(['T1685']);
  });
});
