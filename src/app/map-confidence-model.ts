import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SigmaLevel } from '../sigma/index.js';
import {
  CONFIDENCE_FEATURES,
  type ConfidenceFeature,
  type FeatureValues,
} from './map-confidence-features.js';
import { type ConfidenceRule, quietness } from './map-confidence-rule.js';

/** How often rules fired in the logs of the training that do not show their techniques. */
export interface NoiseTable {
  /** Logs that a rule which was not tried counts as having been tried on. */
  readonly strength: number;
  /** Noise to expect of such a rule when it fires. */
  readonly expected: Readonly<Record<SigmaLevel, number>>;
  /** Number of logs → first eight hexadecimal digits of the ids of the rules that could have fired in so many, joined. */
  readonly tried: Readonly<Record<string, string>>;
  /**
   * Rule → share of the logs in which it fired without any of its techniques being labelled, in the corpus where that is
   * largest; rules that never did are left out.
   */
  readonly wrong: Readonly<Record<string, number>>;
  /** Technique → the same of claims of it by any rule. */
  readonly families: Readonly<Record<string, number>>;
}

/** `data/models/log-confidence.json` */
export interface ConfidenceModel {
  readonly bias: number;
  readonly weights: Readonly<Record<ConfidenceFeature, number>>;
  /** Techniques below are seen and not listed. 0..1 */
  readonly threshold: number;
  readonly noise: NoiseTable;
}

const MODEL_FILE = fileURLToPath(new URL('../../data/models/log-confidence.json', import.meta.url));

/** Reads the model that ships. */
export function loadConfidenceModel(): ConfidenceModel {
  return JSON.parse(readFileSync(MODEL_FILE, 'utf8')) as ConfidenceModel;
}

/** 0..1: how sure the model is of a technique with these features. */
export function scoreFeatures(
  { bias, weights }: Pick<ConfidenceModel, 'bias' | 'weights'>,
  features: FeatureValues,
): number {
  const sum = CONFIDENCE_FEATURES.reduce((z, name) => z + weights[name] * features[name], bias);
  return 1 / (1 + Math.exp(-sum));
}

/** What each feature adds to or takes from the log-odds, largest first. */
export function explainFeatures(
  { weights }: Pick<ConfidenceModel, 'weights'>,
  features: FeatureValues,
): readonly { readonly feature: ConfidenceFeature; readonly logOdds: number }[] {
  return CONFIDENCE_FEATURES.map((feature) => ({
    feature,
    logOdds: weights[feature] * features[feature],
  })).sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
}

/** Answers for rules and techniques from the table of a model. */
export interface NoiseLookup {
  /** 0..1: share of logs without its techniques in which the rule fires; drawn to what is expected of its level. */
  ofRule(rule: Pick<ConfidenceRule, 'ruleId' | 'level'>): number;
  /** 0..1, see `quietness`. */
  familyQuiet(familyId: string): number;
}

const PREFIX_LENGTH = 8;
/** Where a technique was never claimed wrongly. */
const SELDOM = 0.002;

export function createNoiseLookup(noise: NoiseTable): NoiseLookup {
  const tried = new Map<string, number>();
  for (const [logs, prefixes] of Object.entries(noise.tried))
    for (let at = 0; at < prefixes.length; at += PREFIX_LENGTH)
      tried.set(prefixes.slice(at, at + PREFIX_LENGTH), Number(logs));
  const { strength, expected, wrong, families } = noise;
  return {
    ofRule({ ruleId, level }) {
      const known = wrong[ruleId];
      if (known !== undefined) return known;
      const logs = tried.get(noisePrefix(ruleId)) ?? 0;
      return (strength * expected[level]) / (logs + strength);
    },
    familyQuiet: (familyId) => quietness(families[familyId] ?? SELDOM),
  };
}

/** How `tried` names a rule. */
export function noisePrefix(ruleId: string): string {
  const id = ruleId.toLowerCase();
  if (/^[0-9a-f]{8}-/.test(id)) return id.slice(0, PREFIX_LENGTH);
  // FNV-1a, for behaviours and rules without a UUID.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(PREFIX_LENGTH, '0');
}
