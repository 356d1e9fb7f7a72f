import { isRecord, type SourceLocation } from '../model/index.js';
import { textOf, textsIn, wordOf } from './parse-rule.js';
import { invalid, isProblem, type RuleProblem } from './rule-problem.js';
import { CORRELATION_TYPES, SIGMA_LEVELS, type SigmaCorrelation } from './sigma-rule.js';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const COMPARISONS = new Set(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']);

/** Reads one document that has a `correlation`. */
export function parseCorrelation(
  document: Readonly<Record<string, unknown>>,
  at: SourceLocation,
): SigmaCorrelation | RuleProblem {
  const title = textOf(document['title']);
  if (title === undefined) return invalid('a correlation needs a title', ['title']);
  const body = document['correlation'];
  if (!isRecord(body)) return invalid('correlation: expected a map', ['correlation']);
  const type = wordOf(body, 'type', CORRELATION_TYPES);
  if (isProblem(type)) return invalid(type.message, ['correlation', 'type']);
  if (type === undefined) return invalid('a correlation needs a type', ['correlation']);
  const rules = textsIn(body['rules']);
  if (rules.length === 0) return invalid('a correlation needs rules', ['correlation']);
  const timespanSeconds = secondsOf(textOf(body['timespan']) ?? '');
  if (timespanSeconds === undefined)
    return invalid('timespan: expected a number and s, m, h or d', ['correlation', 'timespan']);
  const condition = isRecord(body['condition']) ? body['condition'] : {};
  if (!type.startsWith('temporal') && !Object.keys(condition).some((key) => COMPARISONS.has(key)))
    return invalid(`${type} needs a condition such as gte: 10`, ['correlation', 'condition']);
  const level = wordOf(document, 'level', SIGMA_LEVELS);
  if (isProblem(level)) return level;
  return {
    kind: 'correlation',
    id: textOf(document['id']),
    name: textOf(document['name']),
    title,
    level: level ?? 'medium',
    tags: textsIn(document['tags']),
    type,
    rules,
    groupBy: textsIn(body['group-by']),
    timespanSeconds,
    condition,
    aliases: isRecord(body['aliases']) ? body['aliases'] : {},
    at,
  };
}

function secondsOf(timespan: string): number | undefined {
  const found = /^(\d{1,9})([smhdw])$/.exec(timespan);
  const unit = SECONDS[found?.[2] ?? ''];
  return found === null || unit === undefined ? undefined : Number(found[1]) * unit;
}
