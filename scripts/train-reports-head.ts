import type { TechniqueId } from '../src/model/index.js';
import { documentEvidence } from '../src/reports/model/document-evidence.js';
import { encodeReportModel } from '../src/reports/model/encode-report-model.js';
import { loadReportModel } from '../src/reports/model/load-report-model.js';
import type { ModelHeader, ReportHead, ReportModel } from '../src/reports/model/report-model.js';
import {
  type Candidate,
  confidenceOf,
  scoreDocument,
} from '../src/reports/model/score-document.js';
import { fitLogistic, type LogisticRow } from './train-reports-logistic.js';
import { pruneWeights, RECIPE, type RecipeModel } from './train-reports-recipe.js';
import { trainSvm } from './train-reports-svm.js';
import { type TrainingVectors, vectorizeWith } from './train-reports-vectors.js';

/** A report cut into sentences, with what people saw in it; ids of the model's ATT&CK version. */
export interface TaughtReport {
  readonly name: string;
  readonly sentences: readonly {
    readonly text: string;
    readonly techniqueIds: readonly string[];
  }[];
  /** Of the whole report, also those that no single sentence has. */
  readonly techniqueIds: ReadonlySet<string>;
}

/** Reports with their sentences' vectors over a recipe's features. */
export interface ReportRows {
  readonly reports: readonly TaughtReport[];
  readonly vectors: TrainingVectors;
  /** First row of each report. */
  readonly firstRow: readonly number[];
}

/** A report as the model scored it without having learned from it. */
export interface ScoredReport {
  readonly report: TaughtReport;
  readonly candidates: readonly (readonly Candidate[])[];
}

const REPORT_SVM = { cost: 0.5, epochs: 16, seed: 4 };
/** Sentences that must show a technique before reports teach it. */
const LEAST_SENTENCES = 5;
/** Weights of report labels that move a score by less are left out. */
const SMALLEST_REPORT_EFFECT = 0.12;
const UNFITTED: ReportHead = {
  taught: { bias: 0, weights: [1, 0, 0, 0, 0] },
  untaught: { bias: 0, weights: [1, 0, 0, 0, 0] },
  document: { bias: 0, weights: [1, 0, 0, 0, 0, 0] },
};

export function toReportRows(reports: readonly TaughtReport[], recipe: RecipeModel): ReportRows {
  const texts = reports.flatMap(({ sentences }) => sentences.map(({ text }) => text));
  const firstRow: number[] = [];
  let next = 0;
  for (const { sentences } of reports) {
    firstRow.push(next);
    next += sentences.length;
  }
  const vectors = vectorizeWith(texts, recipe.vectors, RECIPE.blockWeights);
  return { reports, vectors, firstRow };
}

/** A model whose report labels were learned from some of the reports. */
export interface TaughtModel {
  readonly reportLabels: readonly string[];
  readonly bias: readonly number[];
}

/**
 * Learns the report labels and writes their weights into the recipe's weights, behind those of its own labels: the places
 * of groups, which are folded by then.
 */
