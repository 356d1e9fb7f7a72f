import type { StixId } from '../model/index.js';
import type { Analytic, DataComponent, DetectionStrategy } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';

/** The active analytics of a detection strategy, in the strategy's order. */
export function analyticsOf(
  { byStixId }: KnowledgeBase,
  { analyticIds }: DetectionStrategy,
): readonly Analytic[] {
  return analyticIds.flatMap((analyticId) => {
    const analytic = byStixId.get(analyticId);
    return analytic?.kind === 'analytic' && analytic.status === 'active' ? [analytic] : [];
  });
}

/** The active data components whose logs the analytics of a detection strategy read, each once. */
export function dataComponentsOf(
  knowledgeBase: KnowledgeBase,
  strategy: DetectionStrategy,
): readonly DataComponent[] {
  const found = new Map<StixId, DataComponent>();
  for (const { logSourceReferences } of analyticsOf(knowledgeBase, strategy)) {
    for (const { dataComponentId } of logSourceReferences) {
      if (found.has(dataComponentId)) continue;
      const component = knowledgeBase.byStixId.get(dataComponentId);
      if (component?.kind === 'data-component' && component.status === 'active')
        found.set(dataComponentId, component);
    }
  }
  return [...found.values()];
}
