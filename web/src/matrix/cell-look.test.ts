import { describe, expect, it } from 'vitest';
import type { MatrixCell as EvidenceCell } from '../../../src/server/api-types.js';
import { annotateCells } from '../layers/annotate-layer.js';
import type { CellKey } from '../layers/layer-tab.js';
import { testLayer, testView } from '../testing/shipped-view.js';
import { cellLook } from './cell-look.js';
import { gridModel } from './grid-model.js';

const layer = annotateCells(testLayer(), ['T1059.001^execution'], { score: 72, comment: 'x' });
const zero = annotateCells(layer, ['T1003^credential-access'], { score: 0 });
const off = annotateCells(zero, ['T1106^execution'], { enabled: false, score: 9 });
const view = testView({
  ...off,
  layout: { ...off.layout, expandedSubtechniques: 'all' },
});
const model = gridModel(view, { isShown: () => true, toggled: new Set() });
const evidence: EvidenceCell = {
  techniqueId: 'T1059.001',
  counts: { observed: 14, exposure: 0, capability: 1, intel: 0 },
  status: { proposed: 15, accepted: 0, rejected: 0 },
  maxConfidence: 0.72,
  score: 72,
  hosts: 3,
  rules: 2,
  why: '',
};

function lookAt(key: CellKey, of?: EvidenceCell) {
  const cell = model.byKey.get(key);
  if (cell === undefined) throw new Error(`expected ${key} in the grid`);
  return cellLook(cell, of);
}

describe('cellLook', () => {
  it('tells a screen reader id, name, technique, score and evidence', () => {
    expect(lookAt('T1059.001^execution', evidence).label).toBe(
      'T1059.001 PowerShell, sub-technique of Command and Scripting Interpreter, score 72, 14 matches, 1 capability on 3 hosts, 2 rules',
    );
    expect(lookAt('T1059.001^execution').label).toContain('has a comment');
  });

  it('tells a score of 0 from no score', () => {
    expect(lookAt('T1003^credential-access')).toMatchObject({
      state: 'scored',
      score: '0',
      band: 1,
    });
    expect(lookAt('T1110^credential-access')).toMatchObject({
      state: 'unknown',
      score: '',
      band: 0,
      color: '',
    });
  });

  it('shows no score of what is disabled', () => {
    expect(lookAt('T1106^execution')).toMatchObject({ state: 'off', score: '', color: '' });
  });

  it('gives a technique the mark of its highest sub-technique', () => {
    const { chip, color } = lookAt('T1059^execution');
    expect(color).toBe('');
    expect(chip).toBe(lookAt('T1059.001^execution').color);
  });
});
