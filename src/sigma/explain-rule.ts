import { type CompiledRule, type CompiledSelection, selectionHolds } from './compile-rule.js';
import { type EventView, textsOf } from './event-view.js';
import type { FieldItem, SigmaScalar } from './sigma-rule.js';

/** One `field|modifier: values` of a rule against one event. */
export interface ItemExplanation {
  /** Undefined: keywords. */
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  readonly values: readonly SigmaScalar[];
  readonly held: boolean;
  /** What the event has in that field; empty when it is missing, and for keywords. */
  readonly found: readonly string[];
}

export interface SelectionExplanation {
  readonly name: string;
  readonly held: boolean;
  readonly items: readonly ItemExplanation[];
}

/** Why a rule did or did not match an event: which selections held and what the fields were. */
export interface RuleExplanation {
  readonly matched: boolean;
  readonly selections: readonly SelectionExplanation[];
}

/** Asks every part of a rule again, one by one. */
export function explainRule(rule: CompiledRule, view: EventView): RuleExplanation {
  const selections = [...rule.selections].map(([name, selection]) => ({
    name,
    held: selectionHolds(selection, view),
    items: itemsOf(selection).map((compiled) =>
      explainItem(compiled.item, compiled.test(view), view),
    ),
  }));
  return { matched: rule.matches(view), selections };
}

function explainItem(item: FieldItem, held: boolean, view: EventView): ItemExplanation {
  const { field, modifiers, values } = item;
  return { field, modifiers, values, held, found: field === undefined ? [] : view.texts(field) };
}

function itemsOf(selection: CompiledSelection) {
  const items: Extract<CompiledSelection, { kind: 'item' }>[] = [];
  const open: CompiledSelection[] = [selection];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'item') items.push(next);
    else open.push(...[...next.parts].reverse());
  }
  return items;
}

/**
 * The fields of the event that made a rule match, with the event's values, in the order of the rule.
 * Fields that are missing, which can make `null` hold, are left out.
 */
export function matchedFields(rule: CompiledRule, view: EventView): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const selection of rule.selections.values())
    if (selectionHolds(selection, view)) collectFields(selection, view, fields);
  return fields;
}

function collectFields(
  selection: CompiledSelection,
  view: EventView,
  fields: Map<string, string>,
): void {
  if (selection.kind !== 'item') {
    for (const part of selection.parts)
      if (selectionHolds(part, view)) collectFields(part, view, fields);
    return;
  }
  for (const name of selection.matchedFields(view)) {
    const texts = textsOf(view.value(name));
    if (texts.length > 0) fields.set(name, texts.join(', '));
  }
}
