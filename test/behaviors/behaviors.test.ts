import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openShipped } from '../../src/attack/index.js';
import {
  BEHAVIORS,
  type BehaviorEvent,
  type BehaviorMatch,
  createBehaviorRunner,
} from '../../src/behaviors/index.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { generateBenign } from './benign/generate-benign.js';
import type { BehaviorCase } from './cases/behavior-case.js';
import { DIRECTORY_CASES } from './cases/directory-cases.js';
import { HOST_CASES } from './cases/host-cases.js';
import { LOGON_CASES } from './cases/logon-cases.js';
import { NETWORK_CASES } from './cases/network-cases.js';
import { productEvent, windowsEvent } from './make-event.js';

const CASES: readonly BehaviorCase[] = [
  ...LOGON_CASES,
  ...DIRECTORY_CASES,
  ...HOST_CASES,
  ...NETWORK_CASES,
];
/** What `portolan map` lists. */
const LISTED = 0.25;

function watch(events: readonly BehaviorEvent[], name?: string): readonly BehaviorMatch[] {
  const chosen = name === undefined ? BEHAVIORS : BEHAVIORS.filter((one) => one.name === name);
  const runner = createBehaviorRunner(chosen);
  return [...events.flatMap((event) => runner.push(event)), ...runner.finish()];
}

function techniquesOf(matches: readonly BehaviorMatch[]): readonly string[] {
  const listed = matches.filter(({ confidence }) => confidence >= LISTED);
  return [...new Set(listed.flatMap(({ techniqueIds }) => techniqueIds))].sort();
}

