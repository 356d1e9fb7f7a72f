import { type BehaviorMatch, createBehaviorRunner } from '../behaviors/index.js';
import type { ConfidenceRule } from './map-confidence.js';
import type { MatchRule, TalliedMatch } from './map-match.js';
import type { MapStage } from './map-stage.js';
import type { RuleTechniques } from './map-tags.js';

/**
 * Runs the behaviours over the events that they watch.
 *
 * @param techniquesOf carries technique ids of ATT&CK 19.1 to the version of the result.
 */
export function createBehaviorStage(
  techniquesOf: (match: BehaviorMatch) => RuleTechniques,
): MapStage {
  const runner = createBehaviorRunner();
  // One sighting's confidence differs from another's: each pair stands for a rule of its own.
  const rules = new Map<string, MatchRule>();
  const ruleOf = (match: BehaviorMatch): MatchRule => {
    const { ruleId, title, level, confidence, techniqueIds } = match;
    const key = `${ruleId} ${confidence} ${techniqueIds.join()}`;
    const known = rules.get(key);
    if (known !== undefined) return known;
    const techniques = techniquesOf(match);
    const facts: ConfidenceRule = {
      ruleId,
      level,
      status: 'test',
      origin: 'behavior',
      sighting: confidence,
      techniqueIds: techniques.techniqueIds,
    };
    const rule = { ruleId, title, level, confidence, techniques, facts, order: key };
    rules.set(key, rule);
    return rule;
  };
  const toTallied = (match: BehaviorMatch): TalliedMatch => {
    const last = match.evidence.at(-1);
    return {
      rule: ruleOf(match),
      time: match.time,
      host: match.host,
      user: match.user,
      source: last?.source ?? '',
      record: last?.record ?? '',
      fields: { ...last?.fields, 'what was seen': match.reason },
    };
  };
  return {
    fieldsOf: () => [],
    isSilent: () => false,
    take({ watched, time, host, user, record, source }) {
      if (watched === undefined) return [];
      const { logsource, fields } = watched;
      return runner.push({ time, host, user, record, source, logsource, fields }).map(toTallied);
    },
    finish: () => runner.finish().map(toTallied),
    issues: () => [],
  };
}
