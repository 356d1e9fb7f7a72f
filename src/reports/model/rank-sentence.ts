import type { TechniqueId } from '../../model/index.js';
import type { ReportModel } from './report-model.js';
import { scoreSentence } from './score-sentence.js';

/** A technique as the model sees it in a sentence. */
export interface RankedTechnique {
  readonly techniqueId: TechniqueId;
  /** 0..1: how often the model is right when it is as sure as this. */
  readonly confidence: number;
  /** Log-odds up to a constant of the sentence; for comparing techniques of one sentence. */
  readonly score: number;
}

export interface RankOptions {
  /** Techniques that are wanted; default all. */
  readonly top?: number | undefined;
}

/**
 * Techniques of the model's ATT&CK version, most likely first; techniques that are equally likely in the order of their
 * ids.
 *
 * @param text a sentence as it stands in a report; longer ones are read to their 4,000th character.
 */
export function rankSentence(
  model: ReportModel,
  text: string,
  { top = model.techniqueIds.length }: RankOptions = {},
): readonly RankedTechnique[] {
  const scores = scoreSentence(model, text);
  const confidences = confidencesOf(model, scores);
  const { labels } = model.header;
  return highestLabels(scores.subarray(0, labels.length), top).map((label) => ({
    techniqueId: labels[label] as TechniqueId,
    confidence: confidences[label] ?? 0,
    score: scores[label] ?? 0,
  }));
}

/** Labels with the highest scores, highest first; equal ones in their order. Fast for few of many. */
export function highestLabels(scores: Float64Array, top: number): readonly number[] {
  if (top > 50) {
    return [...scores.keys()]
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .slice(0, top);
  }
  const highest: number[] = [];
  for (let label = 0; label < scores.length; label++) {
    const score = scores[label] ?? 0;
    const last = highest[highest.length - 1];
    if (highest.length >= top && score <= (scores[last ?? 0] ?? 0)) continue;
    let place = highest.length;
    while (place > 0 && (scores[highest[place - 1] ?? 0] ?? 0) < score) place--;
    highest.splice(place, 0, label);
    if (highest.length > top) highest.pop();
  }
  return highest;
}

/** Probabilities of all techniques, which add up to 1. */
export function confidencesOf(model: ReportModel, scores: Float64Array): Float64Array {
  const { temperature, labels } = model.header;
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < labels.length; label++) {
    highest = Math.max(highest, scores[label] as number);
  }
  const confidences = new Float64Array(labels.length);
  let sum = 0;
  for (let label = 0; label < labels.length; label++) {
    const below = ((scores[label] as number) - highest) / temperature;
    // e to the -20 is nothing beside 1, and most labels are that far below.
    const power = below < -20 ? 0 : Math.exp(below);
    confidences[label] = power;
    sum += power;
  }
  for (let label = 0; label < labels.length; label++) {
    confidences[label] = (confidences[label] ?? 0) / sum;
  }
  return confidences;
}
