import { isRecord } from '../model/index.js';
import type { YamlDocument } from './rule-yaml.js';

/** A document of a collection with what the documents before it gave it. */
export interface CollectedDocument {
  readonly document: YamlDocument;
  readonly value: unknown;
}

/**
 * Rule collections of Sigma 1, still in old repositories: a document with `action: global` is merged into those after
 * it, `repeat` takes the document before as its base, `reset` forgets the global part.
 */
export function expandCollection(documents: readonly YamlDocument[]): CollectedDocument[] {
  const expanded: CollectedDocument[] = [];
  let shared: Readonly<Record<string, unknown>> = {};
  let previous: Readonly<Record<string, unknown>> = {};
  for (const document of documents) {
    const { value } = document;
    // A file may end in `---`.
    if (value === null || value === undefined) continue;
    if (!isRecord(value)) expanded.push({ document, value });
    else if (value['action'] === 'reset') shared = {};
    else if (value['action'] === 'global') shared = mergeMaps(shared, withoutAction(value));
    else {
      previous = mergeMaps(value['action'] === 'repeat' ? previous : shared, withoutAction(value));
      expanded.push({ document, value: previous });
    }
  }
  return expanded;
}

function withoutAction(
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { action: _, ...rest } = value;
  return rest;
}

function mergeMaps(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isRecord(before) && isRecord(value) ? mergeMaps(before, value) : value;
  }
  return merged;
}
