import type { EventLogsource } from '../field-value.js';
import { logsourceApplies } from '../logsource-applies.js';
import type { RuleLogsource } from '../sigma-rule.js';

/** Finds the rules that are about the logsource of an event: thousands of rules have some hundred logsources. */
export class LogsourceIndex {
  readonly #groups: readonly { readonly logsource: RuleLogsource; readonly rules: number[] }[];

  /** @param logsources of the rules, in their order. */
  constructor(logsources: readonly RuleLogsource[]) {
    const groups = new Map<
      string,
      { readonly logsource: RuleLogsource; readonly rules: number[] }
    >();
    for (const [index, logsource] of logsources.entries()) {
      const { product, category, service } = logsource;
      const key = JSON.stringify([product, category, service]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { logsource, rules: [index] });
      else group.rules.push(index);
    }
    this.#groups = [...groups.values()];
  }

  /** Numbers of the rules, ascending. */
  rulesFor(logsource: EventLogsource): Int32Array {
    const found = this.#groups.filter((group) => logsourceApplies(group.logsource, logsource));
    return Int32Array.from(found.flatMap(({ rules }) => rules)).sort();
  }
}
