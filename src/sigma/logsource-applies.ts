import type { EventLogsource } from './field-value.js';
import type { RuleLogsource } from './sigma-rule.js';

/** Whether an event is of the logsource that a rule is about. What the event does not say does not fit. */
export function logsourceApplies(rule: RuleLogsource, event: EventLogsource): boolean {
  if (rule.product !== undefined && rule.product !== event.product) return false;
  if (rule.category !== undefined && !event.categories.includes(rule.category)) return false;
  return rule.service === undefined || event.services.includes(rule.service);
}

/** `windows/process_creation`, `aws/cloudtrail`: a logsource for people. */
export function formatLogsource({ product, category, service }: RuleLogsource): string {
  return [product, category, service].filter((part) => part !== undefined).join('/');
}
