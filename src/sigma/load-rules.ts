import type { Issue } from '../model/index.js';
import { compileItem, type Placeholders } from './compile-item.js';
import { type CompiledRule, problemOfRule } from './compile-rule.js';
import { applyFilters, filterProblem } from './filter/apply-filters.js';
import type { RuleFilter } from './filter/parse-filter.js';
import { lazyCompiledRule } from './lazy-compiled-rule.js';
import { applyPipelines } from './pipeline/apply-pipelines.js';
import { fillPlaceholders } from './pipeline/fill-placeholders.js';
import type { Pipeline } from './pipeline/pipeline.js';
import { type ReadRule, type RulesText, readRules } from './read-rules.js';
import { isProblem, type RuleProblem } from './rule-problem.js';
import type { FieldItem, Selection, SigmaCorrelation, SigmaRule } from './sigma-rule.js';

/** What a file of rules, or several, hold. */
export interface LoadedRules {
  readonly rules: readonly CompiledRule[];
  /** Not linked to their rules yet: see `linkCorrelations`. */
  readonly correlations: readonly SigmaCorrelation[];
  /** `RULE_INVALID`, `RULE_UNSUPPORTED`, with line and column; the rest is used. */
  readonly issues: readonly Issue[];
  /** Documents that cannot be used. */
  readonly refused: number;
}

export interface PrepareOptions {
  /** Values for the placeholders of `expand`. Default none. */
  readonly placeholders?: Placeholders | undefined;
  /** Applied to every rule after the filters, in the order of their priority. Default none. */
  readonly pipelines?: readonly Pipeline[] | undefined;
}

export interface LoadRulesOptions extends PrepareOptions {
  /** Path or other name, for Issues. */
  readonly source: string;
}

/**
 * Reads the text of a YAML file of Sigma rules: one or several documents, also collections with `action: global`. Filters in
 * it apply to the rules in it.
 */
export function loadRules(text: string, options: LoadRulesOptions): LoadedRules {
  return prepareRules([readRules(text, options)], options);
}

/** Makes rules ready to run: applies the filters in all texts to the rules in all texts, then the pipelines, and compiles. */
export function prepareRules(
  texts: readonly RulesText[],
  { placeholders = new Map(), pipelines = [] }: PrepareOptions = {},
): LoadedRules {
  const issues: Issue[] = texts.flatMap((text) => text.issues);
  let refused = texts.reduce((sum, text) => sum + text.refused, 0);
  const read = texts.flatMap((text) => text.rules);
  const filters: ReadRule<RuleFilter>[] = [];
  for (const filter of texts.flatMap((text) => text.filters)) {
    const problem =
      unusableFilter(filter.rule, placeholders) ??
      filterProblem(
        filter.rule,
        read.map(({ rule }) => rule),
      );
    if (problem === undefined) filters.push(filter);
    else issues.push(filter.toIssue(problem));
  }
  refused += texts.flatMap((text) => text.filters).length - filters.length;
  const filterRules = filters.map(({ rule }) => rule);
  const rules: CompiledRule[] = [];
  const correlations: SigmaCorrelation[] = [];
  for (const { rule, document, toIssue } of read) {
    const changed = applyPipelines(applyFilters(rule, filterRules), pipelines, document);
    const ready = isProblem(changed) ? changed : makeReady(changed, placeholders);
    if (!isProblem(ready)) rules.push(ready);
    else {
      issues.push(toIssue(ready));
      refused += 1;
    }
  }
  for (const { rule, document, toIssue } of texts.flatMap((text) => text.correlations)) {
    const changed = applyPipelines(rule, pipelines, document);
    if (!isProblem(changed)) correlations.push(changed);
    else {
      issues.push(toIssue(changed));
      refused += 1;
    }
  }
  return { rules, correlations, issues, refused };
}

/** Compiled when it is asked by itself: an engine runs rules without that. */
function makeReady(rule: SigmaRule, placeholders: Placeholders): CompiledRule | RuleProblem {
  const filled = fillPlaceholders(rule, placeholders);
  return problemOfRule(filled, placeholders) ?? lazyCompiledRule(filled, placeholders);
}

/** What in a filter's own selections cannot be used: said of the filter, not of every rule that it is about. */
function unusableFilter(filter: RuleFilter, placeholders: Placeholders): RuleProblem | undefined {
  for (const selection of filter.selections.values())
    for (const item of itemsOfSelection(selection)) {
      const compiled = compileItem(item, placeholders);
      if (compiled.kind === 'problem') return compiled;
    }
  return undefined;
}

function itemsOfSelection(selection: Selection): readonly FieldItem[] {
  return selection.kind === 'item' ? [selection] : selection.parts.flatMap(itemsOfSelection);
}
