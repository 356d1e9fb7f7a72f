import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import {
  type CompiledRule,
  loadRules,
  logsourceApplies,
  viewEvent,
} from '../../src/sigma/index.js';
import { readEvents } from './read-events.js';

const FOLDER = '../shared/data/sigma';
const present = existsSync(FOLDER);
// What the two rules with `expand` leave to the site: its certificate authorities.
const placeholders = new Map([['known_cdcs', ['192.0.2.10']]]);

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

function loadAll() {
  const folders = readdirSync(FOLDER).filter((name) => name.startsWith('rules'));
  const files = folders.flatMap((name) => filesUnder(join(FOLDER, name), '.yml'));
  return files.map((file) => loadRules(readFileSync(file, 'utf8'), { source: file, placeholders }));
}

interface RegressionCase {
  readonly ruleId: string;
  readonly file: string;
  readonly expected: number | undefined;
}

function casesOf(info: string): RegressionCase[] {
  const value = load(readFileSync(info, 'utf8')) as {
    readonly rule_metadata: readonly { readonly id: string }[];
    readonly regression_tests_info: readonly {
      readonly path: string;
      readonly match_count?: number;
    }[];
  };
  const ruleId = value.rule_metadata[0]?.id ?? '';
  return value.regression_tests_info.map(({ path, match_count }) => ({
    ruleId,
    file: join(dirname(info), (path.split('/').at(-1) ?? '').replace(/\.evtx$/, '.json')),
    expected: match_count,
  }));
}

/** How often each rule matches the events of a file, by rule id. */
async function matchesOf(file: string, rules: readonly CompiledRule[]) {
  const { events, issues } = await readEvents(readFileSync(file), file);
  expect(issues).toEqual([]);
  const counts = new Map<string, number>();
  for (const event of events) {
    const view = viewEvent(event);
    for (const { rule, matches } of rules)
      if (logsourceApplies(rule.logsource, event.logsource) && matches(view))
        counts.set(rule.id ?? '', (counts.get(rule.id ?? '') ?? 0) + 1);
  }
  return counts;
}

describe('the rules of SigmaHQ (needs ../shared/data)', () => {
  it.skipIf(!present)('all 3,757 are read and compiled, none is refused', () => {
    const loaded = loadAll();
    expect(loaded.flatMap(({ issues }) => issues)).toEqual([]);
    expect(loaded.flatMap(({ rules }) => rules)).toHaveLength(3757);
  });

  it.skipIf(!present)(
    'each fires on its regression event, as often as its author says',
    async () => {
      const rules = loadAll().flatMap((file) => file.rules);
      const cases = filesUnder(join(FOLDER, 'regression_data'), 'info.yml').flatMap(casesOf);
      const wrong: string[] = [];
      let fired = 0;
      let others = 0;
      for (const { ruleId, file, expected } of cases) {
        const counts = await matchesOf(file, rules);
        const found = counts.get(ruleId) ?? 0;
        if (found > 0) fired += 1;
        if (found < (expected ?? 1))
          wrong.push(`${ruleId}: ${found} of ${expected ?? 1} in ${file}`);
        others += counts.size - 1;
      }
      process.stdout.write(
        `regression pairs: ${fired} of ${cases.length} fire; ${others} other rules fire\n`,
      );
      expect(wrong).toEqual([]);
      expect(fired).toBe(106);
    },
  );
});
