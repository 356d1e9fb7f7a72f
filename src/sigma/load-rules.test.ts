import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../test/fuzz-runs.js';
import { viewEvent } from './event-view.js';
import { explainRule, matchedFields } from './explain-rule.js';
import type { FieldValue } from './field-value.js';
import { loadRules } from './load-rules.js';

const load = (text: string) => loadRules(text, { source: 'rules/a.yml' });

function eventOf(fields: Readonly<Record<string, FieldValue>>) {
  return {
    fields: new Map(Object.entries(fields)),
    logsource: { product: 'windows', categories: [], services: [] },
  };
}

const HEAD = 'title: t\nlogsource: {product: windows}\n';

describe('loadRules', () => {
  it('reads what a rule says of itself', () => {
    const { rules, issues } = load(`title: A title
id: 3fbd0a59-3a0c-4f6c-9d56-2d5d7b7f0001
name: a_title
status: stable
description: |
  Two
  lines
author: Anna, Berta
level: critical
tags: [attack.execution, attack.t1059]
falsepositives: none
logsource: {product: Windows, category: process_creation, definition: x}
detection: {selection: {Image: a}, condition: selection}
`);
    expect(issues).toEqual([]);
    expect(rules[0]?.rule).toMatchObject({
      id: '3fbd0a59-3a0c-4f6c-9d56-2d5d7b7f0001',
      name: 'a_title',
      title: 'A title',
      status: 'stable',
      level: 'critical',
      description: 'Two\nlines',
      author: 'Anna, Berta',
      tags: ['attack.execution', 'attack.t1059'],
      falsePositives: ['none'],
      logsource: { product: 'windows', category: 'process_creation', service: undefined },
      at: { source: 'rules/a.yml', line: 1 },
    });
  });

  it.each([
    ['YAML that does not parse', 'title: a\nlogsource: [\n', 3, 1, 'not YAML'],
    ['a key that is there twice', 'title: a\ntitle: b\n', 2, 1, 'not YAML'],
    ['a text instead of a map', 'hello', 1, 1, 'expected a map'],
    ['a document that is no rule', 'a: 1\nb: 2\n', 1, 1, 'not a Sigma rule'],
    [
      'no title',
      'logsource: {product: a}\ndetection: {a: {A: 1}, condition: a}\n',
      1,
      1,
      'needs a title',
    ],
    ['no logsource', 'title: a\ndetection: {a: {A: 1}, condition: a}\n', 1, 1, 'needs a logsource'],
    [
      'a logsource that says nothing',
      'title: a\nlogsource:\n  definition: x\ndetection: {a: {A: 1}, condition: a}\n',
      2,
      1,
      'expected a product',
    ],
    [
      'a level that is none',
      `${HEAD}detection: {a: {A: 1}, condition: a}\nlevel: big\n`,
      4,
      1,
      'level: expected',
    ],
    [
      'a status that is none',
      `${HEAD}detection: {a: {A: 1}, condition: a}\nstatus: new\n`,
      4,
      1,
      'status: expected',
    ],
    [
      'a modifier that is none',
      `${HEAD}detection:\n  a:\n    B: 1\n    A|foo: 1\n  condition: a\n`,
      6,
      5,
      'unknown modifier',
    ],
    [
      'a modifier that is none, in a list of maps',
      `${HEAD}detection:\n  a:\n    - B: 1\n    - A|foo: 1\n  condition: a\n`,
      6,
      7,
      'unknown modifier',
    ],
    [
      'a condition that is wrong',
      `${HEAD}detection:\n  a: {A: 1}\n  condition: a and\n`,
      5,
      3,
      'the condition ends',
    ],
    [
      'a mistake in the second document',
      `${HEAD}detection: {a: {A: 1}, condition: a}\n---\n${HEAD}detection:\n  a: {A|foo: 1}\n  condition: a\n`,
      8,
      7,
      'unknown modifier',
    ],
    [
      'a rule filter',
      'title: f\nlogsource: {product: a}\nfilter: {rules: any, selection: {A: 1}, condition: selection}\n',
      2,
      1,
      'about none of the rules',
    ],
  ])('gives line and column of %s', (_, text, line, column, message) => {
    expect(load(text).issues).toEqual([
      {
        kind: 'issue',
        code: expect.stringMatching(/^RULE_/),
        message: expect.stringContaining(message),
        at: { source: 'rules/a.yml', line, column },
      },
    ]);
  });

  it('goes on after a rule that it refuses', () => {
    const good = `${HEAD}detection: {a: {A: 1}, condition: a}\n`;
    const { rules, issues } = load(`${good}---\ntitle: bad\n---\n${good}`);
    expect([rules.length, issues.length]).toEqual([2, 1]);
    expect(rules.map(({ rule }) => rule.at.line)).toEqual([1, 7]);
  });

  it('reads collections of the old form', () => {
    const { rules, issues } = load(`action: global
title: Shared
tags: [attack.t1059]
detection:
  condition: selection
---
logsource: {product: windows, service: security}
detection: {selection: {EventID: 4688}}
---
logsource: {product: windows, service: sysmon}
detection: {selection: {EventID: 1}}
---
action: repeat
logsource: {product: linux}
---
action: reset
---
${HEAD}detection: {a: {A: 1}, condition: a}
`);
    expect(issues).toEqual([]);
    expect(
      rules.map(({ rule: { title, logsource, tags } }) => [
        title,
        logsource.product,
        logsource.service,
        tags,
      ]),
    ).toEqual([
      ['Shared', 'windows', 'security', ['attack.t1059']],
      ['Shared', 'windows', 'sysmon', ['attack.t1059']],
      ['Shared', 'linux', 'sysmon', ['attack.t1059']],
      ['t', 'windows', undefined, []],
    ]);
    expect(rules[2]?.matches(viewEvent(eventOf({ EventID: 1 })))).toBe(true);
  });

  it('reads correlations', () => {
    const { correlations, issues } = load(`title: Many failures
id: 3fbd0a59-3a0c-4f6c-9d56-2d5d7b7f0002
level: high
tags: [attack.t1110]
correlation:
  type: value_count
  rules: [failed_logon]
  group-by: [Computer, Workstation]
  timespan: 90m
  condition: {gte: 10, field: User}
  aliases: {host: {failed_logon: Computer}}
`);
    expect(correlations).toMatchObject([
      {
        type: 'value_count',
        rules: ['failed_logon'],
        groupBy: ['Computer', 'Workstation'],
        timespanSeconds: 5_400,
        condition: {
          kind: 'compare',
          comparisons: [{ comparison: 'gte', value: 10 }],
          fields: ['User'],
        },
        aliases: { host: { failed_logon: 'Computer' } },
        level: 'high',
      },
    ]);
    expect(issues).toEqual([]);
  });

  it.each([
    ['type: many\n  rules: [a]\n  timespan: 1m', 'type: expected'],
    ['type: event_count\n  timespan: 1m\n  condition: {gte: 1}', 'needs rules'],
    [
      'type: event_count\n  rules: [a]\n  timespan: long\n  condition: {gte: 1}',
      'timespan: expected',
    ],
    ['type: event_count\n  rules: [a]\n  timespan: 1m', 'needs a condition'],
  ])('refuses the correlation %j', (body, message) => {
    const { correlations, issues } = load(`title: t\ncorrelation:\n  ${body}\n`);
    expect(correlations).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'RULE_INVALID', message: expect.stringContaining(message) },
    ]);
  });

  it('does not let a small text become a large value', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghij'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
        ),
    ].join('\n');
    expect(load(bomb).issues).toMatchObject([{ code: 'RULE_INVALID' }]);
    const deep = `${HEAD}detection: {a: ${'['.repeat(3_000)}${']'.repeat(3_000)}, condition: a}`;
    expect(load(deep).issues).toMatchObject([{ code: 'RULE_INVALID' }]);
  });

  it('reads a rule with 10,000 values', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => `      - '*value${index}*'`).join(
      '\n',
    );
    const { rules } = load(`${HEAD}detection:\n  a:\n    A:\n${values}\n  condition: a\n`);
    expect(rules[0]?.matches(viewEvent(eventOf({ A: 'x value9999 y' })))).toBe(true);
    expect(rules[0]?.matches(viewEvent(eventOf({ A: 'x' })))).toBe(false);
  });

  it('takes any text without throwing', () => {
    const words = [
      'title: a',
      'logsource: {product: a}',
      'detection:',
      '  a:',
      '    - b',
      '    A|re: (',
      '    A|contains|all: [1, 2]',
      '  condition: a',
      '---',
      'action: global',
      'correlation:',
      '? [',
      '&a *a',
      '!!js/function x',
      '\t',
      '"',
      '...',
      '  condition: 1 of them | count() > 1',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(text, (input) => {
        for (const { at } of load(input).issues) expect(at?.line).toBeGreaterThan(0);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });
});

describe('explainRule', () => {
  const { rules } = load(`${HEAD}detection:
  selection:
    Image|endswith: cmd.exe
    CommandLine|contains: [alpha, beta]
  filter:
    User: root
  words: [gamma]
  condition: (selection and not filter) or words
`);
  const [rule] = rules;

  it('says which selections held and what was found', () => {
    if (rule === undefined) throw new Error('no rule');
    const view = viewEvent(eventOf({ Image: 'C:\\cmd.exe', CommandLine: 'x beta', User: 'anna' }));
    expect(explainRule(rule, view)).toEqual({
      matched: true,
      selections: [
        {
          name: 'selection',
          held: true,
          items: [
            {
              field: 'Image',
              modifiers: ['endswith'],
              values: ['cmd.exe'],
              held: true,
              found: ['C:\\cmd.exe'],
            },
            {
              field: 'CommandLine',
              modifiers: ['contains'],
              values: ['alpha', 'beta'],
              held: true,
              found: ['x beta'],
            },
          ],
        },
        {
          name: 'filter',
          held: false,
          items: [{ field: 'User', modifiers: [], values: ['root'], held: false, found: ['anna'] }],
        },
        {
          name: 'words',
          held: false,
          items: [{ field: undefined, modifiers: [], values: ['gamma'], held: false, found: [] }],
        },
      ],
    });
  });

  it('gives the fields that made it match, for keywords those that hold one', () => {
    if (rule === undefined) throw new Error('no rule');
    const byField = viewEvent(
      eventOf({ Image: 'C:\\cmd.exe', CommandLine: 'x beta', User: 'anna' }),
    );
    expect([...matchedFields(rule, byField)]).toEqual([
      ['Image', 'C:\\cmd.exe'],
      ['CommandLine', 'x beta'],
    ]);
    const byWord = viewEvent(eventOf({ A: 1, B: ['x', 'GAMMA ray'] }));
    expect([...matchedFields(rule, byWord)]).toEqual([['B', 'x, GAMMA ray']]);
  });
});