export function teachReports(
  recipe: RecipeModel,
  { reports, vectors, firstRow }: ReportRows,
  chosen: readonly number[],
): TaughtModel {
  const rows: number[] = [];
  const shows: (readonly string[])[] = [];
  const counts = new Map<string, number>();
  for (const report of chosen) {
    for (const [index, { techniqueIds }] of (reports[report]?.sentences ?? []).entries()) {
      rows.push((firstRow[report] ?? 0) + index);
      shows.push(techniqueIds);
      for (const id of techniqueIds) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  const known = new Set(recipe.labels);
  const taught = [...counts].flatMap(([id, count]) =>
    count >= LEAST_SENTENCES && known.has(id) ? [id] : [],
  );
  const reportLabels = [...taught.sort(), 'any'];
  const bias = reportLabels.map((label, place) => {
    const isPositive = Uint8Array.from(shows, (ids) =>
      (label === 'any' ? ids.length > 0 : ids.includes(label)) ? 1 : 0,
    );
    const model = trainSvm(vectors, { rows: Uint32Array.from(rows), isPositive }, REPORT_SVM);
    writeColumn(recipe, recipe.labels.length + place, model.weights);
    return model.bias;
  });
  return { reportLabels, bias };
}

function writeColumn(
  { softmax, vectors }: RecipeModel,
  column: number,
  weights: Float64Array,
): void {
  for (let feature = 0; feature < weights.length; feature++) {
    const weight = weights[feature] ?? 0;
    const isFelt = Math.abs(weight) * (vectors.idf[feature] ?? 0) >= SMALLEST_REPORT_EFFECT;
    softmax.weights[feature * softmax.stride + column] = isFelt ? weight : 0;
  }
}

/** Everything a model file needs beside the weights. */
export type ModelNotes = Omit<
  ModelHeader,
  'featureCount' | 'largestWeight' | 'labels' | 'reportLabels' | 'bias' | 'blockWeights'
>;

/** Bytes of the model as it stands; `pruneWeights` comes before. */
export function toModelBytes(
  recipe: RecipeModel,
  taught: TaughtModel,
  notes: ModelNotes,
): Uint8Array {
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  return encodeReportModel({
    header: {
      ...notes,
      labels: recipe.labels as readonly TechniqueId[],
      reportLabels: taught.reportLabels,
      bias: [...recipe.softmax.bias, ...taught.bias].map(round),
      blockWeights: RECIPE.blockWeights,
    },
    hashes: recipe.vectors.hashes,
    idf: recipe.vectors.idf,
    weights: recipe.softmax.weights,
    stride: recipe.softmax.stride,
    smallestWeight: 0,
  });
}

/** Notes of a model that is only scored with. */
export function draftNotes(attackVersion: string, head: ReportHead = UNFITTED): ModelNotes {
  const threshold = { confidence: 0.5, precision: 0, recall: 0 };
  return {
    name: 'draft',
    version: '0',
    date: '',
    licence: '',
    attackVersion,
    temperature: 1,
    head,
    thresholds: { 'high-precision': threshold, default: threshold, 'high-recall': threshold },
    source: {},
  };
}

/** @throws Error when the bytes are no model, which would be our own fault. */
export function openModel(bytes: Uint8Array): ReportModel {
  const model = loadReportModel(bytes);
  if (model.kind === 'issue') throw new Error(model.message);
  return model;
}

/** Scores every report by a model that learned from the others, fold by fold. */
export function scoreOutOfFold(
  recipe: RecipeModel,
  rows: ReportRows,
  { folds, attackVersion }: { readonly folds: readonly number[]; readonly attackVersion: string },
): readonly ScoredReport[] {
  const scored: ScoredReport[] = [];
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const others = [...rows.reports.keys()].filter((report) => folds[report] !== fold);
    const taught = teachReports(recipe, rows, others);
    const model = openModel(toModelBytes(recipe, taught, draftNotes(attackVersion)));
    for (const [place, report] of rows.reports.entries()) {
      if (folds[place] !== fold) continue;
      const candidates = scoreDocument(
        model,
        report.sentences.map(({ text }) => text),
      );
      scored[place] = { report, candidates };
    }
  }
  return scored;
}

/** Learns how sentences and reports are decided from reports that were scored out of fold. */
export function fitHead(scored: readonly ScoredReport[], labels: readonly string[]): ReportHead {
  const taughtRows: LogisticRow[] = [];
  const untaughtRows: LogisticRow[] = [];
  for (const { report, candidates } of scored) {
    for (const [sentence, ofSentence] of candidates.entries()) {
      const shown = report.sentences[sentence]?.techniqueIds ?? [];
      for (const { label, isTaught, evidence } of ofSentence) {
        if (!isTaught) continue;
        const isTrue = shown.includes(labels[label] ?? '');
        taughtRows.push({ evidence, isTrue });
        // As if no report had taught it: how a technique does that labelled reports do not have.
        untaughtRows.push({ evidence: evidence.map((one, at) => (at === 1 ? 0 : one)), isTrue });
      }
    }
  }
  const taught = fitLogistic(taughtRows);
  const untaught = fitLogistic(untaughtRows);
  const draft = { ...UNFITTED, taught, untaught };
  const documentRows = scored.flatMap((one) =>
    [...documentCandidates(one, draft)].map(([label, evidence]) => ({
      evidence,
      isTrue: one.report.techniqueIds.has(labels[label] ?? ''),
    })),
  );
  return { ...draft, document: fitLogistic(documentRows) };
}

/** Label → evidence of the whole report. */
export function documentCandidates(
  { candidates }: ScoredReport,
  { taught, untaught }: ReportHead,
): ReadonlyMap<number, readonly number[]> {
  const confidences = new Map<number, number[]>();
  for (const ofSentence of candidates) {
    for (const { label, isTaught, evidence } of ofSentence) {
      const confidence = confidenceOf(isTaught ? taught : untaught, evidence);
      if (confidence < 0.02) continue;
      const list = confidences.get(label);
      if (list === undefined) confidences.set(label, [confidence]);
      else list.push(confidence);
    }
  }
  return new Map(
    [...confidences].map(([label, list]) => [label, documentEvidence(list, candidates.length)]),
  );
}

/** Prunes the recipe's own weights; those of report labels are pruned as they are written. */
export function pruneRecipe(recipe: RecipeModel, smallestEffect: number): void {
  pruneWeights(recipe, smallestEffect);
  const { softmax, labels } = recipe;
  for (let base = 0; base + softmax.stride <= softmax.weights.length; base += softmax.stride) {
    softmax.weights.fill(0, base + labels.length, base + softmax.stride);
  }
}
