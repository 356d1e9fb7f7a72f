import { isRecord, type SourceLocation } from '../model/index.js';
import { type Condition, selectionsOfPattern } from './condition.js';
import { parseCondition } from './parse-condition.js';
import { parseSelection } from './parse-selection.js';
import { invalid, isProblem, type RuleProblem } from './rule-problem.js';
import {
  type RuleLogsource,
  type Selection,
  SIGMA_LEVELS,
  SIGMA_STATUSES,
  type SigmaRule,
} from './sigma-rule.js';

type Document = Readonly<Record<string, unknown>>;

/** Reads one document that has a `detection`. Unknown keys are allowed, as the specification says. */
export function parseRule(document: Document, at: SourceLocation): SigmaRule | RuleProblem {
  const title = textOf(document['title']);
  if (title === undefined) return invalid('a rule needs a title', ['title']);
  const logsource = parseLogsource(document['logsource']);
  if (isProblem(logsource)) return logsource;
  const detection = document['detection'];
  if (!isRecord(detection)) return invalid('detection: expected a map', ['detection']);
  const selections = parseSelections(detection, {
    key: 'detection',
    others: ['condition', 'timeframe'],
  });
  if (isProblem(selections)) return selections;
  const conditions = parseConditions(detection['condition'], {
    selections,
    path: ['detection', 'condition'],
  });
  if (isProblem(conditions)) return conditions;
  const status = wordOf(document, 'status', SIGMA_STATUSES);
  if (isProblem(status)) return status;
  const level = wordOf(document, 'level', SIGMA_LEVELS);
  if (isProblem(level)) return level;
  return {
    kind: 'rule',
    id: textOf(document['id']),
    name: textOf(document['name']),
    title,
    status: status ?? 'test',
    level: level ?? 'medium',
    description: textOf(document['description']),
    author: textOf(document['author']),
    tags: textsIn(document['tags']),
    falsePositives: textsIn(document['falsepositives']),
    logsource,
    selections,
    conditions,
    at,
  };
}

/** A text or number as text; undefined when it is neither or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The texts of a list, or of a single text. */
export function textsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(textOf).filter((text) => text !== undefined);
}

/** One of the words that the specification allows; undefined when the key is missing. */
export function wordOf<T extends string>(
  document: Document,
  key: string,
  allowed: readonly T[],
): T | undefined | RuleProblem {
  const value = document[key];
  if (value === undefined || value === null) return undefined;
  const word = allowed.find((candidate) => candidate === String(value).toLowerCase());
  return word ?? invalid(`${key}: expected ${allowed.join(', ')}, found "${value}"`, [key]);
}

/** Reads a `logsource`; lower case. */
export function parseLogsource(value: unknown): RuleLogsource | RuleProblem {
  if (!isRecord(value)) return invalid('a rule needs a logsource', ['logsource']);
  const part = (key: string) => textOf(value[key])?.toLowerCase();
  const logsource = {
    product: part('product'),
    category: part('category'),
    service: part('service'),
  };
  if (Object.values(logsource).every((text) => text === undefined))
    return invalid('logsource: expected a product, category or service', ['logsource']);
  return logsource;
}

/**
 * Reads the search identifiers of a detection, or of a filter.
 *
 * @param options.key where it stands in the document.
 * @param options.others keys that are no search identifier.
 */
export function parseSelections(
  detection: Document,
  { key, others }: { readonly key: string; readonly others: readonly string[] },
): ReadonlyMap<string, Selection> | RuleProblem {
  const selections = new Map<string, Selection>();
  for (const [name, value] of Object.entries(detection)) {
    if (others.includes(name)) continue;
    const selection = parseSelection(value, [key, name]);
    if (selection.kind === 'problem') return selection;
    selections.set(name, selection);
  }
  if (selections.size === 0) return invalid(`${key}: expected a selection`, [key]);
  return selections;
}

/** Reads a condition, or a list of them, over selections that must be there. */
export function parseConditions(
  value: unknown,
  {
    selections,
    path,
  }: { readonly selections: ReadonlyMap<string, Selection>; readonly path: readonly string[] },
): readonly Condition[] | RuleProblem {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const conditions: Condition[] = [];
  for (const text of texts) {
    if (typeof text !== 'string') return invalid('a rule needs a condition', path);
    const condition = parseCondition(text);
    if (condition.kind === 'problem') return invalid(`condition: ${condition.message}`, path);
    const missing = missingSelection(condition, selections);
    if (missing !== undefined)
      return invalid(`condition: no selection is called "${missing}"`, path);
    conditions.push(condition);
  }
  return conditions.length > 0 ? conditions : invalid('a rule needs a condition', path);
}

/** The first name or pattern of a condition that stands for no selection. */
function missingSelection(
  condition: Condition,
  selections: ReadonlyMap<string, Selection>,
): string | undefined {
  switch (condition.kind) {
    case 'selection':
      return selections.has(condition.name) ? undefined : condition.name;
    case 'of': {
      const found = selectionsOfPattern(condition.pattern, selections.keys());
      return found.length > 0 ? undefined : condition.pattern;
    }
    case 'not':
      return missingSelection(condition.part, selections);
    case 'and':
    case 'or':
      for (const part of condition.parts) {
        const missing = missingSelection(part, selections);
        if (missing !== undefined) return missing;
      }
      return undefined;
  }
}
