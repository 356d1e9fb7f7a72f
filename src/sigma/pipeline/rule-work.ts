import { type Condition, selectionsOfPattern } from '../condition.js';
import type { RuleDocument } from '../read-rules.js';
import { parsePattern } from '../sigma-pattern.js';
import type {
  FieldItem,
  RuleLogsource,
  Selection,
  SigmaCorrelation,
  SigmaRule,
} from '../sigma-rule.js';
import { ruleText, toWorkValue, type WorkValue } from './work-value.js';

/** A field item while pipelines work on it. */
export interface WorkItem {
  readonly kind: 'item';
  field: string | undefined;
  values: readonly WorkValue[];
  readonly linking: 'any' | 'all';
  readonly cased: boolean;
  readonly negated: boolean;
  /** Whether `%name%` in texts stands for values. */
  readonly expands: boolean;
  /** The item of the rule; its values are kept as they are unless a transformation changes them. */
  readonly source: FieldItem;
  /** Ids of the pipeline items that changed it. */
  readonly applied: Set<string>;
}

export interface WorkGroup {
  readonly kind: 'all-of' | 'any-of';
  parts: readonly WorkNode[];
}

export type WorkNode = WorkItem | WorkGroup;

/** A rule or correlation while pipelines work on it: everything in here may change. */
export interface RuleWork {
  readonly rule: SigmaRule | SigmaCorrelation;
  /** Undefined: a correlation. */
  logsource: RuleLogsource | undefined;
  readonly selections: Map<string, WorkNode>;
  conditions: readonly Condition[];
  groupBy: readonly string[];
  aliases: SigmaCorrelation['aliases'];
  conditionFields: readonly string[];
  /** The rule's `fields`. */
  fields: readonly string[];
  readonly document: RuleDocument;
  readonly attributes: Map<string, unknown>;
  /** Ids of the pipeline items that were applied. */
  readonly applied: Set<string>;
  readonly fieldApplied: Map<string | undefined, Set<string>>;
  readonly state: Map<string, unknown>;
  /** Fields that a mapping was applied to, and what it made of them. */
  readonly mapped: Set<string | undefined>;
}

export function startWork(rule: SigmaRule | SigmaCorrelation, document: RuleDocument): RuleWork {
  const fields: unknown = document['fields'];
  const selections = new Map<string, WorkNode>();
  if (rule.kind === 'rule')
    for (const [name, selection] of rule.selections) selections.set(name, toNode(selection));
  const isRule = rule.kind === 'rule';
  const condition = isRule ? undefined : rule.condition;
  return {
    rule,
    logsource: isRule ? rule.logsource : undefined,
    selections,
    conditions: isRule ? rule.conditions : [],
    groupBy: isRule ? [] : rule.groupBy,
    aliases: isRule ? {} : rule.aliases,
    conditionFields: condition?.kind === 'compare' ? condition.fields : [],
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [],
    document,
    attributes: new Map(),
    applied: new Set(),
    fieldApplied: new Map(),
    state: new Map(),
    mapped: new Set(),
  };
}

/** Modifiers that are about an item as a whole and not about what a value means. */
const ITEM_MODIFIERS = new Set(['all', 'cased', 'neq', 'expand']);

/** Opens a selection of a rule for work. */
export function toNode(selection: Selection): WorkNode {
  if (selection.kind !== 'item')
    return { kind: selection.kind, parts: selection.parts.map(toNode) };
  return toWorkItem(selection);
}

/** Opens an item of a rule for work. */
function toWorkItem(source: FieldItem): WorkItem {
  const { field, modifiers, values } = source;
  const rest = modifiers.filter((modifier) => !ITEM_MODIFIERS.has(modifier));
  return {
    kind: 'item',
    field,
    values: values.map((value) => toWorkValue(value, rest)),
    linking: modifiers.includes('all') ? 'all' : 'any',
    cased: modifiers.includes('cased'),
    negated: modifiers.includes('neq'),
    expands: modifiers.includes('expand'),
    source,
    applied: new Set(),
  };
}

/** A new item with other values or field, otherwise like another. */
export function likeItem(
  item: WorkItem,
  change: Partial<Pick<WorkItem, 'field' | 'values'>>,
): WorkItem {
  return { ...item, applied: new Set(item.applied), ...change };
}

/** Every item of a rule with what holds it, so that it can be replaced. */
export function changeItems(
  work: RuleWork,
  change: (item: WorkItem) => WorkNode | undefined,
): void {
  for (const [name, node] of work.selections) {
    const changed = changeNode(node, change);
    work.selections.set(name, changed ?? { kind: 'all-of', parts: [] });
  }
}

