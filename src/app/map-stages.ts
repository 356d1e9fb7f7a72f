import { createBehaviorStage } from './map-behavior-stage.js';
import { createCorrelationStage } from './map-correlation-stage.js';
import type { RuleSet } from './map-rules.js';
import type { MapStage } from './map-stage.js';
import type { RuleTechniques, TaggedRule } from './map-tags.js';

export interface StagesInput {
  readonly ruleSet: RuleSet;
  /** Whether Portolan's own behaviours run. */
  readonly behaviors: boolean;
  readonly tagsOf: (rule: TaggedRule) => RuleTechniques;
}

const NO_LOGSOURCE = { product: undefined, category: undefined, service: undefined };

/** What runs over the whole input beside the rules; matches come in this order. */
export function openStages({ ruleSet, behaviors, tagsOf }: StagesInput): readonly MapStage[] {
  const correlations = createCorrelationStage({ ...ruleSet, tagsOf });
  if (!behaviors) return [correlations];
  const behaviorStage = createBehaviorStage(({ title, techniqueIds }) =>
    tagsOf({
      title,
      tags: techniqueIds.map((techniqueId) => `attack.${techniqueId.toLowerCase()}`),
      description: undefined,
      logsource: NO_LOGSOURCE,
      at: {},
    }),
  );
  return [correlations, behaviorStage];
}
