import type { KnowledgeBase } from '../attack/lookup.js';
import type { ReportDocument, TechniqueId } from '../model/index.js';
import { assertionOf } from './lanes/assertion-of.js';
import type { TechniqueMention } from './mention.js';
import { type DocumentDecision, decideDocument } from './model/decide-document.js';
import { explainSentence } from './model/explain-sentence.js';
import type { ModelSetting, ReportModel } from './model/report-model.js';
import type { Sentence } from './sentence.js';

/** What the model makes of a report. */
export interface ModelledReading {
  readonly mentions: readonly TechniqueMention[];
  /** By technique: how sure the whole report makes the model, which is more than any one sentence. */
  readonly decisions: ReadonlyMap<TechniqueId, DocumentDecision>;
}

export interface FindModelledOptions {
  readonly document: ReportDocument;
  readonly sentences: readonly Sentence[];
  readonly knowledgeBase: KnowledgeBase;
  readonly model: ReportModel;
  readonly setting: ModelSetting;
  /** 0..1; beats the setting. */
  readonly minConfidence: number | undefined;
}

/** Sentences of a technique that are explained; the rest only say how sure they are. */
const EXPLAINED = 3;

/**
 * The model lane: techniques that sentences read like, without an id or a name in them. A sentence counts for less where
 * it advises, denies or supposes.
 */
export function findModelled(options: FindModelledOptions): ModelledReading {
  const { document, sentences, knowledgeBase, model, setting, minConfidence } = options;
  const read = sentences.map((sentence) => ({
    sentence,
    text: document.text.slice(sentence.start, sentence.end),
    assertion: assertionOf(document.text, { ...sentence, sentence }),
  }));
  const weighed = read.map(({ text, assertion }) => ({ text, weight: assertion.factor }));
  const decided = decideDocument(model, weighed, { setting, minConfidence });
  const active = decided.filter(
    ({ techniqueId }) => knowledgeBase.byAttackId.get(techniqueId)?.status === 'active',
  );
  const mentions = active.flatMap((decision) =>
    decision.mentions.flatMap(({ sentence: place, confidence }, rank) => {
      const one = read[place];
      if (one === undefined) return [];
      const { start, end } = one.sentence;
      return {
        techniqueId: decision.techniqueId,
        ...{ start, end, confidence },
        lane: 'model' as const,
        certainty: decision.certainty,
        why: [
          ...(rank < EXPLAINED ? reasonsOf(model, one.text, decision) : []),
          ...one.assertion.why,
        ],
      };
    }),
  );
  return { mentions, decisions: new Map(active.map((one) => [one.techniqueId, one])) };
}

function reasonsOf(
  model: ReportModel,
  text: string,
  { techniqueId, standsFor }: DocumentDecision,
): readonly string[] {
  const parent =
    standsFor.length === 0
      ? []
      : [`stands for ${standsFor.join(', ')}, of which none is sure by itself`];
  const explanation = explainSentence(model, text, standsFor[0] ?? techniqueId);
  if (explanation === undefined) return parent;
  const { for: speaking, against, rival } = explanation;
  const words = (reasons: typeof speaking): string =>
    reasons.map((reason) => `"${reason.words}"`).join(', ');
  return [
    ...parent,
    ...(speaking.length === 0 ? [] : [`${words(speaking)} speak for it`]),
    ...(against.length === 0 ? [] : [`${words(against)} speak against it`]),
    ...(rival === undefined ? [] : [`the nearest other is ${rival.techniqueId}`]),
  ];
}
