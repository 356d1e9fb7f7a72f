import type { Placeholders } from './compile-item.js';
import { type CompiledRule, compileRule } from './compile-rule.js';
import type { SigmaRule } from './sigma-rule.js';

/**
 * A rule that is compiled when it is first asked: for rules that an engine runs, of which only those that fire have to be
 * explained.
 *
 * @param rule one that `compileRule` accepts; what it refuses matches nothing and has no selections.
 */
export function lazyCompiledRule(
  rule: SigmaRule,
  placeholders: Placeholders = new Map(),
): CompiledRule {
  let compiled: ReturnType<typeof compileRule> | undefined;
  const ready = (): CompiledRule | undefined => {
    compiled ??= compileRule(rule, placeholders);
    return compiled.kind === 'problem' ? undefined : compiled;
  };
  return {
    kind: 'compiled-rule',
    rule,
    get selections() {
      return ready()?.selections ?? new Map();
    },
    matches: (view) => ready()?.matches(view) ?? false,
  };
}
