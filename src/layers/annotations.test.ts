import { describe, expect, it } from 'vitest';
import { indexAnnotations, isAnnotated } from './annotations.js';
import { readLayers } from './read-layers.js';

function annotationsOf(techniques: readonly object[]) {
  const [layer] = readLayers(
    JSON.stringify({ domain: 'enterprise-attack', name: 'n', techniques }),
  ).layers;
  if (layer === undefined) throw new Error('no layer');
  return indexAnnotations(layer);
}

describe('indexAnnotations', () => {
  it('answers for a tactic with its own entry, else with the one for all tactics', () => {
    const index = annotationsOf([
      { techniqueID: 'T1', score: 1 },
      { techniqueID: 'T1', tactic: 'execution', score: 2 },
    ]);
    expect(index.at('T1', 'execution')?.score).toBe(2);
    expect(index.at('T1', 'persistence')?.score).toBe(1);
    expect(index.at('T1', undefined)?.score).toBe(1);
    expect(index.at('T2', 'execution')).toBeUndefined();
    expect(index.of('T1').map(({ score }) => score)).toEqual([1, 2]);
  });

  it('lets the last entry win, as Navigator does, also one for all tactics', () => {
    const index = annotationsOf([
      { techniqueID: 'T1', tactic: 'execution', score: 1 },
      { techniqueID: 'T1', tactic: 'execution', score: 2 },
      { techniqueID: 'T2', tactic: 'execution', score: 3 },
      { techniqueID: 'T2', score: 4 },
    ]);
    expect(index.at('T1', 'execution')?.score).toBe(2);
    expect(index.at('T2', 'execution')?.score).toBe(4);
    expect(index.techniqueIds).toEqual(['T1', 'T2']);
  });
});

describe('isAnnotated', () => {
  it.each([
    [{}, false],
    [{ score: 0 }, true],
    [{ comment: 'c' }, true],
    [{ color: '#fff' }, true],
    [{ enabled: false }, true],
    [{ links: [{ divider: true }] }, true],
    [{ metadata: [{ name: 'n', value: 'v' }] }, true],
    [{ showSubtechniques: true }, false],
  ])('says whether %j says anything: %s', (fields, expected) => {
    const [entry] = annotationsOf([{ techniqueID: 'T1', ...fields }]).of('T1');
    expect(entry && isAnnotated(entry)).toBe(expected);
  });
});
