/**
 * npm run bench:log-quality [-- --write]: how right the techniques are that logs are mapped to, on labelled logs and on
 * made-up ones without an attack. Needs ../shared/data; reruns are quick, matches are kept in the temporary folder.
 */
import { existsSync } from 'node:fs';
import { openShipped } from '../src/attack/index.js';
import { environmentLine } from './environment.js';
import { predictByClaims, predictByTags } from './log-quality-baseline.js';
import { benignUnits } from './log-quality-benign.js';
import { type CorpusName, LABELLED_DATA, readLabelledUnits } from './log-quality-corpora.js';
import {
  finishModel,
  foldOf,
  type MeasureOptions,
  type Measures,
  measure,
  predictUnit,
  WANTED,
} from './log-quality-evaluate.js';
import { type ObservedUnit, observeUnits } from './log-quality-observe.js';
import type { Prediction, TrainOptions } from './log-quality-train.js';
import { writeSection } from './write-section.js';

const FOLDS = 10;
const RESAMPLES = 1_000;
const CORPORA: readonly CorpusName[] = ['evtx-to-mitre', 'security-datasets'];

/** A way to map, run on every unit by a model that has not seen the unit. */
interface Lane {
  readonly what: string;
  readonly predictions: readonly Prediction[];
  readonly options: MeasureOptions;
}

interface LaneOptions extends TrainOptions {
  /** Units that the model may learn from. Default all of the other folds. */
  readonly learnsFrom?: (learned: ObservedUnit, held: ObservedUnit) => boolean;
  /** Groups of units that are held out together. Default ten folds of files. */
  readonly groupOf?: (unit: ObservedUnit) => string;
  /** What the finished model is shown of a unit. Default all. */
  readonly shownOf?: (unit: ObservedUnit) => ObservedUnit;
}

/** Each group by a model, its calibration and its threshold from the other groups alone. */
function heldOut(what: string, units: readonly ObservedUnit[], options: LaneOptions = {}): Lane {
  const {
    groupOf = (unit) => String(foldOf(unit, FOLDS)),
    learnsFrom = () => true,
    shownOf = (unit) => unit,
  } = options;
  const thresholds = new Map<Prediction, number>();
  const predictions: Prediction[] = [];
  for (const group of new Set(units.map(groupOf))) {
    const held = units.filter((unit) => groupOf(unit) === group);
    const [first] = held;
    if (first === undefined) continue;
    const others = units.filter((unit) => groupOf(unit) !== group && learnsFrom(unit, first));
    const { model, threshold } = finishModel(others, options);
    for (const unit of held) {
      const prediction = predictUnit(shownOf(unit), model);
      predictions.push(prediction);
      thresholds.set(prediction, threshold);
    }
  }
  return { what, predictions, options: { thresholdOf: (one) => thresholds.get(one) ?? 1 } };
}

function ofCorpus({ predictions }: Lane, corpus: CorpusName): readonly Prediction[] {
  return predictions.filter(({ unit }) => unit.unit.corpus === corpus);
}

const three = (value: number): string => value.toFixed(3);

function measureRow(lane: Lane, corpus: CorpusName, exact = false): string {
  const predictions = ofCorpus(lane, corpus);
  const all = measure(predictions, 0, { ...lane.options, exact });
  const { recall, precision, f1, hit1, hit3, claims } = all;
  const values = [recall, precision, f1, hit1, hit3].map(three);
  const ranges = bootstrap(predictions, { ...lane.options, exact });
  return `| ${lane.what}${exact ? ', sub-techniques exact' : ''} | ${values[0]} (${ranges.recall}) | ${values[1]} (${ranges.precision}) | ${values.slice(2).join(' | ')} | ${three(claims / all.units)} |`;
}

/** Ranges that hold 95 % of what other draws of as many units give. */
function bootstrap(predictions: readonly Prediction[], options: MeasureOptions) {
  let state = 20_261_124;
  const random = (): number => {
    // Park and Miller's generator: the same ranges each run.
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const draws = Array.from({ length: RESAMPLES }, () => {
    const drawn = predictions.map(() => predictions[Math.floor(random() * predictions.length)]);
    return measure(
      drawn.filter((one) => one !== undefined),
      0,
      options,
    );
  });
  const range = (of: (one: Measures) => number): string => {
    const sorted = draws.map(of).sort((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (RESAMPLES - 1))] ?? 0).toFixed(2);
    return `${at(0.025)}–${at(0.975)}`;
  };
  return { recall: range(({ recall }) => recall), precision: range(({ precision }) => precision) };
}

function benignLine(lane: Lane): string {
  const all = measure(ofCorpus(lane, 'benign'), 0, lane.options);
  const mixed = CORPORA.map((corpus) => {
    const { right, claims } = measure(ofCorpus(lane, corpus), 0, lane.options);
    return three(right / Math.max(1, claims + all.claims));
  });
  return `| ${lane.what} | ${all.claims} in ${all.units} | ${mixed.join(' | ')} |`;
}

