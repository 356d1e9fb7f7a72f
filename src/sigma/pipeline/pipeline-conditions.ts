import { isRecord } from '../../model/index.js';
import type { Condition } from '../condition.js';
import { parseCondition } from '../parse-condition.js';
import { parsePattern } from '../sigma-pattern.js';
import { SIGMA_LEVELS, SIGMA_STATUSES } from '../sigma-rule.js';
import { ParamReader } from './param-reader.js';
import { PipelineFailure } from './pipeline-failure.js';
import { parsePythonRegex } from './python-regex.js';
import { itemsOf, type RuleWork, type WorkItem } from './rule-work.js';
import { hasWildcard } from './value-transformations.js';
import { plainText, referencedField, type WorkValue } from './work-value.js';

type Path = readonly (string | number)[];
type RuleTest = (work: RuleWork) => boolean;
type ItemTest = (item: WorkItem, work: RuleWork) => boolean;

/** A condition over names of fields; an item may be asked for what was done to it. */
interface FieldTest {
  readonly field: (field: string | undefined, work: RuleWork) => boolean;
  readonly item: ItemTest;
}

const RULE_CONDITIONS: ReadonlyMap<string, (params: ParamReader) => RuleTest> = new Map([
  ['logsource', logsourceTest],
  ['contains_field', containsField],
  ['contains_detection_item', containsItem],
  ['processing_item_applied', (params) => appliedTest(params.text('processing_item_id'))],
  ['processing_state', stateTest],
  [
    'is_sigma_rule',
    () =>
      ({ rule }) =>
        rule.kind === 'rule',
  ],
  [
    'is_sigma_correlation_rule',
    () =>
      ({ rule }) =>
        rule.kind === 'correlation',
  ],
  ['rule_attribute', attributeTest],
  ['tag', tagTest],
] satisfies [string, (params: ParamReader) => RuleTest][]);

const ITEM_CONDITIONS: ReadonlyMap<string, (params: ParamReader) => ItemTest> = new Map([
  ['match_string', matchString],
  ['match_value', matchValue],
  [
    'contains_wildcard',
    (params) => eachValue(params, (value) => value.kind === 'text' && hasWildcard(value.pattern)),
  ],
  [
    'is_null',
    (params) => eachValue(params, (value) => value.kind === 'plain' && value.value === null),
  ],
  ['processing_item_applied', itemApplied],
  ['processing_state', stateOfRule],
] satisfies [string, (params: ParamReader) => ItemTest][]);

const FIELD_CONDITIONS: ReadonlyMap<string, (params: ParamReader) => FieldTest> = new Map([
  ['include_fields', (params) => namedFields(params, true)],
  ['exclude_fields', (params) => namedFields(params, false)],
  ['processing_item_applied', fieldApplied],
  ['processing_state', fieldState],
] satisfies [string, (params: ParamReader) => FieldTest][]);

/** The conditions of a pipeline item. */
export interface ItemConditions {
  ruleHolds(work: RuleWork): boolean;
  itemHolds(item: WorkItem, work: RuleWork): boolean;
  fieldHolds(field: string | undefined, work: RuleWork): boolean;
}

/** Reads the three kinds of conditions of a pipeline item. */
export function parseItemConditions(
  item: Readonly<Record<string, unknown>>,
  path: Path,
): ItemConditions {
  const rule = parseSet(item, { kind: 'rule', path, table: RULE_CONDITIONS });
  const detectionItem = parseSet(item, { kind: 'detection_item', path, table: ITEM_CONDITIONS });
  const field = parseSet(item, { kind: 'field_name', path, table: FIELD_CONDITIONS });
  return {
    // Without conditions a rule passes also when they are negated, as in pySigma.
    ruleHolds: (work) => rule.isEmpty || rule.holds((test) => test(work)),
    itemHolds: (one, work) =>
      detectionItem.holds((test) => test(one, work)) && field.holds((test) => test.item(one, work)),
    fieldHolds: (name, work) => field.holds((test) => test.field(name, work)),
  };
}

interface ConditionSet<T> {
  readonly isEmpty: boolean;
  holds(ask: (test: T) => boolean): boolean;
}

interface SetOptions<T> {
  readonly kind: 'rule' | 'detection_item' | 'field_name';
  readonly path: Path;
  readonly table: ReadonlyMap<string, (params: ParamReader) => T>;
}

function parseSet<T>(
  item: Readonly<Record<string, unknown>>,
  { kind, path, table }: SetOptions<T>,
): ConditionSet<T> {
  const key = `${kind}_conditions`;
  const raw = item[key] ?? [];
  const at = [...path, key];
  if (!Array.isArray(raw) && !isRecord(raw))
    throw new PipelineFailure(`${key}: expected a list or a map`, at);
  const named: readonly [string | number, unknown][] = Array.isArray(raw)
    ? raw.map((one, index) => [index, one])
    : Object.entries(raw);
  const tests = new Map(
    named.map(([name, one]) => [String(name), parseTest(one, [...at, name], table)]),
  );
  const negated = item[`${kind}_cond_not`] === true;
  const combine = combination(item, { kind, path, names: [...tests.keys()] });
  return {
    isEmpty: tests.size === 0,
    holds(ask) {
      const result = combine((name) => {
        const test = tests.get(name);
        return test !== undefined && ask(test);
      });
      return negated ? !result : result;
    },
  };
}

