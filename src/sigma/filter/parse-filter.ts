import { isRecord, type SourceLocation } from '../../model/index.js';
import type { Condition } from '../condition.js';
import {
  parseConditions,
  parseLogsource,
  parseSelections,
  textOf,
  textsIn,
} from '../parse-rule.js';
import { invalid, isProblem, type RuleProblem } from '../rule-problem.js';
import type { RuleLogsource, Selection } from '../sigma-rule.js';

/** A rule filter: what rules also have to satisfy at a site, so that they leave out what is known there. */
export interface RuleFilter {
  readonly kind: 'filter';
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly title: string;
  /** Rules of another logsource are left alone. */
  readonly logsource: RuleLogsource;
  /** Ids or names; `any`: all rules of the logsource. */
  readonly rules: readonly string[] | 'any';
  readonly selections: ReadonlyMap<string, Selection>;
  readonly condition: Condition;
  readonly at: SourceLocation;
}

/** Reads one document that has a `filter`. Source: Sigma filters specification 2.1. */
export function parseFilter(
  document: Readonly<Record<string, unknown>>,
  at: SourceLocation,
): RuleFilter | RuleProblem {
  const title = textOf(document['title']);
  if (title === undefined) return invalid('a filter needs a title', ['title']);
  const logsource = parseLogsource(document['logsource']);
  if (isProblem(logsource)) return logsource;
  const body = document['filter'];
  if (!isRecord(body)) return invalid('filter: expected a map', ['filter']);
  const rules = parseRuleNames(body['rules']);
  if (isProblem(rules)) return rules;
  const selections = parseSelections(body, { key: 'filter', others: ['condition', 'rules'] });
  if (isProblem(selections)) return selections;
  const { condition: text } = body;
  if (typeof text !== 'string')
    return invalid('a filter needs one condition', ['filter', 'condition']);
  const conditions = parseConditions(text, { selections, path: ['filter', 'condition'] });
  if (isProblem(conditions)) return conditions;
  const [condition] = conditions;
  if (condition === undefined)
    return invalid('a filter needs a condition', ['filter', 'condition']);
  return {
    kind: 'filter',
    id: textOf(document['id']),
    name: textOf(document['name']),
    title,
    logsource,
    rules,
    selections,
    condition,
    at,
  };
}

function parseRuleNames(value: unknown): readonly string[] | 'any' | RuleProblem {
  const path = ['filter', 'rules'];
  if (typeof value === 'string' && value.toLowerCase() === 'any') return 'any';
  if (Array.isArray(value) && value.length === 0) return 'any';
  const names = textsIn(value);
  const isList = Array.isArray(value) || typeof value === 'string';
  return isList && names.length > 0
    ? names
    : invalid('a filter needs rules: ids or names of rules, or any', path);
}
