import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { loadOwnRules, OWN_RULES, ownRuleNames, readOwnRule } from './load-own-rules.js';

const names = ownRuleNames();
const readme = readFileSync(join(OWN_RULES, 'README.md'), 'utf8');

/** The parts of a rule's detection without its condition, each a list of what may hold. */
function selectionsOf(name: string): readonly unknown[] {
  const { condition: _, ...selections } = readOwnRule(name)['detection'] as Record<string, unknown>;
  return Object.values(selections).flat();
}

/** Every value of a selection, with the field and modifiers that it is for. */
function valuesOf(selection: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(selection as Record<string, unknown>).flatMap(([key, value]) =>
    [value].flat().map((one) => [key, one] as const),
  );
}

/** `| windows | 12 |`, most first. */
function table(head: readonly string[], counts: ReadonlyMap<string, number>): string {
  const rows = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return [
    `| ${head.join(' | ')} |`,
    '| --- | ---: |',
    ...rows.map(([a, b]) => `| ${a} | ${b} |`),
  ].join('\n');
}

function countEach(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

describe('the own rules as they are written', () => {
  it.each(names)('%s asks for fields, never for words anywhere in the event', (name) => {
    const selections = selectionsOf(name);
    expect(selections.filter((one) => typeof one !== 'object' || one === null)).toEqual([]);
    const open = selections.flatMap(valuesOf).filter(([, value]) => /^\**$/.test(String(value)));
    // An empty text is a value that some logs have; a lone `*` would be every value.
    expect(open.filter(([, value]) => value !== '')).toEqual([]);
  });

  it.each(names)('%s lies in the folder of its logsource and says when it errs', (name) => {
    const { logsource, falsepositives, license, author, description } = readOwnRule(name);
    const { product } = logsource as { readonly product: string };
    expect(name.split('/')[0]).toBe(product);
    expect(falsepositives).toEqual(expect.arrayContaining([expect.any(String)]));
    expect([license, author]).toEqual(['Apache-2.0', 'Portolan contributors']);
    expect(String(description).length).toBeGreaterThan(30);
  });

  it('each have test events beside them, and there are no events without a rule', () => {
    const events = names.map((name) => join(OWN_RULES, `${name}.events.yml`));
    expect(events.filter((file) => !existsSync(file))).toEqual([]);
    const few = events.filter((file) => {
      const read = load(readFileSync(file, 'utf8')) as Record<string, readonly unknown[]>;
      return (read['matches']?.length ?? 0) === 0 || (read['misses']?.length ?? 0) === 0;
    });
    expect(few).toEqual([]);
  });

  it('are counted in the README by product and by tactic', () => {
    const rules = loadOwnRules().map(({ rule }) => rule);
    const byProduct = countEach(rules.map(({ logsource }) => logsource.product ?? ''));
    const byTactic = countEach(
      rules.flatMap(({ tags }) => tags.filter((tag) => !/^attack\.t\d/.test(tag))),
    );
    const tactics = new Map([...byTactic].map(([tag, n]) => [tag.replace('attack.', ''), n]));
    expect(readme).toContain(`${rules.length} rules`);
    expect(readme).toContain(table(['product', 'rules'], byProduct));
    expect(readme).toContain(table(['tactic', 'rules'], tactics));
  });
});
