import {
  diffLayers,
  type Layer,
  type LayerChangeKind,
  type LayerDiff,
  type LayerTechnique,
} from '../../../src/layers/index.js';
import { blankEntry } from './annotate-layer.js';

/** Colours of changes: blue is for the better, orange for the worse, which red-green blindness keeps apart. */
export const CHANGE_COLORS: Readonly<Record<LayerChangeKind, string>> = {
  added: '#1b5faa',
  better: '#8fbce6',
  unchanged: '#d7dade',
  worse: '#f4b26b',
  lost: '#b3500b',
};

/** Changes in words, in the order of the legend. */
export const CHANGE_WORDS: Readonly<Record<LayerChangeKind, string>> = {
  added: 'new',
  better: 'better',
  unchanged: 'unchanged',
  worse: 'worse',
  lost: 'lost',
};

const scoreWord = (score: number | undefined): string =>
  score === undefined ? 'no score' : String(score);

function entryOf(change: LayerDiff['changes'][number]): LayerTechnique {
  const { kind, scoreBefore, scoreAfter } = change;
  return {
    ...blankEntry(change.techniqueId, change.tactic),
    color: CHANGE_COLORS[kind],
    comment: `${CHANGE_WORDS[kind]}: ${scoreWord(scoreBefore)} before, ${scoreWord(scoreAfter)} after`,
  };
}

/** A comparison as a layer: coloured by what changed, with a legend and the scores in the comments. */
export function diffLayer(before: Layer, after: Layer, diff = diffLayers(before, after)): Layer {
  const kinds = Object.keys(CHANGE_WORDS) as LayerChangeKind[];
  return {
    ...after,
    name: `${before.name} to ${after.name}`,
    description: kinds.map((kind) => `${CHANGE_WORDS[kind]}: ${diff.counts[kind]}`).join(', '),
    techniques: diff.changes.map(entryOf),
    legendItems: kinds.map((kind) => ({
      label: CHANGE_WORDS[kind],
      color: CHANGE_COLORS[kind],
      unknown: {},
    })),
  };
}
