import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { detectCollector } from '../../src/collectors/index.js';
import { JsonSplitter } from '../../src/collectors/split-json.js';
import {
  type CompiledRule,
  loadRules,
  logsourceApplies,
  viewEvent,
} from '../../src/sigma/index.js';
import { collect } from '../contract/collect.js';
import { toForms } from './regression-forms.js';

const FOLDER = '../shared/data/sigma';
const PLACEHOLDERS = new Map([['known_cdcs', ['192.0.2.10']]]);

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

function loadAll(): ReadonlyMap<string, CompiledRule> {
  const folders = readdirSync(FOLDER).filter((name) => name.startsWith('rules'));
  const files = folders.flatMap((name) => filesUnder(join(FOLDER, name), '.yml'));
  const rules = files.flatMap(
    (file) =>
      loadRules(readFileSync(file, 'utf8'), { source: file, placeholders: PLACEHOLDERS }).rules,
  );
  return new Map(rules.map((compiled) => [compiled.rule.id ?? '', compiled]));
}

interface RegressionCase {
  readonly ruleId: string;
  /** Without its ending. */
  readonly file: string;
  readonly expected: number;
}

function casesOf(info: string): RegressionCase[] {
  const value = load(readFileSync(info, 'utf8')) as {
    readonly rule_metadata: readonly { readonly id: string }[];
    readonly regression_tests_info: readonly {
      readonly path: string;
      readonly match_count?: number;
    }[];
  };
  return value.regression_tests_info.map(({ path, match_count }) => ({
    ruleId: value.rule_metadata[0]?.id ?? '',
    file: join(dirname(info), (path.split('/').at(-1) ?? '').replace(/\.evtx$/, '')),
    expected: match_count ?? 1,
  }));
}

function objectsOf(file: string): Record<string, unknown>[] {
  const splitter = new JsonSplitter({ maxBytes: 10_000_000 });
  const pieces = [...splitter.push(readFileSync(file)), ...splitter.end()];
  return pieces.flatMap((piece) =>
    piece.kind === 'object'
      ? [JSON.parse(Buffer.from(piece.bytes).toString()) as Record<string, unknown>]
      : [],
  );
}

/** How often a rule fires on the events of a file. */
async function matchesOf(
  bytes: Uint8Array,
  { rule, form }: { readonly rule: CompiledRule; readonly form: keyof typeof COLLECTOR_OF },
): Promise<number> {
  const collector = detectCollector('export', bytes.subarray(0, 65_536));
  expect(collector?.name).toBe(COLLECTOR_OF[form]);
  if (collector === undefined) return 0;
  const { events } = await collect(collector, bytes);
  return events.filter(
    (event) =>
      logsourceApplies(rule.rule.logsource, event.logsource) && rule.matches(viewEvent(event)),
  ).length;
}

const FORMS = ['evtx', 'json', 'xml', 'csv', 'flat', 'winlogbeat'] as const;
const COLLECTOR_OF = {
  evtx: 'evtx',
  json: 'json',
  xml: 'windows-xml',
  csv: 'csv',
  flat: 'json',
  winlogbeat: 'json',
} as const;

/** The events of a case in a form; undefined when the form is not there. */
function bytesOf(form: (typeof FORMS)[number], file: string): Uint8Array | undefined {
  if (form === 'evtx' || form === 'json') {
    const path = `${file}.${form}`;
    return existsSync(path) ? readFileSync(path) : undefined;
  }
  return new TextEncoder().encode(toForms(objectsOf(`${file}.json`))[form]);
}

describe('the events that SigmaHQ gives for its rules (needs ../shared/data)', () => {
  const present = existsSync(FOLDER);
  const rules = present ? loadAll() : new Map<string, CompiledRule>();
  const cases = present
    ? filesUnder(join(FOLDER, 'regression_data'), 'info.yml').flatMap(casesOf)
    : [];

  it.skipIf(!present).each(FORMS)('fire their rules as %s', async (form) => {
    const wrong: string[] = [];
    let fired = 0;
    for (const { ruleId, file, expected } of cases) {
      const rule = rules.get(ruleId);
      const bytes = bytesOf(form, file);
      const found =
        rule === undefined || bytes === undefined ? 0 : await matchesOf(bytes, { rule, form });
      if (found > 0) fired += 1;
      if (found < expected) wrong.push(`${ruleId}: ${found} of ${expected} in ${file}`);
    }
    process.stdout.write(`regression pairs as ${form}: ${fired} of ${cases.length} fire\n`);
    expect(wrong).toEqual([]);
    expect(fired).toBe(106);
  });
});
