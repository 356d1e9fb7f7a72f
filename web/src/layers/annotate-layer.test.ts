import { describe, expect, it } from 'vitest';
import { indexAnnotations } from '../../../src/layers/index.js';
import { testLayer } from '../testing/shipped-view.js';
import { annotateCells, blankEntry, clearCells, commonAnnotation } from './annotate-layer.js';

describe('annotateCells', () => {
  it('gives each cell an entry of its own and leaves the others', () => {
    const before = annotateCells(testLayer(), ['T1003^credential-access'], { score: 1 });
    const after = annotateCells(before, ['T1059^execution'], { score: 7, color: '#ff0000' });
    expect(after.techniques).toHaveLength(2);
    expect(indexAnnotations(after).at('T1059', 'execution')).toMatchObject({
      score: 7,
      color: '#ff0000',
      enabled: true,
    });
  });

  it('divides an entry for all tactics only where it is changed', () => {
    const general = {
      ...testLayer(),
      techniques: [{ ...blankEntry('T1078', undefined), score: 5 }],
    };
    const layer = annotateCells(general, ['T1078^persistence'], { comment: 'here' });
    const annotations = indexAnnotations(layer);
    expect(annotations.at('T1078', 'persistence')).toMatchObject({ score: 5, comment: 'here' });
    expect(annotations.at('T1078', 'initial-access')).toMatchObject({ score: 5, comment: '' });
  });

  it('takes a score away by null, and the entry with it when nothing is left', () => {
    const scored = annotateCells(testLayer(), ['T1059^execution'], { score: 0 });
    expect(scored.techniques[0]?.score).toBe(0);
    const unscored = annotateCells(scored, ['T1059^execution'], { score: null });
    expect(unscored.techniques).toHaveLength(0);
  });
});

describe('clearCells', () => {
  it('clears a cell over which an entry for all tactics would show through', () => {
    const general = {
      ...testLayer(),
      techniques: [{ ...blankEntry('T1078', undefined), score: 5 }],
    };
    const layer = clearCells(general, ['T1078^persistence']);
    const annotations = indexAnnotations(layer);
    expect(annotations.at('T1078', 'persistence')?.score).toBeUndefined();
    expect(annotations.at('T1078', 'stealth')?.score).toBe(5);
  });
});

describe('commonAnnotation', () => {
  it('tells what the cells say alike, and nothing where they differ', () => {
    const one = annotateCells(testLayer(), ['T1059^execution'], { score: 7, comment: 'a' });
    const both = annotateCells(one, ['T1003^credential-access'], { score: 7, comment: 'b' });
    const common = commonAnnotation(both, ['T1059^execution', 'T1003^credential-access']);
    expect(common).toMatchObject({ score: 7, comment: undefined, enabled: true, links: [] });
  });
});
