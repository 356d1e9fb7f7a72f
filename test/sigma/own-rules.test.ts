import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { openShipped } from '../../src/attack/index.js';
import { logsourceApplies, viewEvent } from '../../src/sigma/index.js';
import { loadOwnRule, loadOwnRules, OWN_RULES, ownRuleNames } from './load-own-rules.js';
import { readEvents } from './read-events.js';

const names = ownRuleNames();

interface RuleEvents {
  readonly matches: readonly unknown[];
  readonly misses: readonly unknown[];
}

function eventsOf(name: string): RuleEvents {
  return load(readFileSync(join(OWN_RULES, `${name}.events.yml`), 'utf8')) as RuleEvents;
}

/** Whether the rule fires on an event as the product would read it, logsource included. */
async function fires(name: string, raw: unknown): Promise<boolean> {
  const [rule] = loadOwnRule(name).rules;
  const { events } = await readEvents(JSON.stringify(raw));
  const [event] = events;
  if (rule === undefined || event === undefined) throw new Error(`${name}: nothing to run`);
  return logsourceApplies(rule.rule.logsource, event.logsource) && rule.matches(viewEvent(event));
}

describe.each(names)('own rule %s', (name) => {
  it('is one rule without anything wrong', () => {
    const loaded = loadOwnRule(name);
    expect(loaded.issues).toEqual([]);
    expect(loaded.rules).toHaveLength(1);
  });

  it('fires on each of its events', async () => {
    for (const event of eventsOf(name).matches)
      expect([event, await fires(name, event)]).toEqual([event, true]);
  });

  it('stays silent on each near miss', async () => {
    const { misses } = eventsOf(name);
    expect(misses.length).toBeGreaterThan(0);
    for (const event of misses) expect([event, await fires(name, event)]).toEqual([event, false]);
  });
});

describe('the own rules together', () => {
  const rules = loadOwnRules().map(({ rule }) => rule);
  const knowledgeBase = openShipped({ version: '19.1' });

  it('are tagged with techniques and tactics of ATT&CK 19.1, each tactic one of its techniques', () => {
    for (const { tags, title } of rules) {
      const ids = tags.map((tag) => tag.replace(/^attack\./, '')).filter((tag) => /^t\d/.test(tag));
      const techniques = ids.map((id) => knowledgeBase.byAttackId.get(id.toUpperCase()));
      expect([title, techniques.map((one) => one?.status)]).toEqual([
        title,
        ids.map(() => 'active'),
      ]);
      expect([title, ids.length > 0]).toEqual([title, true]);
      const allowed = techniques.flatMap((one) => (one?.kind === 'technique' ? one.tactics : []));
      for (const tag of tags.filter((one) => !/^attack\.t\d/.test(one)))
        expect([title, allowed]).toEqual([
          title,
          expect.arrayContaining([tag.replace(/^attack\./, '')]),
        ]);
    }
  });

  it('have ids and titles of their own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
    for (const { id } of rules) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  });
});
