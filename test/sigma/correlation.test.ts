import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import {
  type CorrelationMatch,
  type CorrelatorLimits,
  createCorrelator,
  linkCorrelations,
  loadRules,
} from '../../src/sigma/index.js';
import { fuzzRuns } from '../fuzz-runs.js';

type CorrelationBody = Readonly<Record<string, unknown>>;

interface ExpectedMatch {
  readonly of?: string;
  readonly first: number;
  readonly held: number;
  readonly last: number;
  readonly events: number;
  readonly value: number;
  readonly group?: Readonly<Record<string, string>>;
  /** Default: as many as events. */
  readonly evidence?: number;
}

interface Case {
  readonly name: string;
  readonly correlation: CorrelationBody;
  readonly others?: readonly CorrelationBody[];
  readonly events: readonly string[];
  readonly matches: readonly ExpectedMatch[];
  readonly issues?: readonly string[];
}

const BASE_RULES = ['a', 'b', 'c'].map((name) =>
  dump({
    title: `rule ${name}`,
    id: `0a0a0a0a-0000-4000-8000-00000000000${name}`,
    name,
    logsource: { product: 'test' },
    detection: { s: { F: name }, condition: 's' },
  }),
);

function toDocument({ name, ...correlation }: CorrelationBody): string {
  const title = typeof name === 'string' ? name : 'case';
  return dump({ title, ...(name === undefined ? {} : { name }), correlation });
}

function loadAll(bodies: readonly CorrelationBody[]) {
  const text = [...BASE_RULES, ...bodies.map(toDocument)].join('---\n');
  const loaded = loadRules(text, { source: 'case.yml' });
  const rules = loaded.rules.map(({ rule }) => rule);
  const linked = linkCorrelations(loaded.correlations, rules);
  return { rules, linked, issues: [...loaded.issues, ...linked.issues] };
}

function run(
  bodies: readonly CorrelationBody[],
  events: readonly string[],
  limits: CorrelatorLimits = {},
) {
  const { rules, linked, issues } = loadAll(bodies);
  expect(issues).toEqual([]);
  const correlator = createCorrelator<string>(linked.correlations, limits);
  const matches: CorrelationMatch<string>[] = [];
  for (const event of events) {
    const [time = '', names = '', ...fields] = event.split(' ');
    const texts = new Map(fields.map((field) => field.split('=') as [string, string]));
    correlator.add(
      rules.filter(({ name }) => names.split(',').includes(name ?? '')),
      {
        timeMs: time === '-' ? undefined : Number(time) * 1_000,
        texts: (field) => [texts.get(field) ?? []].flat(),
        item: event,
      },
    );
    matches.push(...correlator.take());
  }
  matches.push(...correlator.finish());
  return { matches, issues: correlator.issues() };
}

function byTime(a: CorrelationMatch<string>, b: CorrelationMatch<string>): number {
  return a.heldMs - b.heldMs;
}

const cases = load(readFileSync('test/sigma/correlation/cases.yml', 'utf8')) as readonly Case[];

