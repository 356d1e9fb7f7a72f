import { analyticsOf } from './analytics-of.js';
import type {
  Analytic,
  DataComponent,
  DetectionStrategy,
  LogSource,
  Technique,
} from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { relatedObjects } from './related-objects.js';

/** A log source that an analytic reads. */
export interface DetectionLogSource extends LogSource {
  /** What the log shows; undefined when the component is not active or not in the knowledge base. */
  readonly dataComponent: DataComponent | undefined;
}

export interface DetectionAnalytic {
  readonly analytic: Analytic;
  readonly logSources: readonly DetectionLogSource[];
}

/** A detection strategy with its analytics and the logs that they read. */
export interface Detection {
  readonly strategy: DetectionStrategy;
  readonly analytics: readonly DetectionAnalytic[];
}

/** How ATT&CK says that a technique is detected. */
export interface TechniqueDetections {
  /** Empty for ATT&CK up to 17, which knows no strategies. */
  readonly strategies: readonly Detection[];
  /** Every data component that shows the technique, each once: by way of the strategies, or directly up to 17. */
  readonly dataComponents: readonly DataComponent[];
}

function readAnalytic({ byStixId }: KnowledgeBase, analytic: Analytic): DetectionAnalytic {
  const logSources = analytic.logSourceReferences.map(({ name, channel, dataComponentId }) => {
    const object = byStixId.get(dataComponentId);
    const isActive = object?.kind === 'data-component' && object.status === 'active';
    return { name, channel, dataComponent: isActive ? object : undefined };
  });
  return { analytic, logSources };
}

/** Technique → detection strategies → analytics → log sources → data components. */
export function detectionsOf(
  knowledgeBase: KnowledgeBase,
  { stixId }: Pick<Technique, 'stixId'>,
): TechniqueDetections {
  const strategies = relatedObjects(knowledgeBase, stixId, 'detection-strategy').map(
    ({ object: strategy }) => ({
      strategy,
      analytics: analyticsOf(knowledgeBase, strategy).map((analytic) =>
        readAnalytic(knowledgeBase, analytic),
      ),
    }),
  );
  const components = relatedObjects(knowledgeBase, stixId, 'data-component');
  return { strategies, dataComponents: components.map(({ object }) => object) };
}
