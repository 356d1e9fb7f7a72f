import type { Placeholders } from '../compile-item.js';
import { expandPlaceholders } from '../expand-placeholders.js';
import type { SigmaRule } from '../sigma-rule.js';
import { changeItems, finishWork, itemsOf, startWork, type WorkItem } from './rule-work.js';
import type { WorkValue } from './work-value.js';

/**
 * A rule in which the placeholders of `expand` are replaced by their values, so that it can be compiled anywhere. An item
 * that names one without values is left as it is; compiling it says so.
 */
export function fillPlaceholders(rule: SigmaRule, placeholders: Placeholders): SigmaRule {
  if (placeholders.size === 0) return rule;
  const work = startWork(rule, {});
  if (!itemsOf(work).some(({ expands }) => expands)) return rule;
  changeItems(work, (item) => (item.expands ? fillItem(item, placeholders) : item));
  const filled = finishWork(work);
  return filled?.kind === 'rule' ? filled : rule;
}

function fillItem(item: WorkItem, placeholders: Placeholders): WorkItem {
  const values: WorkValue[] = [];
  for (const value of item.values) {
    if (value.kind !== 'text') return item;
    const expanded = expandPlaceholders(value.pattern, placeholders);
    if (typeof expanded === 'string') return item;
    for (const pattern of expanded) values.push({ kind: 'text', pattern });
  }
  return { ...item, values, expands: false };
}
