import { readdirSync, readFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type FieldValue, loadRules, viewEvent } from '../../src/sigma/index.js';

interface Case {
  readonly name: string;
  /** The one selection of the rule; or `detection`, all of it. */
  readonly when?: unknown;
  readonly detection?: unknown;
  readonly event?: Readonly<Record<string, FieldValue>>;
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  readonly matches?: boolean;
  /** Words of the message with which the rule is refused. */
  readonly refused?: string;
}

const FOLDER = 'test/sigma/cases';

function casesIn(file: string): readonly Case[] {
  return load(readFileSync(`${FOLDER}/${file}`, 'utf8')) as readonly Case[];
}

function loadCase({ when, detection, placeholders }: Case) {
  const rule = {
    title: 'case',
    logsource: { product: 'test' },
    detection: detection ?? { selection: when, condition: 'selection' },
  };
  return loadRules(dump(rule), {
    source: 'case.yml',
    placeholders: new Map(Object.entries(placeholders ?? {})),
  });
}

describe.each(readdirSync(FOLDER).sort())('Sigma cases of %s', (file) => {
  it.each(casesIn(file))('$name', (one) => {
    const { rules, issues } = loadCase(one);
    if (one.refused !== undefined) {
      expect(rules).toEqual([]);
      expect(issues.map(({ message }) => message)).toEqual([expect.stringContaining(one.refused)]);
      return;
    }
    expect(issues).toEqual([]);
    const event = {
      fields: new Map(Object.entries(one.event ?? {})),
      logsource: { product: 'test', categories: [], services: [] },
    };
    expect(one.matches).toBeTypeOf('boolean');
    expect(rules.map((rule) => rule.matches(viewEvent(event)))).toEqual([one.matches]);
  });
});
