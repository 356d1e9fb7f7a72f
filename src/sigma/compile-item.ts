import { compileOperand, type OperandTest, operandProblem } from './compile-operand.js';
import type { EventView } from './event-view.js';
import { fold } from './event-view.js';
import { MODIFIERS } from './modifiers.js';
import type { ModifiedItem, Operand } from './operand.js';
import { invalid, type RuleProblem, unsupported } from './rule-problem.js';
import { literalOf, parsePattern } from './sigma-pattern.js';
import type { FieldItem, SigmaScalar } from './sigma-rule.js';

/** A field item ready to be asked. */
export interface CompiledItem {
  readonly kind: 'item';
  readonly item: FieldItem;
  readonly test: (view: EventView) => boolean;
  /** Fields of the event that made it hold; only meaningful when it does. */
  readonly matchedFields: (view: EventView) => readonly string[];
}

export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Applies the modifiers of an item and compiles what comes out. */
export function compileItem(
  item: FieldItem,
  placeholders: Placeholders,
): CompiledItem | RuleProblem {
  const modified = modifyItem(item, placeholders);
  if ('kind' in modified) return modified;
  const values: OperandTest[] = [];
  for (const alternatives of splitEqualTexts(modified, item)) {
    const test = compileAlternatives(alternatives, modified, item);
    if (typeof test === 'string') return unsupported(test, item.path);
    values.push(test);
  }
  const linked = link(values, modified.linking);
  const { field } = item;
  if (field === undefined) {
    if (modified.negated) return needsField(item);
    const matchedFields = (view: EventView) =>
      [...view.event.fields.keys()].filter((name) => values.some((test) => test(view, name)));
    return { kind: 'item', item, test: linked, matchedFields };
  }
  const test = modified.negated
    ? (view: EventView) => view.texts(field).length > 0 && !linked(view)
    : linked;
  return { kind: 'item', item, test, matchedFields: () => [field] };
}

/** Why an item cannot be compiled: what `compileItem` says, for less. */
export function itemProblem(item: FieldItem, placeholders: Placeholders): RuleProblem | undefined {
  const modified = modifyItem(item, placeholders);
  if ('kind' in modified) return modified;
  for (const alternatives of modified.values)
    for (const operand of alternatives) {
      const problem = operandProblem(operand, item.field);
      if (problem !== undefined) return unsupported(problem, item.path);
    }
  return modified.negated && item.field === undefined ? needsField(item) : undefined;
}

function needsField({ path }: FieldItem): RuleProblem {
  return invalid('neq needs a field', path);
}

/** What the modifiers of an item make of its values, one after the other. */
export function modifyItem(
  item: FieldItem,
  placeholders: Placeholders,
): ModifiedItem | RuleProblem {
  let modified: ModifiedItem = {
    values: item.values.map((value) => [toOperand(value)]),
    linking: 'any',
    cased: false,
    negated: false,
  };
  for (const name of item.modifiers) {
    const modifier = MODIFIERS.get(name);
    if (modifier === undefined) return unsupported(`unknown modifier "${name}"`, item.path);
    const next = modifier(modified, { raw: item.values, placeholders });
    // Placeholders are the site's to give: the rule is right, we lack the values.
    if (typeof next === 'string')
      return name === 'expand' ? unsupported(next, item.path) : invalid(next, item.path);
    modified = next;
  }
  return modified;
}

function toOperand(value: SigmaScalar): Operand {
  return value === null ? { kind: 'null' } : { kind: 'text', pattern: parsePattern(String(value)) };
}

/** Long lists of plain texts, any of which will do, are one value: a set is asked once. */
function splitEqualTexts(
  { values, linking }: ModifiedItem,
  { field }: FieldItem,
): readonly (readonly Operand[])[] {
  if (linking === 'all' || field === undefined) return values;
  const operands = values.flat();
  const plain = operands.filter(isPlainText);
  if (plain.length < 3) return values;
  return [
    plain,
    ...operands.filter((operand) => !isPlainText(operand)).map((operand) => [operand]),
  ];
}

function isPlainText(operand: Operand): boolean {
  return operand.kind === 'text' && literalOf(operand.pattern) !== undefined;
}

function compileAlternatives(
  operands: readonly Operand[],
  { cased }: ModifiedItem,
  { field }: FieldItem,
): OperandTest | string {
  if (field !== undefined && operands.length > 2 && operands.every(isPlainText)) {
    const texts = new Set(
      operands.map((operand) => {
        const text = operand.kind === 'text' ? (literalOf(operand.pattern) ?? '') : '';
        return cased ? text : fold(text);
      }),
    );
    return (view) =>
      (cased ? view.texts(field) : view.folded(field)).some((text) => texts.has(text));
  }
  const tests: OperandTest[] = [];
  for (const operand of operands) {
    const test = compileOperand(operand, { field, cased });
    if (typeof test === 'string') return test;
    tests.push(test);
  }
  return link(tests, 'any');
}

function link(tests: readonly OperandTest[], linking: 'any' | 'all'): OperandTest {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return linking === 'all'
    ? (view, field) => tests.every((test) => test(view, field))
    : (view, field) => tests.some((test) => test(view, field));
}
