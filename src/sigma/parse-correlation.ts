import { isRecord, type SourceLocation } from '../model/index.js';
import type { Condition } from './condition.js';
import { parseCondition } from './parse-condition.js';
import { textOf, textsIn, wordOf } from './parse-rule.js';
import { invalid, isProblem, type RuleProblem } from './rule-problem.js';
import {
  CORRELATION_TYPES,
  type CorrelationComparison,
  type CorrelationCondition,
  type CorrelationType,
  SIGMA_LEVELS,
  SIGMA_STATUSES,
  type SigmaCorrelation,
} from './sigma-rule.js';

type Body = Readonly<Record<string, unknown>>;

// Source: Sigma specification 2.1, "Timespan"; months and years as pySigma counts them.
const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
};
const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
const AT = ['correlation'];

/** Reads one document that has a `correlation`. */
export function parseCorrelation(
  document: Body,
  at: SourceLocation,
): SigmaCorrelation | RuleProblem {
  const title = textOf(document['title']);
  if (title === undefined) return invalid('a correlation needs a title', ['title']);
  const body = document['correlation'];
  if (!isRecord(body)) return invalid('correlation: expected a map', AT);
  const status = wordOf(document, 'status', SIGMA_STATUSES);
  if (isProblem(status)) return status;
  const level = wordOf(document, 'level', SIGMA_LEVELS);
  if (isProblem(level)) return level;
  const parsed = parseBody(body);
  if (isProblem(parsed)) return parsed;
  return {
    kind: 'correlation',
    id: textOf(document['id']),
    name: textOf(document['name']),
    title,
    status: status ?? 'test',
    level: level ?? 'medium',
    description: textOf(document['description']),
    author: textOf(document['author']),
    tags: textsIn(document['tags']),
    falsePositives: textsIn(document['falsepositives']),
    ...parsed,
    at,
  };
}

type CorrelationBody = Pick<
  SigmaCorrelation,
  'type' | 'rules' | 'generate' | 'groupBy' | 'timespanSeconds' | 'condition' | 'aliases'
>;

function parseBody(body: Body): CorrelationBody | RuleProblem {
  const type = wordOf(body, 'type', CORRELATION_TYPES);
  if (isProblem(type)) return invalid(type.message, [...AT, 'type']);
  if (type === undefined) return invalid('a correlation needs a type', AT);
  const named = textsIn(body['rules']);
  const condition = parseCorrelationCondition(body['condition'], type, named);
  if (isProblem(condition)) return condition;
  const rules = named.length === 0 ? namesIn(condition) : named;
  if (rules.length === 0) return invalid('a correlation needs rules', AT);
  const timespanSeconds = secondsOf(textOf(body['timespan']) ?? '');
  if (timespanSeconds === undefined)
    return invalid('timespan: expected a number and s, m, h, d, w, M or y', [...AT, 'timespan']);
  const generate = body['generate'] ?? false;
  if (typeof generate !== 'boolean')
    return invalid('generate: expected true or false', [...AT, 'generate']);
  const aliases = parseAliases(body['aliases']);
  if (isProblem(aliases)) return aliases;
  const groupBy = textsIn(body['group-by']);
  return { type, rules, generate, groupBy, timespanSeconds, condition, aliases };
}

function secondsOf(timespan: string): number | undefined {
  const found = /^(\d{1,9})([smhdwMy])$/.exec(timespan);
  const unit = SECONDS[found?.[2] ?? ''];
  const count = Number(found?.[1] ?? 0);
  return unit === undefined || count === 0 ? undefined : count * unit;
}

function parseCorrelationCondition(
  value: unknown,
  type: CorrelationType,
  rules: readonly string[],
): CorrelationCondition | RuleProblem {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const path = [...AT, 'condition'];
  if (value === undefined || value === null) {
    if (!isTemporal) return invalid(`${type} needs a condition such as gte: 10`, AT);
    const all: CorrelationComparison = { comparison: 'gte', value: new Set(rules).size };
    return { kind: 'compare', comparisons: [all], fields: [], percentile: undefined };
  }
  if (isRecord(value)) return parseComparisons(value, type);
  if (typeof value !== 'string')
    return invalid('condition: expected a map such as gte: 10, or rules joined by words', path);
  if (!isTemporal)
    return invalid('condition: only the temporal types take an expression of rules', path);
  return parseExpression(value, rules);
}

