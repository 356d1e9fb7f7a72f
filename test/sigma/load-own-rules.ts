import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type CompiledRule, loadRules } from '../../src/sigma/index.js';

export const OWN_RULES = 'rules';

/** Names of Portolan's own rules: paths below `rules/`, without the ending. */
export function ownRuleNames(): readonly string[] {
  return readdirSync(OWN_RULES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.events.yml'))
    .map((name) => name.slice(0, -'.yml'.length))
    .sort();
}

export function loadOwnRule(name: string) {
  const source = join(OWN_RULES, `${name}.yml`);
  return loadRules(readFileSync(source, 'utf8'), { source });
}

/** All of them, compiled. */
export function loadOwnRules(): readonly CompiledRule[] {
  return ownRuleNames().flatMap((name) => loadOwnRule(name).rules);
}

/** The rule's YAML, as it is written. */
export function readOwnRule(name: string): Readonly<Record<string, unknown>> {
  return load(readFileSync(join(OWN_RULES, `${name}.yml`), 'utf8')) as Record<string, unknown>;
}
