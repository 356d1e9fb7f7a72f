import { isRecord } from '../../model/index.js';
import type { Condition } from '../condition.js';
import { parseSelection } from '../parse-selection.js';
import type { RuleLogsource, Selection } from '../sigma-rule.js';
import type { ParamReader } from './param-reader.js';
import type { PipelineItem, Transformation } from './pipeline.js';
import { PipelineFailure } from './pipeline-failure.js';
import { changeItems, itemsIn, type RuleWork, toNode } from './rule-work.js';

/** `add_condition` */
export function addCondition(params: ParamReader): Transformation {
  const conditions = params.record('conditions');
  const name = params.optionalText('name');
  const isTemplate = params.flag('template');
  const isNegated = params.flag('negated');
  // Read once to complain of it in its place.
  parseAdded(conditions, params);
  return (work, { item }) => {
    if (work.logsource === undefined) return;
    const values = isTemplate ? fillTemplates(conditions, work.logsource) : conditions;
    const key = name ?? `_cond_${item.id}_${work.selections.size}`;
    const node = toNode(parseAdded(values, params));
    for (const one of itemsIn(node)) one.applied.add(item.id);
    work.selections.set(key, node);
    const added: Condition = { kind: 'selection', name: key };
    const part: Condition = isNegated ? { kind: 'not', part: added } : added;
    work.conditions = work.conditions.map((condition) => ({
      kind: 'and',
      parts: [part, condition],
    }));
  };
}

function parseAdded(conditions: Readonly<Record<string, unknown>>, params: ParamReader): Selection {
  const selection = parseSelection(conditions, [...params.path, 'conditions']);
  if (selection.kind === 'problem') throw new PipelineFailure(selection.message, selection.path);
  return selection;
}

function fillTemplates(value: Readonly<Record<string, unknown>>, logsource: RuleLogsource) {
  const fill = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(fill);
    if (typeof one !== 'string') return one;
    return one.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
      const name = braced ?? bare;
      if (name !== 'category' && name !== 'product' && name !== 'service') return whole;
      // As pySigma has it, which is Python's word for nothing.
      return logsource[name] ?? 'None';
    });
  };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
}

/** `change_logsource` */
export function changeLogsource(params: ParamReader): Transformation {
  const part = (key: string) => params.optionalText(key)?.toLowerCase();
  const logsource: RuleLogsource = {
    product: part('product'),
    category: part('category'),
    service: part('service'),
  };
  if (Object.values(logsource).every((one) => one === undefined))
    params.fail('product', 'a product, category or service');
  return (work) => {
    if (work.logsource !== undefined) work.logsource = logsource;
  };
}

/** `rule_failure` */
export function failRule(params: ParamReader): Transformation {
  const message = params.text('message');
  return () => {
    throw new PipelineFailure(message);
  };
}

/** `detection_item_failure` */
export function failItem(params: ParamReader): Transformation {
  const message = params.text('message');
  return (work, { item: pipelineItem }) =>
    changeItems(work, (item) => {
      if (pipelineItem.itemHolds(item, work)) throw new PipelineFailure(message, item.source.path);
      return item;
    });
}

/** `set_state` */
export function setState(params: ParamReader): Transformation {
  const key = params.text('key');
  const value = params.value('val');
  return (work) => {
    work.state.set(key, value);
  };
}

/** `set_custom_attribute` */
export function setAttribute(params: ParamReader): Transformation {
  const attribute = params.text('attribute');
  const value = params.value('value');
  return (work) => {
    work.attributes.set(attribute, value);
  };
}

/** `add_field` */
export function addFields(params: ParamReader): Transformation {
  const fields = params.texts('field');
  return (work) => {
    work.fields = [...work.fields, ...fields];
  };
}

/** `remove_field` */
export function removeFields(params: ParamReader): Transformation {
  const fields = params.texts('field');
  return (work) => {
    const left = [...work.fields];
    // Each once, also when the rule names it twice.
    for (const field of fields) {
      const place = left.indexOf(field);
      if (place !== -1) left.splice(place, 1);
    }
    work.fields = left;
  };
}

/** `set_field` */
export function setFields(params: ParamReader): Transformation {
  const fields = params.texts('fields');
  return (work) => {
    work.fields = fields;
  };
}

/** `nest`: several items under the conditions of one. */
export function nestItems(
  params: ParamReader,
  parseItems: (
    list: readonly unknown[],
    path: readonly (string | number)[],
  ) => readonly PipelineItem[],
): Transformation {
  const list = params.list('items');
  if (!list.every(isRecord)) params.fail('items', 'a list of transformations');
  const items = parseItems(list, [...params.path, 'items']);
  return (work, { vars }) => applyItems(items, work, vars);
}

/** Applies pipeline items one after the other. */
export function applyItems(
  items: readonly PipelineItem[],
  work: RuleWork,
  vars: ReadonlyMap<string, readonly string[]>,
): void {
  for (const item of items) {
    if (!item.ruleHolds(work)) continue;
    item.transform(work, { item, vars });
    work.applied.add(item.id);
  }
}