describe('correlations', () => {
  it.each(cases)('$name', ({ correlation, others = [], events, matches, issues = [] }) => {
    const found = run([...others, correlation], events);
    const expected = matches.map(
      ({ of = 'case', first, held, last, events: count, value, group = {}, evidence }) => ({
        of,
        first,
        held,
        last,
        events: count,
        value,
        group,
        evidence: evidence ?? count,
      }),
    );
    const byHeld = [...found.matches].sort(byTime);
    expect(
      byHeld.map((match) => ({
        of: match.correlation.title,
        first: match.firstMs / 1_000,
        held: match.heldMs / 1_000,
        last: match.lastMs / 1_000,
        events: match.eventCount,
        value: match.value,
        group: Object.fromEntries(match.group),
        evidence: match.evidence.length,
      })),
    ).toEqual(expected);
    expect(found.issues.map(({ message }) => message)).toEqual(
      issues.map((words) => expect.stringContaining(words)),
    );
  });

  it('gives the contributing events as evidence, in the order of time', () => {
    const { matches } = run(
      [{ type: 'temporal', rules: ['a', 'b'], timespan: '10s' }],
      ['3 b', '1 a', '2 c'],
    );
    expect(matches[0]?.evidence).toEqual(['1 a', '3 b']);
  });

  it('keeps at most 100 pieces of evidence, among them one of each rule, and counts all', () => {
    const events = [...Array.from({ length: 500 }, (_, second) => `${second} a`), '500 b'];
    const { matches } = run([{ type: 'temporal', rules: ['a', 'b'], timespan: '1h' }], events);
    expect(matches).toMatchObject([{ eventCount: 501, firstMs: 0, lastMs: 500_000 }]);
    expect(matches[0]?.evidence).toHaveLength(100);
    expect(matches[0]?.evidence.at(-1)).toBe('500 b');
  });

  it('puts events in order within what it holds back, and says when one comes later still', () => {
    const body = { type: 'event_count', rules: ['a'], timespan: '10s', condition: { gte: 3 } };
    const shuffled = ['40 a', '41 a', '42 a', '43 a', '0 a', '1 a', '2 a'];
    const inOrder = run([body], shuffled).matches;
    expect(inOrder.map(({ firstMs }) => firstMs)).toEqual([0, 40_000]);
    const late = run([body], shuffled, { maxHeldBack: 1 });
    expect(late.matches.map(({ firstMs }) => firstMs)).toEqual([40_000, 0]);
    expect(late.issues).toMatchObject([
      { code: 'CORRELATION_INCOMPLETE', message: expect.stringContaining('too late') },
    ]);
  });

  it('drops the oldest events when its windows are full, and says how many', () => {
    const body = { type: 'event_count', rules: ['a'], timespan: '1h', condition: { gte: 50 } };
    const events = Array.from({ length: 100 }, (_, second) => `${second} a`);
    const { matches, issues } = run([body], events, { maxEntries: 20 });
    expect(matches).toEqual([]);
    expect(issues).toMatchObject([{ message: expect.stringContaining('80 matches did not fit') }]);
  });

  it('makes room by closing the group that was longest without an event', () => {
    const body = {
      type: 'event_count',
      rules: ['a'],
      'group-by': ['U'],
      timespan: '1h',
      condition: { gte: 2 },
    };
    const events = ['0 a U=1', '1 a U=2', '2 a U=3', '3 a U=3', '4 a U=1'];
    const { matches, issues } = run([body], events, { maxEntries: 3 });
    expect(matches.map(({ group }) => group.get('U'))).toEqual(['3']);
    expect(issues).toMatchObject([{ message: expect.stringContaining('did not fit') }]);
  });

  it('hides the rules that a correlation reads unless it says generate', () => {
    const body = { type: 'event_count', rules: ['a'], timespan: '1h', condition: { gte: 2 } };
    const names = (bodies: readonly CorrelationBody[]) =>
      [...loadAll(bodies).linked.silent].map(({ name }) => name);
    expect(names([body])).toEqual(['a']);
    expect(names([{ ...body, generate: true }])).toEqual([]);
  });

  it.each(
    load(readFileSync('test/sigma/correlation/refused.yml', 'utf8')) as readonly {
      readonly name: string;
      readonly correlation: CorrelationBody;
      readonly refused: string;
    }[],
  )('refuses $name', ({ correlation, refused }) => {
    const { issues, linked } = loadAll([correlation]);
    expect(linked.correlations).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'RULE_INVALID', message: expect.stringContaining(refused) },
    ]);
  });

  it('refuses a circle of two and what stands on it', () => {
    const body = (name: string, rules: readonly string[]) => ({
      name,
      type: 'temporal',
      rules,
      timespan: '1m',
    });
    const { issues, linked } = loadAll([
      body('x', ['y', 'a']),
      body('y', ['x', 'b']),
      body('z', ['x', 'a']),
    ]);
    expect(linked.correlations).toEqual([]);
    expect(issues).toHaveLength(3);
  });

  it('refuses a tower of over ten levels', () => {
    const bodies = Array.from({ length: 14 }, (_, level) => ({
      name: `n${level}`,
      type: 'temporal',
      rules: [level === 0 ? 'a' : `n${level - 1}`],
      timespan: '1m',
    }));
    const { linked, issues } = loadAll([...bodies].reverse());
    expect(linked.correlations.length).toBeLessThanOrEqual(10);
    expect(issues.length).toBeGreaterThan(0);
  });

  it('never throws, whatever the correlation says', () => {
    const anything = fc.dictionary(
      fc.constantFrom('type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'),
      fc.oneof(
        fc.constantFrom('event_count', 'temporal', 'value_avg', '5m', 'a', 'a and not b'),
        fc.constantFrom({ gte: 1 }, { lt: 2, field: 'V' }, { x: { a: 'F' } }),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    );
    fc.assert(
      fc.property(anything, (correlation) => {
        const { linked } = loadAll([correlation]);
        const correlator = createCorrelator<number>(linked.correlations);
        correlator.finish();
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  const body = fc.record({
    type: fc.constantFrom('event_count', 'value_count', 'value_sum', 'value_avg', 'value_median'),
    timespan: fc.constantFrom('1s', '5s', '30s'),
    comparison: fc.constantFrom('gte', 'lt', 'eq'),
    value: fc.integer({ min: 0, max: 6 }),
  });
  const events = fc.array(fc.tuple(fc.nat(60), fc.constantFrom('a', 'b'), fc.nat(3), fc.nat(5)), {
    maxLength: 40,
  });

  it('gives the same whatever the order in which events of different times come', () => {
    fc.assert(
      fc.property(body, events, ({ type, timespan, comparison, value }, list) => {
        const correlation = {
          type,
          rules: ['a', 'b'],
          'group-by': ['G'],
          timespan,
          condition: { [comparison]: value, ...(type === 'event_count' ? {} : { field: 'V' }) },
        };
        const unique = new Map(list.map((event) => [event[0], event]));
        const lines = [...unique.values()].map(
          ([second, rule, group, number]) => `${second} ${rule} G=${group} V=${number}`,
        );
        const sorted = [...lines].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
        expect(run([correlation], lines).matches).toEqual(run([correlation], sorted).matches);
      }),
      { numRuns: fuzzRuns(150) },
    );
  });

  it('counts as a count over every window by hand does', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 5 }), (list, wanted) => {
        const seconds = list.map(([second]) => second).sort((a, b) => a - b);
        const { matches } = run(
          [{ type: 'event_count', rules: ['a'], timespan: '5s', condition: { gte: wanted } }],
          seconds.map((second) => `${second} a`),
        );
        const isHeld = seconds.map(
          (second, index) =>
            seconds.slice(0, index + 1).filter((other) => other >= second - 5).length >= wanted,
        );
        // A match ends as well when nothing comes for a timespan.
        const isNew = (index: number) =>
          isHeld[index - 1] !== true || (seconds[index] ?? 0) - (seconds[index - 1] ?? 0) > 5;
        const starts = isHeld.filter((held, index) => held && isNew(index)).length;
        expect(matches).toHaveLength(starts);
      }),
      { numRuns: fuzzRuns(150) },
    );
  });
});
