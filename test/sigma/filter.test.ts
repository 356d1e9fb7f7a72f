import { readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { prepareRules, readRules, viewEvent } from '../../src/sigma/index.js';

interface Case {
  readonly name: string;
  readonly logsource?: unknown;
  readonly filter: unknown;
  readonly expected?: Readonly<Record<string, readonly string[]>>;
  readonly refused?: string;
}

const LOGSOURCE = { product: 'windows', category: 'process_creation' };
const RULES = ['a', 'b'].map((name) =>
  dump({
    title: `rule ${name}`,
    id: `0a0a0a0a-0000-4000-8000-00000000000${name}`,
    name,
    logsource: LOGSOURCE,
    detection: { selection: { 'Image|endswith': '.exe' }, condition: 'all of them' },
  }),
);
const EVENTS: Readonly<Record<string, string>> = { plain: 'anna', admin: 'ADM', system: 'SYSTEM' };

describe('a rule filter', () => {
  const cases = load(readFileSync('test/sigma/filter/cases.yml', 'utf8')) as readonly Case[];

  it.each(cases)('$name', ({ logsource, filter, expected, refused }) => {
    const document = dump({
      title: 'filter',
      ...(logsource === null ? {} : { logsource: logsource ?? LOGSOURCE }),
      filter,
    });
    // In a file of its own, before the rules.
    const loaded = prepareRules([
      readRules(document, { source: 'filter.yml' }),
      ...RULES.map((text, index) => readRules(text, { source: `${index}.yml` })),
    ]);
    expect(loaded.issues.map(({ message }) => message)).toEqual(
      refused === undefined ? [] : [expect.stringContaining(refused)],
    );
    expect(loaded.refused).toBe(refused === undefined ? 0 : 1);
    for (const [event, names] of Object.entries(
      expected ?? { plain: ['a', 'b'], admin: ['a', 'b'], system: ['a', 'b'] },
    )) {
      const view = viewEvent({
        fields: new Map([
          ['Image', 'C:\\cmd.exe'],
          ['User', EVENTS[event] ?? ''],
        ]),
        logsource: { product: 'windows', categories: ['process_creation'], services: [] },
      });
      const matching = loaded.rules.filter((rule) => rule.matches(view));
      expect([event, matching.map(({ rule }) => rule.name)]).toEqual([event, names]);
    }
  });
});
