import type { KnowledgeBase } from '../attack/index.js';
import { type ConfidenceModel, loadConfidenceModel } from './map-confidence-model.js';
import { scoreSubjects } from './map-confidence-score.js';
import { type ConfidenceMatch, createSubjectTally } from './map-confidence-subjects.js';

/** What the matches come to. */
export interface ConfidenceScores {
  /** 0..0.99 with three digits: that of the surest subject; 0 for a technique that nothing claims. */
  technique(techniqueId: string): number;
  subject(techniqueId: string, subject: string): number;
}

/** Gathers matches until all are known: what else was seen on a host decides how sure a technique is. */
export interface ConfidenceTally {
  add(match: ConfidenceMatch): void;
  score(): ConfidenceScores;
}

/** @param model default the one that ships. */
export function createConfidenceTally(
  knowledgeBase: KnowledgeBase,
  model: ConfidenceModel = loadConfidenceModel(),
): ConfidenceTally {
  const tally = createSubjectTally();
  return {
    add: (match) => tally.add(match),
    score() {
      const bySubject = scoreSubjects(tally.counts(), knowledgeBase, model);
      const best = new Map<string, number>();
      for (const scores of bySubject.values())
        for (const [id, score] of scores) best.set(id, Math.max(score, best.get(id) ?? 0));
      return {
        technique: (techniqueId) => best.get(techniqueId) ?? 0,
        subject: (techniqueId, subject) =>
          (bySubject.get(subject) ?? bySubject.get(''))?.get(techniqueId) ?? 0,
      };
    },
  };
}
