import { type ConfidenceModel, loadConfidenceModel } from './map-confidence-model.js';
import { scoreSubjects } from './map-confidence-score.js';
import { type ConfidenceMatch, createSubjectTally, subjectOf } from './map-confidence-subjects.js';

/** What the matches come to. */
export interface ConfidenceScores {
  /** 0..0.99 with three digits: that of the surest subject; 0 for a technique that nothing claims. */
  technique(techniqueId: string): number;
  subject(techniqueId: string, subject: string): number;
}

/** Gathers matches until all are known: the rules that fired on a host in a day decide together. */
export interface ConfidenceTally {
  add(match: ConfidenceMatch): void;
  score(): ConfidenceScores;
}

/** @param model default the one that ships. */
export function createConfidenceTally(
  model: ConfidenceModel = loadConfidenceModel(),
): ConfidenceTally {
  const tally = createSubjectTally();
  return {
    add: (match) => tally.add(match),
    score() {
      const byDay = scoreSubjects(tally.counts(), model);
      const best = new Map<string, number>();
      const bySubject = new Map<string, Map<string, number>>();
      for (const [day, scores] of byDay) {
        const subject = subjectOf(day);
        const ofSubject = bySubject.get(subject) ?? new Map<string, number>();
        bySubject.set(subject, ofSubject);
        for (const [id, score] of scores)
          for (const known of [best, ofSubject]) known.set(id, Math.max(score, known.get(id) ?? 0));
      }
      return {
        technique: (techniqueId) => best.get(techniqueId) ?? 0,
        subject: (techniqueId, subject) =>
          bySubject.get(subject)?.get(techniqueId) ?? bySubject.get('')?.get(techniqueId) ?? 0,
      };
    },
  };
}
