import { parentTechniqueId, type TechniqueId } from '../../model/index.js';
import type { Certainty } from '../mention.js';
import { documentEvidence } from './document-evidence.js';
import type { ModelSetting, ReportModel } from './report-model.js';
import { confidenceOf, scoreDocument } from './score-document.js';

/** A sentence of a report. */
export interface DocumentSentence {
  readonly text: string;
  /** 0..1: what a mention in it is worth by where and how it stands there: advice, negation. Default 1. */
  readonly weight?: number | undefined;
}

/** A sentence that reads like a technique. */
export interface DocumentMention {
  /** Place of the sentence in what was given. */
  readonly sentence: number;
  /** 0..1, of the sentence in its report. */
  readonly confidence: number;
}

/** What the model makes of a whole report for one technique. */
export interface DocumentDecision {
  readonly techniqueId: TechniqueId;
  /** 0..1: how often techniques of reports with this confidence are right. */
  readonly confidence: number;
  readonly certainty: Certainty;
  /** Surest first, then in the order of the text; at least one, twenty at most. */
  readonly mentions: readonly DocumentMention[];
  /** Sub-techniques that this parent stands for, none of which is sure by itself; empty when it was seen itself. */
  readonly standsFor: readonly TechniqueId[];
}

export interface DecideOptions {
  /** Default `default`. */
  readonly setting?: ModelSetting | undefined;
  /** 0..1; beats the setting. */
  readonly minConfidence?: number | undefined;
}

/** Below, a technique is not even worth a person's look. */
const REVIEW_CONFIDENCE = 0.08;
const LEAST_MENTION = 0.02;
const MOST_MENTIONS = 20;
/** How many times as sure another of the family must be for a technique to be left to a person. */
const CLEARLY_SURER = 2;

/**
 * The techniques of a report by what its sentences read like, surest first; those below 0.08 are left out.
 *
 * A parent technique stands in for its sub-techniques where none of them is accepted and together they are sure enough.
 * Of a family, a technique whose every sentence reads twice as much like another of it is left to a person: a sentence
 * about one way of injecting code is somewhat like all of them.
 */
export function decideDocument(
  model: ReportModel,
  sentences: readonly DocumentSentence[],
  { setting = 'default', minConfidence }: DecideOptions = {},
): readonly DocumentDecision[] {
  const threshold = minConfidence ?? model.header.thresholds[setting].confidence;
  const mentions = mentionsByLabel(model, sentences);
  const decisions: DocumentDecision[] = [];
  for (const [label, found] of mentions) {
    const techniqueId = model.techniqueIds[label];
    const evidence = documentEvidence(
      found.map(({ confidence }) => confidence),
      sentences.length,
    );
    const confidence = confidenceOf(model.header.head.document, evidence);
    if (techniqueId === undefined || confidence < REVIEW_CONFIDENCE) continue;
    decisions.push({
      techniqueId,
      confidence,
      certainty: confidence >= threshold ? 'accepted' : 'review',
      mentions: surest(found),
      standsFor: [],
    });
  }
  const distinct = leaveWeakerSiblings(decisions);
  return [...distinct, ...parentsOf(model, distinct, threshold)].sort(
    (a, b) => b.confidence - a.confidence || (a.techniqueId < b.techniqueId ? -1 : 1),
  );
}

function leaveWeakerSiblings(decisions: readonly DocumentDecision[]): readonly DocumentDecision[] {
  const surestOf = new Map<string, number>();
  const placeOf = (techniqueId: TechniqueId, sentence: number): string =>
    `${parentTechniqueId(techniqueId)} ${sentence}`;
  for (const { techniqueId, confidence, mentions } of decisions)
    for (const { sentence } of mentions) {
      const place = placeOf(techniqueId, sentence);
      surestOf.set(place, Math.max(surestOf.get(place) ?? 0, confidence));
    }
  return decisions.map((decision) => {
    const { techniqueId, confidence, certainty, mentions } = decision;
    const isWeaker = mentions.every(
      ({ sentence }) =>
        (surestOf.get(placeOf(techniqueId, sentence)) ?? 0) >= CLEARLY_SURER * confidence,
    );
    return certainty === 'accepted' && isWeaker ? { ...decision, certainty: 'review' } : decision;
  });
}

function mentionsByLabel(
  model: ReportModel,
  sentences: readonly DocumentSentence[],
): ReadonlyMap<number, readonly DocumentMention[]> {
  const { taught, untaught } = model.header.head;
  const mentions = new Map<number, DocumentMention[]>();
  const candidates = scoreDocument(
    model,
    sentences.map(({ text }) => text),
  );
  for (const [sentence, ofSentence] of candidates.entries()) {
    const weight = sentences[sentence]?.weight ?? 1;
    for (const { label, isTaught, evidence } of ofSentence) {
      const confidence = confidenceOf(isTaught ? taught : untaught, evidence) * weight;
      if (confidence < LEAST_MENTION) continue;
      const list = mentions.get(label);
      if (list === undefined) mentions.set(label, [{ sentence, confidence }]);
      else list.push({ sentence, confidence });
    }
  }
  return mentions;
}

function surest(mentions: readonly DocumentMention[]): readonly DocumentMention[] {
  return [...mentions]
    .sort((a, b) => b.confidence - a.confidence || a.sentence - b.sentence)
    .slice(0, MOST_MENTIONS);
}

/** Parents whose sub-techniques, none accepted, are together as sure as it takes: one of them is right, not which. */
function parentsOf(
  model: ReportModel,
  decisions: readonly DocumentDecision[],
  threshold: number,
): readonly DocumentDecision[] {
  const families = new Map<TechniqueId, DocumentDecision[]>();
  for (const decision of decisions) {
    const parent = parentTechniqueId(decision.techniqueId);
    const family = families.get(parent);
    if (family === undefined) families.set(parent, [decision]);
    else family.push(decision);
  }
  const known = new Set(model.techniqueIds);
  return [...families].flatMap(([techniqueId, family]) => {
    const isDecided = family.some((one) => one.certainty === 'accepted');
    const isAlone = family.length < 2 || family.some((one) => one.techniqueId === techniqueId);
    if (isDecided || isAlone || !known.has(techniqueId)) return [];
    const confidence = 1 - family.reduce((none, one) => none * (1 - one.confidence), 1);
    if (confidence < threshold) return [];
    return [
      {
        techniqueId,
        confidence,
        certainty: 'accepted' as const,
        mentions: surest(family.flatMap(({ mentions }) => mentions)),
        standsFor: family.map((one) => one.techniqueId),
      },
    ];
  });
}
