import type { RuleDocument } from '../read-rules.js';
import { type RuleProblem, unsupported } from '../rule-problem.js';
import type { SigmaCorrelation, SigmaRule } from '../sigma-rule.js';
import type { Pipeline } from './pipeline.js';
import { PipelineFailure } from './pipeline-failure.js';
import { applyItems } from './rule-transformations.js';
import { finishWork, startWork } from './rule-work.js';

/**
 * A rule or correlation after processing pipelines, lower priority first, those of the same priority in the order given.
 *
 * @param document the rule as its YAML has it, for conditions on attributes.
 * @returns a problem when a pipeline refuses the rule or leaves nothing of its condition.
 */
export function applyPipelines<T extends SigmaRule | SigmaCorrelation>(
  rule: T,
  pipelines: readonly Pipeline[],
  document: RuleDocument,
): T | RuleProblem {
  if (pipelines.length === 0) return rule;
  const sorted = [...pipelines].sort((a, b) => a.priority - b.priority);
  const work = startWork(rule, document);
  // Pipelines that are used together share their variables; of equal names the last one's counts.
  const vars = new Map(sorted.flatMap((pipeline) => [...pipeline.vars]));
  try {
    for (const { items } of sorted) applyItems(items, work, vars);
  } catch (error) {
    if (!(error instanceof PipelineFailure)) throw error;
    const names = pipelines.map(({ name, source }) => name ?? source).join(', ');
    return unsupported(`pipeline ${names}: ${error.message}`, error.path);
  }
  const finished = finishWork(work);
  return finished === undefined
    ? unsupported('the pipeline leaves nothing of the condition', ['detection'])
    : (finished as T);
}
