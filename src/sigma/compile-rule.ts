import { type CompiledItem, compileItem, itemProblem, type Placeholders } from './compile-item.js';
import { type Condition, selectionsOfPattern } from './condition.js';
import type { EventView } from './event-view.js';
import type { RuleProblem } from './rule-problem.js';
import type { Selection, SigmaRule } from './sigma-rule.js';

/** A selection ready to be asked, in the shape of the rule so that a match can be explained. */
export type CompiledSelection =
  | { readonly kind: 'all-of'; readonly parts: readonly CompiledSelection[] }
  | { readonly kind: 'any-of'; readonly parts: readonly CompiledSelection[] }
  | CompiledItem;

/** A rule ready to be asked. Says nothing about the logsource: see `logsourceApplies`. */
export interface CompiledRule {
  readonly kind: 'compiled-rule';
  readonly rule: SigmaRule;
  readonly selections: ReadonlyMap<string, CompiledSelection>;
  readonly matches: (view: EventView) => boolean;
}

/** Compiles a rule, or names the first thing in it that cannot be used. */
export function compileRule(
  rule: SigmaRule,
  placeholders: Placeholders = new Map(),
): CompiledRule | RuleProblem {
  const selections = new Map<string, CompiledSelection>();
  for (const [name, selection] of rule.selections) {
    const compiled = compileSelection(selection, placeholders);
    if (compiled.kind === 'problem') return compiled;
    selections.set(name, compiled);
  }
  const tests = rule.conditions.map((condition) => compileCondition(condition, selections));
  const [only] = tests;
  const matches =
    only !== undefined && tests.length === 1
      ? only
      : (view: EventView) => tests.some((test) => test(view));
  return { kind: 'compiled-rule', rule, selections, matches };
}

/** The first thing in a rule that `compileRule` cannot use, found without compiling the rest. */
export function problemOfRule(
  rule: SigmaRule,
  placeholders: Placeholders = new Map(),
): RuleProblem | undefined {
  for (const selection of rule.selections.values()) {
    const problem = problemOfSelection(selection, placeholders);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfSelection(
  selection: Selection,
  placeholders: Placeholders,
): RuleProblem | undefined {
  if (selection.kind === 'item') return itemProblem(selection, placeholders);
  for (const part of selection.parts) {
    const problem = problemOfSelection(part, placeholders);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function compileSelection(
  selection: Selection,
  placeholders: Placeholders,
): CompiledSelection | RuleProblem {
  if (selection.kind === 'item') return compileItem(selection, placeholders);
  const parts: CompiledSelection[] = [];
  for (const part of selection.parts) {
    const compiled = compileSelection(part, placeholders);
    if (compiled.kind === 'problem') return compiled;
    parts.push(compiled);
  }
  return { kind: selection.kind, parts };
}

/** Whether a selection holds for an event. */
export function selectionHolds(selection: CompiledSelection, view: EventView): boolean {
  switch (selection.kind) {
    case 'item':
      return selection.test(view);
    case 'all-of':
      return selection.parts.every((part) => selectionHolds(part, view));
    case 'any-of':
      return selection.parts.some((part) => selectionHolds(part, view));
  }
}

type ViewTest = (view: EventView) => boolean;

function compileCondition(
  condition: Condition,
  selections: ReadonlyMap<string, CompiledSelection>,
): ViewTest {
  switch (condition.kind) {
    case 'selection': {
      const selection = selections.get(condition.name);
      return (view) => selection !== undefined && selectionHolds(selection, view);
    }
    case 'of': {
      const named = selectionsOfPattern(condition.pattern, selections.keys());
      const wanted = named.flatMap((name) => selections.get(name) ?? []);
      return condition.quantity === 'all'
        ? (view) => wanted.every((selection) => selectionHolds(selection, view))
        : (view) => wanted.some((selection) => selectionHolds(selection, view));
    }
    case 'not': {
      const part = compileCondition(condition.part, selections);
      return (view) => !part(view);
    }
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => compileCondition(part, selections));
      return condition.kind === 'and'
        ? (view) => parts.every((part) => part(view))
        : (view) => parts.some((part) => part(view));
    }
  }
}
