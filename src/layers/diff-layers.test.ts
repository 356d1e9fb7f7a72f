import { describe, expect, it } from 'vitest';
import { openShipped } from '../attack/index.js';
import { diffLayers } from './diff-layers.js';
import type { Layer } from './layer.js';
import { readLayers } from './read-layers.js';

function layer(techniques: readonly object[]): Layer {
  const [read] = readLayers(
    JSON.stringify({ domain: 'enterprise-attack', name: 'n', techniques }),
  ).layers;
  if (read === undefined) throw new Error('no layer');
  return read;
}

describe('diffLayers', () => {
  it.each<[string, object | undefined, object | undefined]>([
    ['added', undefined, { score: 0 }],
    ['added', { score: 5, enabled: false }, { score: 5 }],
    ['added', {}, { comment: 'now noted' }],
    ['lost', { score: 0 }, undefined],
    ['lost', { color: '#fff' }, { enabled: false }],
    ['better', { score: 1 }, { score: 2 }],
    ['better', { comment: 'c' }, { score: 0 }],
    ['worse', { score: 2 }, { score: 1 }],
    ['worse', { score: 2 }, { comment: 'c' }],
    ['unchanged', { score: 2 }, { score: 2, comment: 'c' }],
    ['unchanged', { comment: 'a' }, { comment: 'b' }],
  ])('calls it %s from %j to %j', (kind, before, after) => {
    const one = (fields: object | undefined) =>
      layer(fields === undefined ? [] : [{ techniqueID: 'T1', ...fields }]);
    const { changes, counts } = diffLayers(one(before), one(after));
    expect(changes.map((change) => change.kind)).toEqual([kind]);
    expect(counts).toEqual({ added: 0, lost: 0, better: 0, worse: 0, unchanged: 0, [kind]: 1 });
  });

  it('takes a lower score for the better one when asked to', () => {
    const [before, after] = [
      layer([{ techniqueID: 'T1', score: 9 }]),
      layer([{ techniqueID: 'T1', score: 1 }]),
    ];
    expect(diffLayers(before, after, { higherIsBetter: false }).changes[0]?.kind).toBe('better');
  });

  it('gives both scores and both comments, and says whether the notes changed', () => {
    const before = layer([{ techniqueID: 'T1', tactic: 'execution', score: 1, comment: 'old' }]);
    const after = layer([{ techniqueID: 'T1', tactic: 'execution', score: 1, comment: 'new' }]);
    expect(diffLayers(before, after).changes).toEqual([
      {
        kind: 'unchanged',
        techniqueId: 'T1',
        tactic: 'execution',
        scoreBefore: 1,
        scoreAfter: 1,
        commentBefore: 'old',
        commentAfter: 'new',
        notesChanged: true,
      },
    ]);
  });

  it('compares tactic by tactic where one layer divides a technique', () => {
    const before = layer([{ techniqueID: 'T1078', score: 5 }]);
    const after = layer([
      { techniqueID: 'T1078', tactic: 'persistence', score: 9 },
      { techniqueID: 'T1078', tactic: 'initial-access', score: 5 },
    ]);
    const { changes } = diffLayers(before, after, {
      knowledgeBase: openShipped({ version: '18.1' }),
    });
    expect(Object.fromEntries(changes.map(({ kind, tactic }) => [tactic, kind]))).toEqual({
      'initial-access': 'unchanged',
      persistence: 'better',
      'privilege-escalation': 'lost',
      'defense-evasion': 'lost',
    });
  });

  it('finds no change between a layer and itself', () => {
    const same = layer([
      { techniqueID: 'T1', score: 1 },
      { techniqueID: 'T1', score: 2 },
      { techniqueID: 'T2', tactic: 'x', comment: 'c' },
    ]);
    const { counts, changes } = diffLayers(same, same);
    expect(counts).toEqual({ added: 0, lost: 0, better: 0, worse: 0, unchanged: 2 });
    expect(changes.some((change) => change.notesChanged)).toBe(false);
  });
});
