import type { KnowledgeBase } from '../attack/index.js';
import { type CompiledRule, formatLogsource, logsourceApplies } from '../sigma/index.js';
import type { MapIntake } from './map-intake.js';
import { findMissingLogSources } from './map-missing-sources.js';
import type { MapOptions } from './map-options.js';
import type { MapCoverage, MappedTechnique } from './map-result.js';
import type { RuleSet } from './map-rules.js';
import type { EventKind } from './map-unit.js';

export interface CoverageInput {
  readonly intake: MapIntake;
  readonly ruleSet: RuleSet;
  readonly knowledgeBase: KnowledgeBase;
  readonly options: MapOptions;
  /** At or above the threshold. */
  readonly techniques: readonly MappedTechnique[];
  readonly belowThreshold: number;
  readonly minConfidence: number;
  readonly filesNotReached: number;
}

/** What the result cannot say, and how many rules could apply. */
export function describeCoverage(input: CoverageInput): {
  readonly coverage: MapCoverage;
  readonly applicable: number;
} {
  const { intake, ruleSet, options } = input;
  const kinds = [...intake.kinds.values()];
  const unused = unusedRules(ruleSet.rules, kinds);
  const { eventsOutside, eventsWithoutTime, firstEvent, lastEvent } = intake.totals;
  const { since, until } = options;
  const coverage: MapCoverage = {
    files: intake.files,
    unusedLogsources: countLogsources(unused),
    uncoveredLogsources: countUncovered(kinds),
    matchesWithoutTechnique: mostFirst(intake.withoutTechnique).map(([title, matches]) => ({
      title,
      matches,
    })),
    belowThreshold: input.belowThreshold,
    belowMinLevel: ruleSet.belowMinLevel,
    minConfidence: input.minConfidence,
    time: { since, until, eventsOutside, eventsWithoutTime, firstEvent, lastEvent },
    missingLogSources: findMissingLogSources(input.knowledgeBase, input.techniques, kinds),
    filesNotReached: input.filesNotReached,
  };
  return { coverage, applicable: ruleSet.rules.length - unused.length };
}

function countUncovered(kinds: readonly EventKind[]): MapCoverage['uncoveredLogsources'] {
  const counts = new Map<string, number>();
  for (const { label, events, isCovered } of kinds)
    if (!isCovered) counts.set(label, (counts.get(label) ?? 0) + events);
  return mostFirst(counts).map(([logsource, events]) => ({ logsource, events }));
}

function unusedRules(
  rules: readonly CompiledRule[],
  kinds: readonly EventKind[],
): readonly CompiledRule[] {
  const distinct = new Map(kinds.map(({ logsource }) => [JSON.stringify(logsource), logsource]));
  const seen = [...distinct.values()];
  const isUsed = new Map<string, boolean>();
  return rules.filter(({ rule }) => {
    const key = formatLogsource(rule.logsource);
    const known = isUsed.get(key) ?? seen.some((one) => logsourceApplies(rule.logsource, one));
    isUsed.set(key, known);
    return !known;
  });
}

function countLogsources(rules: readonly CompiledRule[]): MapCoverage['unusedLogsources'] {
  const counts = new Map<string, MapCoverage['unusedLogsources'][number]>();
  for (const { rule } of rules) {
    const { logsource } = rule;
    const key = formatLogsource(logsource);
    counts.set(key, { logsource, rules: (counts.get(key)?.rules ?? 0) + 1 });
  }
  return [...counts]
    .sort(([a, { rules: left }], [b, { rules: right }]) => right - left || (a < b ? -1 : 1))
    .map(([, count]) => count);
}

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}
