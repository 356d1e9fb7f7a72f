import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LABELLED_DATA, readLabelledUnits } from '../../bench/log-quality-corpora.js';
import { predictUnit } from '../../bench/log-quality-evaluate.js';
import { observeUnits } from '../../bench/log-quality-observe.js';
import { loadConfidenceModel } from '../../src/app/map-confidence-model.js';
import { mapEvents } from '../../src/app/map-events.js';
import { openShipped } from '../../src/attack/index.js';

describe.skipIf(!existsSync(LABELLED_DATA))('labelled logs (needs ../shared/data)', () => {
  const knowledgeBase = openShipped();

  it('are carried to techniques that the newest ATT&CK has', () => {
    const units = readLabelledUnits(knowledgeBase);
    expect(new Set(units.map(({ corpus }) => corpus))).toEqual(
      new Set(['evtx-to-mitre', 'security-datasets']),
    );
    for (const { techniqueIds } of units)
      for (const id of techniqueIds)
        expect(knowledgeBase.byAttackId.get(id)).toMatchObject({ status: 'active' });
  });

  it('get from portolan map the confidence that the benchmark measures', async () => {
    const units = readLabelledUnits(knowledgeBase).filter(
      (_, place) => place % 23 === 0 && place < 185,
    );
    const observation = await observeUnits({ units, knowledgeBase, only: ['own', 'behaviors'] });
    let compared = 0;
    for (const observed of observation.units) {
      const { exact } = predictUnit(observed, loadConfidenceModel());
      const { result } = await mapEvents({
        paths: observed.unit.paths,
        minConfidence: 0,
        workers: 1,
      });
      const mapped = result.techniques.map(
        ({ techniqueId, confidence }) => [techniqueId, confidence] as const,
      );
      expect([observed.unit.name, new Map(mapped)]).toEqual([observed.unit.name, new Map(exact)]);
      compared += mapped.length;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