function changeNode(
  node: WorkNode,
  change: (item: WorkItem) => WorkNode | undefined,
): WorkNode | undefined {
  if (node.kind === 'item') return change(node);
  node.parts = node.parts.flatMap((part) => changeNode(part, change) ?? []);
  return node.parts.length === 0 ? undefined : node;
}

export function itemsIn(node: WorkNode): readonly WorkItem[] {
  return node.kind === 'item' ? [node] : node.parts.flatMap(itemsIn);
}

export function itemsOf(work: RuleWork): readonly WorkItem[] {
  return [...work.selections.values()].flatMap(itemsIn);
}

/** The rule or correlation that the work came to; undefined when nothing of its condition is left. */
export function finishWork(work: RuleWork): SigmaRule | SigmaCorrelation | undefined {
  const { rule } = work;
  if (rule.kind === 'correlation') {
    const { groupBy, aliases, conditionFields: fields } = work;
    const condition =
      rule.condition.kind === 'compare' ? { ...rule.condition, fields } : rule.condition;
    return { ...rule, groupBy, aliases, condition };
  }
  const selections = new Map<string, Selection>();
  for (const [name, node] of work.selections) {
    const selection = toSelection(node);
    if (selection !== undefined) selections.set(name, selection);
  }
  const conditions = work.conditions.flatMap(
    (condition) => withoutSelections(condition, [...selections.keys()]) ?? [],
  );
  if (conditions.length === 0) return undefined;
  return { ...rule, logsource: work.logsource ?? rule.logsource, selections, conditions };
}

function toSelection(node: WorkNode): Selection | undefined {
  if (node.kind === 'item') return toItem(node);
  const parts = node.parts.flatMap((part) => toSelection(part) ?? []);
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only;
  return { kind: node.kind, parts };
}

function toItem(item: WorkItem): Selection | undefined {
  const { source, field, values } = item;
  if (isUntouched(item)) return { ...source, field };
  const groups = new Map<
    string,
    { readonly modifiers: string[]; readonly values: (string | number | boolean | null)[] }
  >();
  for (const value of values) {
    const { modifiers, scalar } = toScalar(value, item);
    const key = modifiers.join('|');
    const group = groups.get(key) ?? { modifiers: [...modifiers], values: [] };
    groups.set(key, group);
    group.values.push(scalar);
  }
  const { linking, negated } = item;
  const ending = [...(linking === 'all' ? ['all'] : []), ...(negated ? ['neq'] : [])];
  const parts = [...groups.values()].map(
    (group): FieldItem => ({
      kind: 'item',
      field,
      modifiers: [...group.modifiers, ...ending],
      values: group.values,
      path: source.path,
    }),
  );
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only;
  // A value that is none of several kinds is none of each kind.
  return { kind: linking === 'all' || negated ? 'all-of' : 'any-of', parts };
}

function isUntouched({ source, values, expands }: WorkItem): boolean {
  const fresh = toWorkItem(source);
  return fresh.expands === expands && JSON.stringify(fresh.values) === JSON.stringify(values);
}

function toScalar(value: WorkValue, { cased, expands }: WorkItem) {
  if (value.kind === 'opaque') return { modifiers: value.modifiers, scalar: value.value };
  if (value.kind === 'plain') return { modifiers: [], scalar: value.value };
  const modifiers = [...(expands ? ['expand'] : []), ...(cased ? ['cased'] : [])];
  return { modifiers, scalar: ruleText(value.pattern) };
}

/** A condition over the selections of which something is left; undefined: nothing of it is left. */
function withoutSelections(condition: Condition, left: readonly string[]): Condition | undefined {
  switch (condition.kind) {
    case 'selection':
      return left.includes(condition.name) ? condition : undefined;
    case 'of':
      return selectionsOfPattern(condition.pattern, left).length === 0 ? undefined : condition;
    case 'not': {
      const part = withoutSelections(condition.part, left);
      return part === undefined ? undefined : { kind: 'not', part };
    }
    case 'and':
    case 'or': {
      const parts = condition.parts.flatMap((part) => withoutSelections(part, left) ?? []);
      return parts.length === 0 ? undefined : { kind: condition.kind, parts };
    }
  }
}

/** A text value from plain text with wildcards as a rule writes them. */
export function textValue(text: string): WorkValue {
  return { kind: 'text', pattern: parsePattern(text) };
}
