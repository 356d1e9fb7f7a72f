import { type Issue, isRecord } from '../model/index.js';
import type { Placeholders } from './compile-item.js';
import { type CompiledRule, compileRule } from './compile-rule.js';
import { parseCorrelation } from './parse-correlation.js';
import { parseRule } from './parse-rule.js';
import { invalid, type RuleProblem, unsupported } from './rule-problem.js';
import { loadYaml, locateInYaml, type YamlDocument } from './rule-yaml.js';
import type { SigmaCorrelation } from './sigma-rule.js';

/** What a file of rules holds. */
export interface LoadedRules {
  readonly rules: readonly CompiledRule[];
  /** Read and checked; nothing runs them yet, which an Issue says for each. */
  readonly correlations: readonly SigmaCorrelation[];
  /** `RULE_INVALID`, `RULE_UNSUPPORTED`, with line and column; the rest of the file is used. */
  readonly issues: readonly Issue[];
}

export interface LoadRulesOptions {
  /** Path or other name, for Issues. */
  readonly source: string;
  /** Values for the placeholders of `expand`. Default none. */
  readonly placeholders?: Placeholders | undefined;
}

/** Reads the text of a YAML file of Sigma rules: one or several documents, also collections with `action: global`. */
export function loadRules(text: string, { source, placeholders }: LoadRulesOptions): LoadedRules {
  const loaded = loadYaml(text);
  if (loaded.kind === 'problem') {
    const { message, line, column } = loaded;
    return {
      rules: [],
      correlations: [],
      issues: [toIssue('RULE_INVALID', message, { source, line, column })],
    };
  }
  const rules: CompiledRule[] = [];
  const correlations: SigmaCorrelation[] = [];
  const issues: Issue[] = [];
  for (const { document, value } of expandCollection(loaded.documents)) {
    const report = (problem: RuleProblem): void => {
      const place = locateInYaml(text, document.index, problem.path);
      issues.push(toIssue(problem.code, problem.message, { source, ...place }));
    };
    const read = readDocument(value, { source, line: document.line });
    if (read.kind === 'problem') report(read);
    else if (read.kind === 'correlation') {
      correlations.push(read);
      report(unsupported(`correlation "${read.title}" is not run yet`, ['correlation']));
    } else {
      const compiled = compileRule(read, placeholders);
      if (compiled.kind === 'problem') report(compiled);
      else rules.push(compiled);
    }
  }
  return { rules, correlations, issues };
}

function toIssue(code: RuleProblem['code'], message: string, at: Issue['at'] & object): Issue {
  return { kind: 'issue', code, message, at };
}

function readDocument(value: unknown, at: { readonly source: string; readonly line: number }) {
  if (!isRecord(value)) return invalid('expected a map with title, logsource and detection', []);
  if ('correlation' in value) return parseCorrelation(value, at);
  if ('filter' in value) return unsupported('rule filters are not applied yet', ['filter']);
  if ('detection' in value) return parseRule(value, at);
  return invalid('not a Sigma rule: it has no detection and no correlation', []);
}

interface CollectedDocument {
  readonly document: YamlDocument;
  readonly value: unknown;
}

/**
 * Rule collections of Sigma 1, still in old repositories: a document with `action: global` is merged into those after
 * it, `repeat` takes the document before as its base, `reset` forgets the global part.
 */
function expandCollection(documents: readonly YamlDocument[]): CollectedDocument[] {
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