function parseTest<T>(
  value: unknown,
  path: Path,
  table: ReadonlyMap<string, (params: ParamReader) => T>,
): T {
  if (!isRecord(value)) throw new PipelineFailure('expected a condition with a type', path);
  const { type } = value;
  const create = typeof type === 'string' ? table.get(type) : undefined;
  if (create === undefined)
    throw new PipelineFailure(
      `unknown condition ${JSON.stringify(type)}; known: ${[...table.keys()].join(', ')}`,
      path,
    );
  const params = new ParamReader(value, path, ['type']);
  const test = create(params);
  params.done();
  return test;
}

type Combine = (holds: (name: string) => boolean) => boolean;

/** How the conditions are joined: an expression over their names, `or`, else `and`. */
function combination(
  item: Readonly<Record<string, unknown>>,
  { kind, path, names }: { kind: string; path: Path; names: readonly string[] },
): Combine {
  const expression = item[`${kind}_cond_expr`];
  const operator = item[`${kind}_cond_op`];
  const at = [...path, `${kind}_cond_expr`];
  if (expression === undefined || expression === null) {
    if (operator !== undefined && operator !== 'or' && operator !== 'and')
      throw new PipelineFailure(`${kind}_cond_op: expected and or or`, [
        ...path,
        `${kind}_cond_op`,
      ]);
    return operator === 'or' ? (holds) => names.some(holds) : (holds) => names.every(holds);
  }
  if (typeof expression !== 'string')
    throw new PipelineFailure(`${kind}_cond_expr: expected a text`, at);
  if (operator !== undefined)
    throw new PipelineFailure(`${kind}_cond_expr cannot stand beside ${kind}_cond_op`, at);
  const parsed = parseCondition(expression);
  if (parsed.kind === 'problem') throw new PipelineFailure(parsed.message, at);
  const used = new Set<string>();
  collectNames(parsed, used, at);
  for (const name of used)
    if (!names.includes(name)) throw new PipelineFailure(`no condition is called "${name}"`, at);
  const unused = names.find((name) => !used.has(name));
  if (unused !== undefined)
    throw new PipelineFailure(`the expression does not use condition "${unused}"`, at);
  return (holds) => evaluate(parsed, holds);
}

function collectNames(condition: Condition, names: Set<string>, path: Path): void {
  if (condition.kind === 'selection') names.add(condition.name);
  else if (condition.kind === 'not') collectNames(condition.part, names, path);
  else if (condition.kind === 'of')
    throw new PipelineFailure('"of" has no meaning in an expression of conditions', path);
  else for (const part of condition.parts) collectNames(part, names, path);
}

function evaluate(condition: Condition, holds: (name: string) => boolean): boolean {
  switch (condition.kind) {
    case 'selection':
      return holds(condition.name);
    case 'of':
      return false;
    case 'not':
      return !evaluate(condition.part, holds);
    case 'and':
      return condition.parts.every((part) => evaluate(part, holds));
    case 'or':
      return condition.parts.some((part) => evaluate(part, holds));
  }
}

function logsourceTest(params: ParamReader): RuleTest {
  const wanted = (['product', 'category', 'service'] as const).flatMap((part) => {
    const text = params.optionalText(part)?.toLowerCase();
    return text === undefined ? [] : [[part, text] as const];
  });
  params.value('definition');
  if (wanted.length === 0) params.fail('product', 'a product, category or service');
  return ({ logsource }) =>
    logsource !== undefined && wanted.every(([part, text]) => logsource[part] === text);
}

function containsField(params: ParamReader): RuleTest {
  const wanted = params.optionalText('field');
  return (work) => itemsOf(work).some(({ field }) => field !== undefined && field === wanted);
}

function containsItem(params: ParamReader): RuleTest {
  const wanted = params.optionalText('field');
  const value = params.scalar('value');
  return (work) =>
    itemsOf(work).some(
      ({ field, values }) =>
        field !== undefined && field === wanted && values.some((one) => isSame(one, value)),
    );
}

/** Whether a value is what a pipeline's YAML says, of the same type. */
function isSame(found: WorkValue, wanted: string | number | boolean | null): boolean {
  if (found.kind === 'plain') return found.value === wanted;
  return (
    found.kind === 'text' &&
    typeof wanted === 'string' &&
    plainText(found.pattern).toLowerCase() === plainText(parsePattern(wanted)).toLowerCase()
  );
}

function appliedTest(id: string): RuleTest {
  return ({ applied }) => applied.has(id);
}

function itemApplied(params: ParamReader): ItemTest {
  const id = params.text('processing_item_id');
  return ({ applied }) => applied.has(id);
}

