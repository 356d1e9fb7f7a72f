import { isRecord } from '../../model/index.js';
import { type Condition, selectionsOfPattern } from '../condition.js';
import { parseCondition } from '../parse-condition.js';
import { parseSelection } from '../parse-selection.js';
import type { FieldItem, Selection } from '../sigma-rule.js';
import { checkItem } from './check-item.js';
import type { LintNote } from './lint-finding.js';
import { type LintSubject, type RulesPath, show } from './lint-subject.js';

/** The detection of a rule, or what a filter has like it: selections, modifiers, values, conditions. */
export function checkDetection({ document, kind }: LintSubject): readonly LintNote[] {
  if (kind === 'correlation') return [];
  const key = kind === 'filter' ? 'filter' : 'detection';
  const body = document[key];
  if (!isRecord(body)) return [];
  const others = kind === 'filter' ? ['condition', 'rules'] : ['condition', 'timeframe'];
  const notes: LintNote[] = [];
  const names: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (others.includes(name)) continue;
    names.push(name);
    const selection = parseSelection(value, [key, name]);
    if (selection.kind === 'problem')
      notes.push({
        code: 'SELECTION_INVALID',
        message: selection.message,
        fix: 'write a map of fields, a list of maps, or a list of texts',
        path: selection.path,
      });
    else for (const item of itemsIn(selection)) notes.push(...checkItem(item));
  }
  if (body['timeframe'] !== undefined)
    notes.push({
      code: 'TIMEFRAME_OLD',
      message: 'timeframe is not read',
      fix: 'write a correlation with a timespan',
      path: [key, 'timeframe'],
    });
  return [...notes, ...checkConditions(body['condition'], names, [key, 'condition'])];
}

function itemsIn(selection: Selection): readonly FieldItem[] {
  return selection.kind === 'item' ? [selection] : selection.parts.flatMap(itemsIn);
}

function checkConditions(
  value: unknown,
  names: readonly string[],
  path: RulesPath,
): readonly LintNote[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const used = new Set<string>();
  const notes: LintNote[] = [];
  let isWhole = true;
  for (const text of list) {
    const checked = checkCondition(text, names, path);
    notes.push(...checked.notes);
    for (const name of checked.used) used.add(name);
    isWhole &&= checked.isWhole;
  }
  // What a condition that cannot be read would use is not known.
  if (!isWhole) return notes;
  for (const name of names)
    if (!used.has(name))
      notes.push({
        code: 'SELECTION_UNUSED',
        message: `no condition uses "${name}"`,
        fix: `use it in the condition, or leave it out`,
        path: [path[0] ?? 'detection', name],
      });
  return notes;
}

interface CheckedCondition {
  readonly notes: readonly LintNote[];
  readonly used: ReadonlySet<string>;
  readonly isWhole: boolean;
}

const AGGREGATION = /\|\s*(count|min|max|avg|sum|near)\b/i;

function checkCondition(
  text: unknown,
  names: readonly string[],
  path: RulesPath,
): CheckedCondition {
  const broken = (code: LintNote['code'], message: string, fix: string): CheckedCondition => ({
    notes: [{ code, message, fix, path }],
    used: new Set(),
    isWhole: false,
  });
  if (typeof text !== 'string')
    return broken('CONDITION_MISSING', 'there is no condition', 'add one, such as selection');
  const [, word] = AGGREGATION.exec(text) ?? [];
  if (word !== undefined)
    return broken(
      'AGGREGATION_OLD',
      `"${word}" after "|" is not read`,
      word.toLowerCase() === 'near' ? 'write a temporal correlation' : 'write a correlation',
    );
  const condition = parseCondition(text);
  if (condition.kind === 'problem')
    return broken('CONDITION_INVALID', condition.message, 'see the condition syntax of Sigma 2.1');
  const used = new Set<string>();
  const notes: LintNote[] = [];
  visit(condition, { names, used, path, notes });
  return { notes, used, isWhole: true };
}

interface Visit {
  readonly names: readonly string[];
  readonly used: Set<string>;
  readonly path: RulesPath;
  readonly notes: LintNote[];
}

function visit(condition: Condition, context: Visit): void {
  if (condition.kind === 'selection') markUsed([condition.name], condition.name, context);
  else if (condition.kind === 'not') visit(condition.part, context);
  else if (condition.kind === 'of') {
    const { pattern } = condition;
    const found = selectionsOfPattern(pattern, context.names);
    markUsed(found.length === 0 ? [pattern] : found, pattern, context);
    const [only] = found;
    if (pattern === 'them' && only !== undefined && found.length === 1)
      context.notes.push({
        code: 'THEM_SINGLE',
        message: `"of them" stands for "${only}" alone`,
        fix: `write ${only}`,
        path: context.path,
      });
  } else for (const part of condition.parts) visit(part, context);
}

function markUsed(found: readonly string[], written: string, { names, used, path, notes }: Visit) {
  for (const name of found) {
    used.add(name);
    if (names.includes(name)) continue;
    notes.push({
      code: 'SELECTION_UNDEFINED',
      message: `the condition names ${show(written)}, which is no selection`,
      fix: `selections are ${names.join(', ') || 'missing'}`,
      path,
    });
  }
}