describe('a behaviour', () => {
  it.each(CASES)('$behavior: $name', ({ behavior, events, techniqueIds }) => {
    expect(techniquesOf(watch(events, behavior))).toEqual(techniqueIds);
  });

  it.each(CASES)(
    '$behavior throws nothing on the same without times: $name',
    ({ behavior, events }) => {
      const timeless = events.map((event) => ({ ...event, time: undefined }));
      expect(() => watch(timeless, behavior)).not.toThrow();
    },
  );

  it.each(BEHAVIORS)(
    '$name has cases that show it and cases that only look like it',
    ({ name }) => {
      const own = CASES.filter(({ behavior }) => behavior === name);
      expect(own.filter(({ techniqueIds }) => techniqueIds.length > 0).length).toBeGreaterThan(0);
      expect(own.filter(({ techniqueIds }) => techniqueIds.length === 0).length).toBeGreaterThan(0);
    },
  );

  it.each(BEHAVIORS)(
    '$name names active techniques of ATT&CK 19.1 and tells only those',
    (behavior) => {
      const { byAttackId, version } = openShipped();
      expect(version).toBe('19.1');
      for (const techniqueId of behavior.techniqueIds)
        expect([techniqueId, byAttackId.get(techniqueId)?.status]).toEqual([techniqueId, 'active']);
      const own = CASES.filter((one) => one.behavior === behavior.name);
      for (const { events } of own)
        for (const match of watch(events, behavior.name)) {
          expect(behavior.techniqueIds).toEqual(expect.arrayContaining([...match.techniqueIds]));
          expect(match.evidence.length).toBeGreaterThan(0);
          expect(match.evidence.length).toBeLessThanOrEqual(5);
          expect(match.confidence).toBeGreaterThan(0);
          expect(match.confidence).toBeLessThanOrEqual(1);
          expect(match.ruleId).toBe(`portolan:${behavior.name}`);
        }
    },
  );

  it('is named once', () => {
    const names = BEHAVIORS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('names the events that show it, with the fields that counted', () => {
    const first = CASES.find(({ behavior }) => behavior === 'password-guessing');
    const [match] = watch(first?.events ?? [], first?.behavior);
    expect(match?.evidence.map(({ fields }) => fields['TargetUserName'])).toEqual(
      Array.from({ length: 5 }, () => 'a.martin'),
    );
    expect(match).toMatchObject({ host: 'FILES01', time: '2026-03-03T10:00:40.000Z' });
  });
});

describe('ordinary days', () => {
  it.each([1, 2, 3])('show no technique (seed %i)', (seed) => {
    expect(techniquesOf(watch(generateBenign(seed, { days: 2, people: 6 })))).toEqual([]);
  });

  it('are the same for the same seed', () => {
    const options = { days: 1, people: 2 };
    expect(generateBenign(7, options)).toEqual(generateBenign(7, options));
    expect(generateBenign(7, options)).not.toEqual(generateBenign(8, options));
  });

  it('do not hide an attack among them', () => {
    const attack = CASES.find(({ behavior }) => behavior === 'password-spraying')?.events ?? [];
    const mixed = [...generateBenign(1, { days: 2, people: 6 }), ...attack].sort((a, b) =>
      (a.time ?? '') < (b.time ?? '') ? -1 : 1,
    );
    expect(techniquesOf(watch(mixed))).toEqual(['T1110.003']);
  });
});

/** Few values, so that events agree with each other often; some that nobody would write. */
const VALUES = [
  '',
  '-',
  '0x0',
  '0x17',
  '3',
  '10',
  'a',
  'b$',
  '192.0.2.7',
  '::1',
  'svcctl',
  '\\\\*\\C$',
  'ConsoleLogin',
  'AssumeRole',
  'constructor',
  '__proto__',
  'whoami',
  'x'.repeat(10_000),
  '\u0000\u202e<script>',
];
const FIELD_NAMES = [
  ...new Set(CASES.flatMap(({ events }) => events.flatMap(({ fields }) => [...fields.keys()]))),
];
const SHAPES = [
  ...new Map(
    CASES.flatMap(({ events }) =>
      events.map(({ logsource }) => [JSON.stringify(logsource), logsource] as const),
    ),
  ).values(),
];

const anyEvent: fc.Arbitrary<BehaviorEvent> = fc.record({
  time: fc.oneof(
    fc.constant(undefined),
    fc.constant('not a time'),
    fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc
      .integer({ min: 0, max: 600 })
      .map((seconds) => new Date(1.7e12 + seconds * 1_000).toISOString()),
  ),
  host: fc.option(fc.constantFrom('WS01', 'DC01.example.com', ''), { nil: undefined }),
  user: fc.option(fc.string(), { nil: undefined }),
  logsource: fc.constantFrom(...SHAPES),
  fields: fc
    .dictionary(
      fc.constantFrom(...FIELD_NAMES),
      fc.oneof(
        fc.constantFrom(...VALUES),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(fc.constantFrom(...VALUES), { maxLength: 3 }),
        fc.string(),
      ),
      { maxKeys: 12 },
    )
    .map((fields) => new Map(Object.entries(fields))),
  record: fc.nat().map(String),
  source: fc.constantFrom('a', 'b'),
});

describe('any events in any order', () => {
  it('throw nothing and give the same twice', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        expect(JSON.stringify(watch(events))).toBe(JSON.stringify(watch(events)));
      }),
      { numRuns: fuzzRuns(150) },
    );
  });

  it.each(CASES.filter(({ techniqueIds }) => techniqueIds.length > 0))(
    'of $behavior ($name) throw nothing backwards',
    ({ events, behavior }) => {
      expect(() => watch([...events].reverse(), behavior)).not.toThrow();
    },
  );

  it('are not kept: 60,000 that all differ leave a bounded number of entries', () => {
    const runner = createBehaviorRunner();
    for (let index = 0; index < 60_000; index += 1) {
      const shape = SHAPES[index % SHAPES.length];
      if (shape === undefined) throw new Error('no shape');
      const name = `n${index}`;
      const fields = Object.fromEntries(FIELD_NAMES.map((field) => [field, name]));
      const base = { time: 1.7e12 + index * 10, host: name, user: name, fields };
      const telling = {
        ...fields,
        LogonType: '3',
        Status: '0x18',
        IpAddress: `2001:db8::${index.toString(16)}`,
        eventName: 'AssumeRole',
        CommandLine: `whoami ${name}`,
        Image: 'whoami',
      };
      const event =
        index % 2 === 0
          ? windowsEvent('security', 4771, { ...base, fields: telling })
          : productEvent('aws', 'cloudtrail', { ...base, fields: telling });
      runner.push(index % 3 === 0 ? event : { ...event, logsource: shape });
    }
    for (const [name, count] of runner.retained())
      expect([name, count < 60_000]).toEqual([name, true]);
    const sum = [...runner.retained().values()].reduce((total, count) => total + count, 0);
    expect(sum).toBeLessThan(400_000);
  });
});

describe('docs/behaviors.md', () => {
  const document = readFileSync('docs/behaviors.md', 'utf8');
  const rows = document
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| |\|$/g, '').trim()));

  it('has a row for each behaviour, in their order, that says what the behaviour says', () => {
    const expected = BEHAVIORS.map((one) => [
      `\`${one.name}\``,
      one.techniqueIds.join(', '),
      one.watches,
      one.thresholds,
      one.falsePositives,
    ]);
    expect(rows).toEqual(expected);
  });
});
