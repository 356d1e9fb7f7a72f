import type { TechniqueId } from '../src/model/index.js';
import { type Anchor, encodeAnchors } from '../src/reports/model/anchors.js';
import type { ReportModel } from '../src/reports/model/report-model.js';
import { vectorOf } from '../src/reports/model/sentence-vector.js';
import { type AttackTexts, readAttackTexts } from './train-reports-attack.js';
import {
  bestThreshold,
  guessReports,
  precisionAndRecall,
  type ReportGuess,
} from './train-reports-evaluate.js';
import {
  fitHead,
  openModel,
  pruneRecipe,
  scoreOutOfFold,
  type TaughtReport,
  teachReports,
  toModelBytes,
  toReportRows,
} from './train-reports-head.js';
import { attackRows, RECIPE, trainRecipe } from './train-reports-recipe.js';
import { seededRandom } from './train-reports-softmax.js';
import { readLabelledReports, readReportSentences } from './train-reports-texts.js';

export interface ShippedOptions {
  /** Bundle whose techniques are the labels. */
  readonly attack: string;
  /** Bundles of older versions, for what they say of detecting techniques that are still there. */
  readonly older: readonly string[];
  /** Folder of labelled reports. */
  readonly reports: string;
}

/** Of the weights of techniques: those that move a score by less are left out. Chosen for the size of the file. */
export const SMALLEST_EFFECT = 1.15;
export const FOLDS = 5;

/** Trains the model that ships, on everything. */
export function trainShipped({ attack, older, reports }: ShippedOptions) {
  const texts = readAttackTexts(attack);
  const rows = attackRows([...texts.texts, ...olderTexts(older)], texts.techniqueIds);
  const recipe = trainRecipe(rows, texts);
  pruneRecipe(recipe, SMALLEST_EFFECT);
  const taughtReports = readTaughtReports(reports, texts);
  const reportRows = toReportRows(taughtReports, recipe);
  const folds = foldsOf(taughtReports);
  const attackVersion = texts.version;
  const scored = scoreOutOfFold(recipe, reportRows, { folds, attackVersion });
  const head = fitHead(scored, recipe.labels);
  const guesses = guessReports(scored, recipe.labels, head);
  const thresholds = {
    'high-precision': thresholdFor(guesses, 'precision'),
    default: measured(guesses, bestThreshold(guesses)),
    'high-recall': thresholdFor(guesses, 'recall'),
  };
  const taught = teachReports(recipe, reportRows, [...taughtReports.keys()]);
  const source = {
    [`ATT&CK ${attackVersion}: procedures`]: texts.texts.filter(({ kind }) => kind === 'procedure')
      .length,
    'ATT&CK: names, descriptions, mitigations, detections, with those of older versions':
      rows.length - texts.texts.filter(({ kind }) => kind === 'procedure').length,
    'CTID TRAM 2: sentences of 120 reports': reportRows.vectors.rowStarts.length - 1,
  };
  const bytes = toModelBytes(recipe, taught, {
    name: 'reports',
    version: '1',
    date: new Date().toISOString().slice(0, 10),
    licence:
      'Apache-2.0; made from ATT&CK, © The MITRE Corporation, by its terms of use, and TRAM 2 (Apache-2.0)',
    attackVersion,
    temperature: RECIPE.temperature,
    head,
    thresholds,
    source,
  });
  const anchors = encodeAnchors(chooseAnchors(openModel(bytes), texts));
  return {
    bytes,
    anchors,
    summary: {
      source,
      head,
      thresholds,
      reportLabels: taught.reportLabels.length,
      features: recipe.vectors.hashes.length,
    },
  };
}

/** What older versions say of detecting techniques; 18 replaced it, and it teaches other words. */
export function olderTexts(paths: readonly string[]) {
  return paths.flatMap((path) =>
    readAttackTexts(path).texts.filter(({ kind }) => kind === 'detection'),
  );
}

/** TRAM's reports with ids moved to a version; techniques that it does not have are dropped. */
export function readTaughtReports(
  folder: string,
  { successorOf, techniqueIds }: Pick<AttackTexts, 'successorOf' | 'techniqueIds'>,
): readonly TaughtReport[] {
  const known = new Set(techniqueIds);
  const move = (ids: readonly string[]): readonly string[] => [
    ...new Set(ids.map((id) => successorOf.get(id) ?? id).filter((id) => known.has(id))),
  ];
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const whole = readLabelledReports(folder);
  const byReport = new Map<string, { text: string; techniqueIds: readonly string[] }[]>();
  for (const { report, text, techniqueIds: ids } of readReportSentences(folder)) {
    const list = byReport.get(report);
    const sentence = { text, techniqueIds: move(ids) };
    if (list === undefined) byReport.set(report, [sentence]);
    else list.push(sentence);
  }
  return [...byReport]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sentences]) => {
      const title = letters(name);
      const marked = whole.find((one) => {
        const slug = letters(one.name);
        return title.startsWith(slug) || slug.startsWith(title);
      });
      const ids = marked?.marks.map(({ techniqueId }) => techniqueId) ?? [];
      return {
        name,
        sentences,
        techniqueIds: new Set([...move(ids), ...sentences.flatMap((one) => one.techniqueIds)]),
      };
    });
}

/** Folds by report, dealt in the order of a hash of the name so that neighbours in the alphabet part. */
export function foldsOf(reports: readonly TaughtReport[]): readonly number[] {
  const hashOf = (text: string) =>
    [...text].reduce(
      (hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0,
      0x811c9dc5,
    );
  const order = [...reports.keys()].sort(
    (a, b) => hashOf(reports[a]?.name ?? '') - hashOf(reports[b]?.name ?? ''),
  );
  const folds: number[] = [];
  for (const [place, report] of order.entries()) folds[report] = place % FOLDS;
  return folds;
}

const WANTED = { precision: 0.85, recall: 0.85 };

/** The threshold that first reaches what is wanted: the lowest for precision, the highest for recall. */
function thresholdFor(guesses: readonly ReportGuess[], what: 'precision' | 'recall') {
  const steps = Array.from({ length: 93 }, (_, step) => 0.05 + step * 0.01);
  const reaches = steps.filter((step) => precisionAndRecall(guesses, step)[what] >= WANTED[what]);
  const chosen = what === 'precision' ? reaches[0] : reaches.at(-1);
  return measured(guesses, chosen ?? (what === 'precision' ? 0.97 : 0.05));
}

function measured(guesses: readonly ReportGuess[], confidence: number) {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const { precision, recall } = precisionAndRecall(guesses, confidence);
  return { confidence: round(confidence), precision: round(precision), recall: round(recall) };
}

const MOST_ANCHORS = 500;

/** One procedure of each technique that has at least five, by its features alone. */
export function chooseAnchors(model: ReportModel, { texts }: AttackTexts): readonly Anchor[] {
  const byTechnique = new Map<string, string[]>();
  for (const { kind, techniqueId, text } of texts) {
    if (kind !== 'procedure') continue;
    const list = byTechnique.get(techniqueId);
    if (list === undefined) byTechnique.set(techniqueId, [text]);
    else list.push(text);
  }
  const random = seededRandom(RECIPE.seed);
  return [...byTechnique]
    .filter(([, procedures]) => procedures.length >= 5)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_ANCHORS)
    .map(([techniqueId, procedures]) => {
      const text = procedures[Math.floor(random() * procedures.length)] ?? '';
      const { features, values, count } = vectorOf(model, text);
      return {
        label: model.header.labels.indexOf(techniqueId as TechniqueId),
        features: features.slice(0, count),
        values: values.slice(0, count),
      };
    });
}