function fieldApplied(params: ParamReader): FieldTest {
  const id = params.text('processing_item_id');
  return {
    field: (field, { fieldApplied: applied }) => applied.get(field)?.has(id) ?? false,
    item: ({ applied }) => applied.has(id),
  };
}

const OPERATORS = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'] as const;

function stateTest(params: ParamReader): RuleTest {
  const key = params.text('key');
  const wanted = params.scalar('val');
  const operator = params.oneOf('op', OPERATORS, 'eq');
  return ({ state }) => {
    const found: unknown = state.get(key);
    if (!state.has(key)) return false;
    if (operator === 'eq') return found === wanted;
    if (operator === 'ne') return found !== wanted;
    return comparable(found, wanted) && ordered(found, wanted, operator);
  };
}

function stateOfRule(params: ParamReader): ItemTest {
  const test = stateTest(params);
  return (_, work) => test(work);
}

function fieldState(params: ParamReader): FieldTest {
  const test = stateTest(params);
  return { field: (_, work) => test(work), item: (_, work) => test(work) };
}

function comparable(found: unknown, wanted: unknown): found is string | number {
  return typeof found === typeof wanted && ['string', 'number'].includes(typeof found);
}

function ordered(found: string | number, wanted: unknown, operator: string): boolean {
  const other = wanted as string | number;
  if (operator === 'gte') return found >= other;
  if (operator === 'gt') return found > other;
  return operator === 'lte' ? found <= other : found < other;
}

function attributeTest(params: ParamReader): RuleTest {
  const name = params.text('attribute');
  const wanted = params.scalar('value');
  const operator = params.oneOf('op', [...OPERATORS, 'in', 'not_in'], 'eq');
  return (work) => {
    const found = attributeOf(work, name);
    if (found === undefined || found === null) return false;
    if (Array.isArray(found)) return listHolds(found, wanted, operator);
    if (operator === 'in' || operator === 'not_in') return false;
    const [left, right] = inOrder(name, found, wanted);
    if (operator === 'eq') return left === right;
    if (operator === 'ne') return left !== right;
    return comparable(left, right) && ordered(left, right, operator);
  };
}

function attributeOf(work: RuleWork, name: string): unknown {
  if (name === 'fields') return work.fields;
  if (name === 'level' || name === 'status')
    return work.document[name] ?? work.attributes.get(name);
  return work.document[name] ?? work.attributes.get(name);
}

function listHolds(list: readonly unknown[], wanted: unknown, operator: string): boolean {
  if (operator === 'in') return list.includes(wanted);
  if (operator === 'not_in') return !list.includes(wanted);
  return operator === 'ne';
}

/** Levels and statuses as their place in the specification's order; numbers as numbers; the rest as text. */
function inOrder(name: string, found: unknown, wanted: unknown): readonly [unknown, unknown] {
  const words: readonly string[] | undefined =
    name === 'level' ? SIGMA_LEVELS : name === 'status' ? STATUS_ORDER : undefined;
  if (words !== undefined)
    return [
      words.indexOf(String(found).toLowerCase()),
      words.indexOf(String(wanted).toLowerCase()),
    ];
  if (typeof found === 'number') return [found, Number(wanted)];
  return [String(found), String(wanted)];
}

// Source: pySigma, SigmaStatus, from unsupported to stable.
const STATUS_ORDER = [...SIGMA_STATUSES].reverse();

function tagTest(params: ParamReader): RuleTest {
  const tag = params.text('tag').toLowerCase();
  return ({ rule }) => rule.tags.some((one) => one.toLowerCase() === tag);
}

function eachValue(params: ParamReader, test: (value: WorkValue) => boolean): ItemTest {
  const isAll = params.oneOf('cond', ['any', 'all']) === 'all';
  return ({ values }) => (isAll ? values.every(test) : values.some(test));
}

function matchString(params: ParamReader): ItemTest {
  const regex = parsePythonRegex(params.text('pattern'), [...params.path, 'pattern']);
  const isNegated = params.flag('negate');
  return eachValue(params, (value) => {
    const isMatch = value.kind === 'text' && regex.matchesStart(plainText(value.pattern));
    return isMatch !== isNegated;
  });
}

function matchValue(params: ParamReader): ItemTest {
  const wanted = params.scalar('value');
  return eachValue(params, (value) => isSame(value, wanted));
}

function namedFields(params: ParamReader, isIncluded: boolean): FieldTest {
  const fields = params.texts('fields');
  const isRegex = params.oneOf('mode', ['plain', 're'], 'plain') === 're';
  const regexes = isRegex
    ? fields.map((field, index) => parsePythonRegex(field, [...params.path, 'fields', index]))
    : [];
  const isNamed = (field: string | undefined): boolean => {
    if (field === undefined) return false;
    return isRegex ? regexes.some((regex) => regex.matchesStart(field)) : fields.includes(field);
  };
  const test = (field: string | undefined): boolean => isNamed(field) === isIncluded;
  return {
    field: test,
    item: ({ field, values }) =>
      test(field) ||
      values.some((value) => {
        const referenced = referencedField(value);
        return referenced !== undefined && test(referenced);
      }),
  };
}
