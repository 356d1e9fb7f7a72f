import type { RuleWork, WorkItem } from './rule-work.js';
import type { WorkValue } from './work-value.js';

/** A processing pipeline: changes rules before they are compiled. */
export interface Pipeline {
  readonly kind: 'pipeline';
  /** Path or other name. */
  readonly source: string;
  readonly name: string | undefined;
  /** Lower ones are applied first. Default 0. */
  readonly priority: number;
  readonly items: readonly PipelineItem[];
  /** Values for `value_placeholders`. */
  readonly vars: ReadonlyMap<string, readonly string[]>;
}

/** One transformation and when it is applied. */
export interface PipelineItem {
  /** What `processing_item_applied` asks for; made up when the item has none. */
  readonly id: string;
  readonly transform: Transformation;
  ruleHolds(work: RuleWork): boolean;
  /** Both the conditions of detection items and those of field names. */
  itemHolds(item: WorkItem, work: RuleWork): boolean;
  fieldHolds(field: string | undefined, work: RuleWork): boolean;
}

/** What a transformation works with. */
export interface TransformContext {
  readonly item: PipelineItem;
  readonly vars: ReadonlyMap<string, readonly string[]>;
}

/** Changes a rule. @throws PipelineFailure when the rule cannot be used. */
export type Transformation = (work: RuleWork, context: TransformContext) => void;

/** Changes one value; undefined leaves it; several take its place. */
export type ValueChange = (
  value: WorkValue,
  item: WorkItem,
) => WorkValue | readonly WorkValue[] | undefined;
