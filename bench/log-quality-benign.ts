import type { BehaviorEvent } from '../src/behaviors/index.js';
import { generateBenign } from '../test/behaviors/benign/generate-benign.js';
import type { LabelledUnit } from './log-quality-corpora.js';

/** Made-up offices; each is a unit without labels, in which every technique that is listed is a false claim. */
export const BENIGN_UNITS = 24;

export function benignUnits(): readonly LabelledUnit[] {
  return Array.from({ length: BENIGN_UNITS }, (_, seed) => ({
    corpus: 'benign',
    name: `office ${seed + 1}`,
    paths: [],
    seed: seed + 1,
    techniqueIds: [],
  }));
}

/** A day of an office of 2 to 9 persons. */
export function makeBenign(seed: number): readonly BehaviorEvent[] {
  return generateBenign(seed, { days: 1, people: 2 + (seed % 8) });
}
