/**
 * npm run bench:reports -- [--write] [--quick]: what the model of reports is worth, and its speed. Needs ../shared/data.
 * --quick leaves out the folds by source, which take most of the time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type AttackTexts, readAttackTexts } from '../scripts/train-reports-attack.js';
import { pruneRecipe, scoreOutOfFold, toReportRows } from '../scripts/train-reports-head.js';
import { attackRows, trainRecipe } from '../scripts/train-reports-recipe.js';
import {
  foldsOf,
  olderTexts,
  readTaughtReports,
  SMALLEST_EFFECT,
} from '../scripts/train-reports-shipped.js';
import { seededRandom } from '../scripts/train-reports-softmax.js';
import { loadReportModel } from '../src/reports/model/load-report-model.js';
import { rankSentence } from '../src/reports/model/rank-sentence.js';
import { cpuMs, environmentLine } from './environment.js';
import {
  baselineScores,
  decideBaseline,
  decideReports,
  decideSentences,
  documentF1,
  sentenceF1,
} from './reports-documents.js';
import {
  bootstrap,
  formatFigure,
  macroF1,
  type RankedSentence,
  topShare,
} from './reports-measures.js';
import { askBaseline, askRecipe, type ProcedureAnswer } from './reports-procedures.js';
import { drawReliability } from './reports-reliability.js';
import { writeSection } from './write-section.js';

const ATTACK = '../shared/data/attack/enterprise-attack-';
const OLDER = [`${ATTACK}14.1.json.gz`];
const TRAM = '../shared/data/cti/tram2';
const lines: string[] = [
  '| what | label space | linear baseline, this run | Portolan (95 % interval) | must | aim |',
  '| --- | --- | --- | --- | --- | --- |',
];
const add = (...cells: readonly string[]) => {
  const line = `| ${cells.join(' | ')} |`;
  lines.push(line);
  console.log(line);
};

const older = olderTexts(OLDER);
const texts18 = readAttackTexts(`${ATTACK}18.1.json.gz`);
const procedures = texts18.texts.filter(({ kind }) => kind === 'procedure');
const rest = [...texts18.texts.filter(({ kind }) => kind !== 'procedure'), ...older];

byTime();
onReports(readAttackTexts(`${ATTACK}19.1-composite.json.gz`));
if (!process.argv.includes('--quick')) bySource();
speed();
const environment = environmentLine('ATT&CK 14.1, 18.1 and 19.1 (composite), TRAM 2');
console.log(environment);
if (process.argv.includes('--write'))
  writeSection('reports', `${lines.join('\n')}\n\n${environment}`);

function ranks(answers: readonly RankedSentence[], tops: readonly number[]): readonly string[] {
  return [
    ...tops.map((top) => formatFigure(bootstrap(answers, (some) => topShare(some, top)))),
    formatFigure(bootstrap(answers, macroF1)),
  ];
}

function byTime(): void {
  const split = {
    learn: procedures.filter(({ created }) => created < '2024'),
    ask: procedures.filter(({ created }) => created >= '2024'),
    rest,
  };
  const answers = askRecipe(texts18, split);
  const [one, five, macro] = ranks(answers, [1, 5]);
  console.log('procedures by time', one, five, macro);
  const space = `${texts18.techniqueIds.length} of 18.1`;
  const base = process.argv.includes('--no-baseline')
    ? []
    : ranks(askBaseline(texts18, split), [1, 5]);
  add('procedures by time, top-1', space, base[0] ?? 'n/a', one ?? '', '.65', '.70');
  add('procedures by time, top-5', space, base[1] ?? 'n/a', five ?? '', '.86', '.90');
  add('procedures by time, macro F1', space, base[2] ?? 'n/a', macro ?? '', '.47', '.52');
  if (process.argv.includes('--write')) reliability(answers);
}

function reliability(answers: readonly ProcedureAnswer[]): void {
  const points = answers.map(({ confidence, ranked, truth }) => ({
    confidence,
    isRight: ranked[0] === truth,
  }));
  const { svg, error } = drawReliability(points);
  writeFileSync('docs/report-model-reliability.svg', svg);
  add(
    'expected calibration error of the first guess, by time',
    '',
    'n/a',
    error.toFixed(3),
    '–',
    '–',
  );
}

function bySource(): void {
  const random = seededRandom(7);
  const foldOf = new Map(
    [...new Set(procedures.map(({ sourceRef }) => sourceRef))]
      .sort()
      .map((ref) => [ref, Math.floor(random() * 5)]),
  );
  const answers = [0, 1, 2, 3, 4].flatMap((fold) =>
    askRecipe(texts18, {
      learn: procedures.filter(({ sourceRef }) => foldOf.get(sourceRef) !== fold),
      ask: procedures.filter(({ sourceRef }) => foldOf.get(sourceRef) === fold),
      rest,
    }),
  );
  const [one, three, macro] = ranks(answers, [1, 3]);
  const space = `${texts18.techniqueIds.length} of 18.1`;
  add('procedures by source, 5 folds, top-1', space, '.747 (facts)', one ?? '', '.77', '.80');
  add('procedures by source, top-3', space, '.878 (facts)', three ?? '', '.90', '.92');
  add('procedures by source, macro F1', space, '.532 (facts)', macro ?? '', '.56', '.62');
}

function onReports(texts: AttackTexts): void {
  const recipe = trainRecipe(attackRows([...texts.texts, ...older], texts.techniqueIds), texts);
  pruneRecipe(recipe, SMALLEST_EFFECT);
  const reports = readTaughtReports(TRAM, texts);
  const rows = toReportRows(reports, recipe);
  const folds = foldsOf(reports);
  const scored = scoreOutOfFold(recipe, rows, { folds, attackVersion: texts.version });
  const folded = { scored, folds, labels: recipe.labels };
  const common = new Set(
    reports.flatMap(({ sentences }) => sentences.flatMap((one) => one.techniqueIds)),
  );
  const space = `${common.size} of TRAM 2, moved to ${texts.version}`;
  const base = decideBaseline(baselineScores(rows, { folds, within: [...common] }), folds);
  const ofSentences = {
    ...folded,
    scored: scored.map((one) => ({
      ...one,
      report: {
        ...one.report,
        techniqueIds: new Set(one.report.sentences.flatMap((s) => s.techniqueIds)),
      },
    })),
  };
  const fifty = decideReports(ofSentences, common);
  const exact = (some: typeof fifty) => documentF1(some, false);
  add(
    '120 reports, 5 folds by report, mean document F1',
    space,
    formatFigure(bootstrap(base.reports, exact)),
    formatFigure(bootstrap(fifty, exact)),
    '.73',
    '.76',
  );
  const sentences = decideSentences(ofSentences, common);
  for (const [name, must, aim] of [
    ['micro', '.60', '.64'],
    ['macro', '.52', '.56'],
  ] as const) {
    const measure = (some: typeof sentences) => sentenceF1(some, common)[name];
    add(
      `same, sentences, ${name} F1`,
      space,
      formatFigure(bootstrap(base.sentences, measure)),
      formatFigure(bootstrap(sentences, measure)),
      must,
      aim,
    );
  }
  const all = decideReports(folded, undefined);
  const whole = `all ${recipe.labels.length} of ${texts.version}`;
  add(
    'whole report, all techniques, document F1 exact',
    whole,
    'n/a',
    formatFigure(bootstrap(all, exact)),
    '.40',
    '.50',
  );
  add(
    'whole report, document F1 by parent',
    whole,
    'n/a',
    formatFigure(bootstrap(all, (some) => documentF1(some, true))),
    '.55',
    '.65',
  );
}

function speed(): void {
  const bytes = readFileSync('data/models/reports.model');
  const before = process.memoryUsage().arrayBuffers;
  let model = loadReportModel(bytes);
  const memory = (process.memoryUsage().arrayBuffers - before + bytes.length) / 1e6;
  const loads = [1, 2, 3, 4, 5]
    .map(() => cpuMs(() => (model = loadReportModel(bytes))))
    .sort((a, b) => a - b);
  const loaded = model;
  if (loaded.kind === 'issue') throw new Error(loaded.message);
  const asked = procedures.slice(0, 5_000);
  const ask = () => {
    for (const { text } of asked) rankSentence(loaded, text, { top: 10 });
  };
  ask();
  const perSecond = Math.round(asked.length / (cpuMs(ask) / 1000));
  add(
    'speed, one core, procedure sentences a second of CPU',
    '',
    '1,900 (facts)',
    String(perSecond),
    '5,000',
    '20,000',
  );
  add('model load, CPU ms (median of 5)', '', '–', (loads[2] ?? 0).toFixed(0), '100', '50');
  add('model memory, MB (file and tables)', '', '–', memory.toFixed(0), '150', '80');
  add('weights, MB', '', '–', (bytes.length / 1e6).toFixed(2), '8', '–');
}