function parseExpression(
  text: string,
  rules: readonly string[],
): CorrelationCondition | RuleProblem {
  const path = [...AT, 'condition'];
  const expression = parseCondition(text);
  if (expression.kind === 'problem') return invalid(`condition: ${expression.message}`, path);
  const names = namesOf(expression);
  if (names === undefined) return invalid('condition: "of" is for selections, not for rules', path);
  if (rules.length === 0) return { kind: 'expression', expression };
  const unknown = names.find((name) => !rules.includes(name));
  if (unknown !== undefined) return invalid(`condition: "${unknown}" is not among the rules`, path);
  const unused = rules.find((name) => !names.includes(name));
  if (unused !== undefined)
    return invalid(`condition: does not say what rule "${unused}" is for`, path);
  return { kind: 'expression', expression };
}

function namesIn(condition: CorrelationCondition): readonly string[] {
  return condition.kind === 'expression' ? [...new Set(namesOf(condition.expression) ?? [])] : [];
}

/** Names in the order in which they stand; undefined when there is an `of`. */
function namesOf(condition: Condition): readonly string[] | undefined {
  switch (condition.kind) {
    case 'selection':
      return [condition.name];
    case 'of':
      return undefined;
    case 'not':
      return namesOf(condition.part);
    case 'and':
    case 'or': {
      const parts = condition.parts.map(namesOf);
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
  }
}

function parseComparisons(body: Body, type: CorrelationType): CorrelationCondition | RuleProblem {
  const path = [...AT, 'condition'];
  const comparisons = comparisonsIn(body, path);
  if (isProblem(comparisons)) return comparisons;
  if (comparisons.length === 0) return invalid(`${type} needs a condition such as gte: 10`, path);
  const fields = textsIn(body['field']);
  const problem = fieldProblem(type, fields.length);
  if (problem !== undefined) return invalid(problem, path);
  const percentile = percentileOf(body, type);
  if (isProblem(percentile)) return percentile;
  return { kind: 'compare', comparisons, fields, percentile };
}

function comparisonsIn(
  body: Body,
  path: readonly string[],
): readonly CorrelationComparison[] | RuleProblem {
  const comparisons: CorrelationComparison[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (key === 'field' || key === 'percentile') continue;
    const comparison = COMPARISONS.find((one) => one === key);
    if (comparison === undefined)
      return invalid(`condition: expected ${COMPARISONS.join(', ')}, found "${key}"`, path);
    const number = numberOf(value);
    if (number === undefined)
      return invalid(`${key}: expected a number, found "${value}"`, [...path, key]);
    comparisons.push({ comparison, value: number });
  }
  return comparisons;
}

function fieldProblem(type: CorrelationType, count: number): string | undefined {
  if (!type.startsWith('value_')) return count > 0 ? `${type} has no field` : undefined;
  if (count === 0) return `${type} needs a field`;
  return count > 1 && type !== 'value_count'
    ? `${type} needs one field, found ${count}`
    : undefined;
}

function percentileOf(body: Body, type: CorrelationType): number | undefined | RuleProblem {
  const path = [...AT, 'condition', 'percentile'];
  const value = body['percentile'];
  if (type !== 'value_percentile')
    return value === undefined ? undefined : invalid(`${type} has no percentile`, path);
  const percentile = numberOf(value);
  return percentile !== undefined && percentile >= 0 && percentile <= 100
    ? percentile
    : invalid('value_percentile needs a percentile from 0 to 100', path);
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function parseAliases(value: unknown): SigmaCorrelation['aliases'] | RuleProblem {
  if (value === undefined || value === null) return {};
  const aliases: [string, Readonly<Record<string, string>>][] = [];
  const path = [...AT, 'aliases'];
  if (!isRecord(value)) return invalid('aliases: expected a map', path);
  for (const [alias, mapping] of Object.entries(value)) {
    if (!isRecord(mapping))
      return invalid(`alias "${alias}": expected a map of rules to fields`, [...path, alias]);
    const fields: [string, string][] = [];
    for (const [rule, field] of Object.entries(mapping)) {
      const name = textOf(field);
      if (name === undefined)
        return invalid(`alias "${alias}": expected a field`, [...path, alias, rule]);
      fields.push([rule, name]);
    }
    aliases.push([alias, Object.fromEntries(fields)]);
  }
  return Object.fromEntries(aliases);
}