function reliabilityTable(lane: Lane): string {
  const rows = Array.from({ length: 10 }, (_, decile) => {
    const cells = [...CORPORA, 'benign' as const].map((corpus) => {
      const inside = ofCorpus(lane, corpus).flatMap(({ scores, unit }) =>
        [...scores]
          .filter(([, score]) => Math.min(9, Math.floor(score * 10)) === decile)
          .map(([id, score]) => ({ score, isRight: unit.families.has(id) })),
      );
      if (inside.length === 0) return 'n/a';
      const said = inside.reduce((sum, { score }) => sum + score, 0) / inside.length;
      const right = inside.filter(({ isRight }) => isRight).length / inside.length;
      return `${said.toFixed(2)} → ${right.toFixed(2)} (${inside.length})`;
    });
    return `| ${(decile / 10).toFixed(1)}–${((decile + 1) / 10).toFixed(1)} | ${cells.join(' | ')} |`;
  });
  return `| confidence | EVTX-to-MITRE: said → right (claims) | Security-Datasets | benign |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
}

function worstTechniques(lane: Lane, corpus: CorpusName): string {
  const answers = ofCorpus(lane, corpus).map((prediction) => {
    const limit = lane.options.thresholdOf?.(prediction) ?? 0;
    const listed = [...prediction.scores].filter(([, score]) => score >= limit).map(([id]) => id);
    return { labels: prediction.unit.families, listed: new Set(listed) };
  });
  const missed = answers.flatMap(({ labels, listed }) =>
    [...labels].filter((id) => !listed.has(id)),
  );
  const wrong = answers.flatMap(({ labels, listed }) =>
    [...listed].filter((id) => !labels.has(id)),
  );
  return `missed most: ${mostOften(missed)}; claimed wrongly most: ${mostOften(wrong)}`;
}

function mostOften(ids: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, 12)
    .map(([id, count]) => `${id} ${count}`)
    .join(', ');
}

if (!existsSync(LABELLED_DATA)) throw new Error(`bench:log-quality needs ${LABELLED_DATA}`);
const knowledgeBase = openShipped();
const labelled = [...readLabelledUnits(knowledgeBase), ...benignUnits()];
const { units, packs } = await observeUnits({ units: labelled, knowledgeBase });
/** Some packs alone, as the model is shown them that learned on all. */
async function only(...names: readonly ('own' | 'sigmahq' | 'behaviors')[]) {
  const { units: part } = await observeUnits({ units: labelled, knowledgeBase, only: names });
  const byUnit = new Map(part.map((one) => [one.unit, one]));
  return (unit: ObservedUnit): ObservedUnit => byUnit.get(unit.unit) ?? unit;
}
const every = { thresholdOf: () => 0 };
const baseline = {
  what: 'baseline: SigmaHQ’s tags',
  predictions: units.map(predictByTags),
  options: every,
};
const ceiling = {
  what: 'all that anything claims, no threshold',
  predictions: units.map(predictByClaims),
  options: every,
};
const shipped = heldOut('**Portolan, held out by file**', units);
const lanes = [
  baseline,
  ceiling,
  shipped,
  heldOut('the same, without SigmaHQ’s rules', units, { shownOf: await only('own', 'behaviors') }),
  heldOut('the same, SigmaHQ’s rules alone', units, { shownOf: await only('sigmahq') }),
  heldOut('the same, model without the noise of single rules', units, { noise: false }),
  heldOut('the same, learned on the other corpus', units, { groupOf: ({ unit }) => unit.corpus }),
];
const unseenBenign = heldOut('Portolan, no benign log in the training', units, {
  learnsFrom: ({ unit }) => unit.corpus !== 'benign',
});
const sections = CORPORA.map((corpus) => {
  const count = units.filter(({ unit }) => unit.corpus === corpus).length;
  const wanted = WANTED[corpus];
  const rows = [
    ...lanes.map((lane) => measureRow(lane, corpus)),
    measureRow(baseline, corpus, true),
    measureRow(shipped, corpus, true),
  ];
  return `**${corpus}**, ${count} units; must: recall ${wanted?.recall.toFixed(2)}, precision ${wanted?.precision.toFixed(2)}

| | recall (95 %) | precision (95 %) | F1 | hit@1 | hit@3 | listed a unit |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

At the threshold ${worstTechniques(shipped, corpus)}.`;
});
const thresholds = shipped.predictions.map((one) => shipped.options.thresholdOf?.(one) ?? 0);
const rules = packs.map(
  ({ name, rules: list, version }) =>
    `${name} ${name === 'behaviors' ? '' : `${list.length} rules, `}${version.slice(0, 8)}`,
);
const section = `Parents of sub-techniques, micro-averaged; hits among what is listed. Thresholds of the ${FOLDS} folds: ${Math.min(...thresholds)}–${Math.max(...thresholds)}, each from the other folds.

${sections.join('\n\n')}

**Benign logs**: ${units.filter(({ unit }) => unit.corpus === 'benign').length} made-up office days

| | techniques listed | precision of evtx-to-mitre with them in the mix | of security-datasets |
| --- | --- | --- | --- |
${[baseline, ceiling, shipped, unseenBenign].map(benignLine).join('\n')}

**Reliability**, held out by file

${reliabilityTable(shipped)}

${environmentLine(`../shared/data; ${rules.join('; ')}`)}.`;
console.log(section);
if (process.argv.includes('--write')) writeSection('log-quality', section);
