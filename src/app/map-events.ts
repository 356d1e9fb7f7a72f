import { type KnowledgeBase, openKnowledgeBase, openShipped } from '../attack/index.js';
import { listFiles } from '../collectors/index.js';
import { AppError, type Issue } from '../model/index.js';
import { SIGMA_LEVELS, type SigmaLevel } from '../sigma/index.js';
import { boundHeapGrowth } from './bound-heap-growth.js';
import { loadConfidenceModel } from './map-confidence-model.js';
import { describeCoverage } from './map-coverage.js';
import { createIntake, type MapIntake } from './map-intake.js';
import { toMatchRule } from './map-match.js';
import type { MapOptions } from './map-options.js';
import { planUnits } from './map-plan.js';
import { readUnits } from './map-read-units.js';
import type { MapOutcome } from './map-result.js';
import { loadRuleSet, type RuleSet } from './map-rules.js';
import { openStages } from './map-stages.js';
import { createTagReader } from './map-tags.js';
import { createMatchTally, type MatchTally } from './map-tally.js';
import { readRuleChanges } from './rules-pipelines.js';

/** How many Issues the result lists. */
const LISTED_ISSUES = 100;

/**
 * Reads logs, runs Sigma rules over their events and says which techniques the events show, with the events as evidence.
 * The same input gives the same result, with any number of workers.
 *
 * @throws AppError `USAGE` without paths; `NOT_FOUND` for an ATT&CK version that is not there; `SOURCE_UNREADABLE` when
 *   no rule could be loaded or none of the paths could be read.
 */
export async function mapEvents(options: MapOptions): Promise<MapOutcome> {
  if (options.paths.length === 0) throw new AppError('USAGE', 'expected a file or folder of logs');
  boundHeapGrowth();
  const knowledgeBase = openVersion(options.attackVersion);
  const changes = await readRuleChanges({
    pipelines: options.pipelines ?? [],
    placeholders: options.placeholders ?? [],
  });
  const loaded = await loadRuleSet({
    paths: options.rules ?? [],
    ownRules: options.ownRules ?? true,
    minLevel: options.minLevel ?? 'informational',
    pipelines: changes.pipelines,
    placeholders: changes.placeholders,
    variant: changes.text,
  });
  const ruleSet = { ...loaded, issues: [...changes.issues, ...loaded.issues] };
  if (ruleSet.rules.length === 0)
    throw new AppError('SOURCE_UNREADABLE', `no rule to run: ${firstReason(ruleSet.issues)}`);
  return toOutcome(await readAll(options, { knowledgeBase, ruleSet }), options);
}

/**
 * A level of Sigma, any case.
 *
 * @throws AppError `USAGE` for any other word.
 */
export function parseLevel(text: string): SigmaLevel {
  const level = SIGMA_LEVELS.find((one) => one === text.toLowerCase());
  if (level !== undefined) return level;
  throw new AppError(
    'USAGE',
    `expected a level (${SIGMA_LEVELS.join(', ')}), found ${JSON.stringify(text.slice(0, 60))}`,
  );
}

function openVersion(version: string | undefined): KnowledgeBase {
  return version === undefined ? openShipped() : openKnowledgeBase({ version });
}

function firstReason([first]: readonly Issue[]): string {
  return first === undefined ? 'the folders hold no Sigma rule' : first.message;
}

interface Setting {
  readonly knowledgeBase: KnowledgeBase;
  readonly ruleSet: RuleSet;
}

interface Run extends Setting {
  readonly intake: MapIntake;
  readonly tally: MatchTally;
  readonly filesNotReached: number;
  readonly isInterrupted: boolean;
}

async function readAll(options: MapOptions, { knowledgeBase, ruleSet }: Setting): Promise<Run> {
  const { files, issues } = await listFiles(options.paths);
  if (files.length === 0)
    throw new AppError(
      'SOURCE_UNREADABLE',
      `nothing to read: ${unreadableReason(issues, options)}`,
    );
  const rules = ruleSet.rules.map(({ rule }) => rule);
  const tagsOf = createTagReader(knowledgeBase);
  const matchRules = rules.map((rule) => toMatchRule(rule, tagsOf(rule)));
  const behaviors = options.ownRules ?? true;
  const stages = openStages({ ruleSet, behaviors, tagsOf });
  const tally = createMatchTally(knowledgeBase);
  const { onMatch, onWholeMatch } = options;
  const intake = createIntake({ rules, matchRules, stages, tally, onMatch, onWholeMatch });
  intake.issues.add(ruleSet.issues);
  intake.issues.add(issues);
  for (const { techniques } of matchRules) intake.issues.add(techniques.issues);
  const fieldsOf = rules.map((rule) => stages.flatMap((stage) => stage.fieldsOf(rule)));
  const units = await planUnits(files);
  const { since, until, workers, signal, onProgress } = options;
  const batches = readUnits(units, {
    rules: ruleSet.rules,
    image: ruleSet.image,
    pack: ruleSet.pack,
    setting: { since, until, behaviors, fieldsOf, keepsEvents: onWholeMatch !== undefined },
    workers,
    signal,
    onProgress,
  });
  let reached = 0;
  for await (const { batch, unit } of batches) {
    intake.take(batch, unit);
    await options.afterBatch?.();
    reached = Math.max(reached, unit.index + 1);
  }
  intake.finish();
  const isInterrupted = signal?.aborted === true;
  // The last that gave something may have more.
  const unread = isInterrupted ? units.slice(Math.max(0, reached - 1)) : [];
  const left = new Set(unread.map(({ path }) => path)).size;
  return { knowledgeBase, ruleSet, intake, tally, filesNotReached: left, isInterrupted };
}

function unreadableReason(issues: readonly Issue[], { paths }: MapOptions): string {
  const [first] = issues;
  return first === undefined
    ? `${paths.join(', ')} holds no file`
    : `${first.at?.source ?? ''} ${first.message}`;
}

function toOutcome(run: Run, options: MapOptions): MapOutcome {
  const { knowledgeBase, ruleSet, intake, tally, filesNotReached, isInterrupted } = run;
  const minConfidence = options.minConfidence ?? loadConfidenceModel().threshold;
  const all = tally.techniques();
  const techniques = all.filter(({ confidence }) => confidence >= minConfidence);
  const { coverage, applicable } = describeCoverage({
    intake,
    ruleSet,
    knowledgeBase,
    options,
    techniques,
    belowThreshold: all.length - techniques.length,
    minConfidence,
    filesNotReached,
  });
  return {
    result: {
      attackVersion: knowledgeBase.version,
      input: {
        files: intake.files.length,
        events: intake.files.reduce((sum, { events }) => sum + events, 0),
        bytes: intake.totals.bytes,
        issueCount: intake.issues.count,
      },
      issues: intake.issues.first.slice(0, LISTED_ISSUES),
      rules: { loaded: ruleSet.rules.length, applicable, skipped: ruleSet.skipped },
      techniques,
    },
    coverage,
    isInterrupted,
    tactics: knowledgeBase.tactics.map(({ shortname, name }) => ({ shortname, name })),
    namedTactics: new Map(
      techniques.map(({ techniqueId }) => [techniqueId, tally.namedTactics(techniqueId)]),
    ),
    subjects: tally.subjects(techniques.map(({ techniqueId }) => techniqueId)),
    mappings: techniques.flatMap(({ techniqueId }) => tally.mappings(techniqueId)),
    allMappings: () => all.flatMap(({ techniqueId }) => tally.mappings(techniqueId)),
  };
}
