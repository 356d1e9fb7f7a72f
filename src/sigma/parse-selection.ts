import { isRecord } from '../model/index.js';
import { invalid, type RuleProblem } from './rule-problem.js';
import type { FieldItem, Selection, SigmaScalar } from './sigma-rule.js';

type Path = readonly (string | number)[];

const MAX_DEPTH = 20;

/**
 * Reads a search identifier: a map (AND of its fields), a list of maps (OR), a list of texts or one text (keywords).
 *
 * @param path where it stands in the document.
 */
export function parseSelection(value: unknown, path: Path): Selection | RuleProblem {
  if (path.length > MAX_DEPTH) return invalid('a selection is nested too deep', path);
  if (isRecord(value)) return parseMap(value, path);
  if (!Array.isArray(value)) return keywordItem([value], path);
  const list: readonly unknown[] = value;
  if (list.length === 0) return invalid('a selection is an empty list', path);
  if (!list.some((entry) => isRecord(entry) || Array.isArray(entry)))
    return keywordItem(list, path);
  const parts: Selection[] = [];
  for (const [index, entry] of list.entries()) {
    const part = parseSelection(entry, [...path, index]);
    if (part.kind === 'problem') return part;
    parts.push(part);
  }
  return { kind: 'any-of', parts };
}

function keywordItem(values: readonly unknown[], path: Path): FieldItem | RuleProblem {
  if (!values.every(isScalar) || values.includes(null))
    return invalid('expected keywords or a map of fields', path);
  return { kind: 'item', field: undefined, modifiers: [], values: values.filter(isScalar), path };
}

function parseMap(map: Readonly<Record<string, unknown>>, path: Path): Selection | RuleProblem {
  const parts: Selection[] = [];
  for (const [key, value] of Object.entries(map)) {
    const item = parseItem(key, value, [...path, key]);
    if (item.kind === 'problem') return item;
    parts.push(item);
  }
  if (parts.length === 0) return invalid('a selection is an empty map', path);
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'all-of', parts };
}

function parseItem(key: string, value: unknown, path: Path): FieldItem | RuleProblem {
  const [field = '', ...modifiers] = key.split('|');
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return invalid(`"${key}" has an empty list of values`, path);
  if (!values.every(isScalar))
    return invalid(`"${key}": expected texts, numbers, true, false or null`, path);
  const scalars = values.filter(isScalar);
  return {
    kind: 'item',
    field: field === '' ? undefined : field,
    modifiers,
    values: scalars,
    path,
  };
}

function isScalar(value: unknown): value is SigmaScalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
