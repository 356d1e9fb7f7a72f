/**
 * npx tsx scripts/train-confidence.ts: writes data/models/log-confidence.json, the model by which `portolan map` says how
 * sure a technique is. Needs ../shared/data. The same data, rules and code give the same weights.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { benignUnits } from '../bench/log-quality-benign.js';
import { LABELLED_DATA, readLabelledUnits } from '../bench/log-quality-corpora.js';
import { finishModel } from '../bench/log-quality-evaluate.js';
import { observeUnits } from '../bench/log-quality-observe.js';
import { openShipped } from '../src/attack/index.js';

const FILE = 'data/models/log-confidence.json';
const MAX_BYTES = 100_000;

if (!existsSync(LABELLED_DATA)) throw new Error(`training needs ${LABELLED_DATA}`);
const knowledgeBase = openShipped();
const labelled = [...readLabelledUnits(knowledgeBase), ...benignUnits()];
const { units, packs } = await observeUnits({ units: labelled, knowledgeBase });
const { model, threshold } = finishModel(units);
const round = (value: number) => Math.round(value * 1e4) / 1e4;
const trainedOn = (corpus: string) => units.filter(({ unit }) => unit.corpus === corpus).length;
const document = {
  name: 'log-confidence',
  version: 1,
  date: new Date().toISOString().slice(0, 10),
  licence: 'Apache-2.0',
  script: 'scripts/train-confidence.ts',
  attackVersion: knowledgeBase.version,
  source: {
    'mdecrevoisier/EVTX-to-MITRE-Attack (CC0), files with a label': trainedOn('evtx-to-mitre'),
    'OTRF/Security-Datasets (MIT), datasets': trainedOn('security-datasets'),
    'made-up offices without an attack (test/behaviors/benign)': trainedOn('benign'),
    'rules that ran: Portolan': packs.find(({ name }) => name === 'own')?.rules.length,
    'rules that ran: SigmaHQ 2026-08-05': packs.find(({ name }) => name === 'sigmahq')?.rules
      .length,
  },
  threshold,
  bias: round(model.bias),
  weights: Object.fromEntries(
    Object.entries(model.weights).map(([name, weight]) => [name, round(weight)]),
  ),
  noise: model.noise,
};
const text = `${JSON.stringify(document, undefined, 1)}\n`;
if (text.length > MAX_BYTES) throw new Error(`${FILE} would be ${text.length} bytes`);
writeFileSync(FILE, text);
console.log(`${FILE}: ${text.length} bytes, threshold ${threshold}`);
console.log(document.weights);
