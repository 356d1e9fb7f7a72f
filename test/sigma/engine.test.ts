import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { evtxCollector } from '../../src/collectors/evtx-collector.js';
import type { Event } from '../../src/collectors/index.js';
import {
  type CompiledRule,
  compileRuleSet,
  createRuleEngine,
  decodePack,
  encodePack,
  loadRules,
  logsourceApplies,
  type SigmaEvent,
  viewEvent,
} from '../../src/sigma/index.js';
import {
  ChunkWriter,
  element,
  NULL,
  slot,
  type Template,
  uint,
  utf16,
  type Value,
  writeLog,
  text as writeText,
} from '../evtx/evtx-writer.js';
import { addEvent } from '../evtx/made-up-events.js';
import { piecesOf } from '../evtx/read-log.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { readEvents } from './read-events.js';

const SIGMA = '../shared/data/sigma';
const DATASETS = '../shared/data/security-datasets/windows';
const present = existsSync(SIGMA) && existsSync(DATASETS);

/** What each rule says by itself: the answer that the engine has to give. */
function matchNaively(rules: readonly CompiledRule[], event: SigmaEvent): number[] {
  const view = viewEvent(event);
  return rules.flatMap(({ rule, matches }, index) =>
    logsourceApplies(rule.logsource, event.logsource) && matches(view) ? [index] : [],
  );
}

function engineOf(rules: readonly CompiledRule[]) {
  const plain = rules.map(({ rule }) => rule);
  return createRuleEngine(
    compileRuleSet(plain),
    plain.map(({ logsource }) => logsource),
  );
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .sort();
}

function allRules(): CompiledRule[] {
  return readdirSync(SIGMA)
    .filter((name) => name.startsWith('rules'))
    .flatMap((name) => filesBelow(join(SIGMA, name), '.yml'))
    .flatMap((file) => loadRules(readFileSync(file, 'utf8'), { source: file }).rules);
}

/** The first events of every dataset, as one file of lines. */
function datasetLines(perFile: number): string {
  const lines: string[] = [];
  for (const zip of filesBelow(DATASETS, '.zip'))
    for (const bytes of Object.values(unzipSync(readFileSync(zip), { filter: isJson })))
      lines.push(...Buffer.from(bytes).toString('utf8').split('\n').slice(0, perFile));
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function isJson({ name, originalSize }: { name: string; originalSize: number }): boolean {
  return name.endsWith('.json') && originalSize < 20_000_000;
}

describe('the engine says what the rules say one by one', () => {
  it.skipIf(!present)(
    'for all SigmaHQ rules and all events given (needs ../shared/data)',
    async () => {
      const rules = allRules();
      const engine = engineOf(rules);
      const events: Event[] = [];
      for (const file of filesBelow(join(SIGMA, 'regression_data'), '.json'))
        events.push(...(await readEvents(readFileSync(file), file)).events);
      events.push(...(await readEvents(datasetLines(20))).events);
      expect(rules.length).toBeGreaterThan(3_700);
      expect(events.length).toBeGreaterThan(500);
      let matches = 0;
      for (const event of events) {
        const expected = matchNaively(rules, event);
        matches += expected.length;
        expect([...engine.match(event)], `${event.source} ${event.record}`).toEqual(expected);
      }
      expect(matches).toBeGreaterThan(150);
    },
    180_000,
  );

  it.skipIf(!present)(
    'for all SigmaHQ rules and the first events of all event logs given (needs ../shared/data)',
    async () => {
      const rules = allRules();
      const engine = engineOf(rules);
      let matches = 0;
      for (const folder of ['evtx', 'evtx-to-mitre', 'sigma/regression_data'])
        for (const file of filesBelow(join('../shared/data', folder), '.evtx'))
          for (const event of (await readLog(readFileSync(file))).slice(0, 5)) {
            const expected = matchNaively(rules, event);
            matches += expected.length;
            expect([...engine.match(event)], `${file} ${event.record}`).toEqual(expected);
          }
      expect(matches).toBeGreaterThan(150);
    },
    180_000,
  );

  it('for made-up rules and event logs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ruleText(), { minLength: 1, maxLength: 12 }),
        fc.array(fc.array(logValue(), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (texts, manyValues) => {
          const rules = texts.flatMap((text) => [
            ...loadRules(text, { source: 'made-up.yml' }).rules,
          ]);
          const engine = engineOf(rules);
          const events = await readLog(logOf(manyValues));
          expect(events.length).toBe(manyValues.length);
          for (const event of events)
            expect([...engine.match(event)]).toEqual(matchNaively(rules, event));
        },
      ),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('for made-up rules and lines of JSON, whatever is escaped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ruleText(), { minLength: 1, maxLength: 12 }),
        fc.array(jsonLine(), { minLength: 2, maxLength: 6 }),
        async (texts, lines) => {
          const rules = texts.flatMap((text) => [
            ...loadRules(text, { source: 'made-up.yml' }).rules,
          ]);
          const engine = engineOf(rules);
          const { events } = await readEvents(`${lines.join('\n')}\n`);
          expect(events.length).toBe(lines.length);
          for (const event of events)
            expect([...engine.match(event)]).toEqual(matchNaively(rules, event));
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('for made-up rules and events', () => {
    fc.assert(
      fc.property(
        fc.array(ruleText(), { minLength: 1, maxLength: 12 }),
        fc.array(eventFields(), { minLength: 1, maxLength: 6 }),
        (texts, manyFields) => {
          const rules = texts.flatMap((text) => [
            ...loadRules(text, { source: 'made-up.yml' }).rules,
          ]);
          const engine = engineOf(rules);
          for (const fields of manyFields) {
            const event = { fields: new Map(Object.entries(fields)), logsource: LOGSOURCE };
            expect([...engine.match(event)]).toEqual(matchNaively(rules, event));
          }
        },
      ),
      { numRuns: fuzzRuns(400) },
    );
  });

  it('for the same rules out of a pack', () => {
    fc.assert(
      fc.property(
        fc.array(ruleText(), { minLength: 1, maxLength: 8 }),
        eventFields(),
        (texts, fields) => {
          const rules = texts.flatMap((text) => [
            ...loadRules(text, { source: 'made-up.yml' }).rules,
          ]);
          const plain = rules.map(({ rule }) => rule);
          const bytes = encodePack({
            rules: plain,
            correlations: [],
            issues: [],
            refused: 0,
            image: compileRuleSet(plain),
          });
          const pack = decodePack(bytes);
          expect(pack?.rules).toEqual(plain);
          const event = { fields: new Map(Object.entries(fields)), logsource: LOGSOURCE };
          const logsources = plain.map(({ logsource }) => logsource);
          const engine = pack && createRuleEngine(pack.image, logsources);
          expect([...(engine?.match(event) ?? [])]).toEqual(matchNaively(rules, event));
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });
});

const LOGSOURCE = { product: 'windows', categories: ['process_creation'], services: ['sysmon'] };
const FIELDS = ['Image', 'CommandLine', 'User', 'EventID'] as const;

// Letters whose lower case is of another length, in ASCII, or depends on what is beside them.
const LETTERS = ['a', 'A', 'b', 'B', 'k', 'K', 'i', 'İ', 'σ', 'Σ', 'ς', 'ß', '\u212a', 'é'];
const SIGNS = [' ', '-', '/', '\\', '.', '–', '1', '0'];

function text(extra: readonly string[]) {
  const letter = fc.constantFrom(...LETTERS, ...SIGNS, ...extra);
  return fc.array(letter, { maxLength: 5 }).map((letters) => letters.join(''));
}

function value() {
  return fc.oneof(
    { weight: 8, arbitrary: text(['*', '?', '\\*']) },
    { weight: 1, arbitrary: fc.constantFrom(null, 1, 10, true) },
  );
}

const MODIFIERS = [
  '',
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|contains|all',
  '|contains|windash',
  '|endswith|cased',
  '|contains|cased',
  '|base64offset|contains',
  '|wide|base64offset|contains',
  '|neq',
  '|gt',
  '|fieldref',
  '|fieldref|startswith',
  '|exists',
  '|re',
  '|re|i',
  '|cidr',
];
const PATTERNS = ['a.*b', '(?i)ak+', '^b', 'k$', '[^a]{2}', '(ab|ba)1?', 'é', '\\\\.+\\.', 'i', ''];

function item() {
  return fc
    .record({
      field: fc.constantFrom(...FIELDS),
      modifier: fc.constantFrom(...MODIFIERS),
      values: fc.array(value(), { minLength: 1, maxLength: 5 }),
      pattern: fc.constantFrom(...PATTERNS),
      other: fc.constantFrom(...FIELDS),
    })
    .map(({ field, modifier, values, pattern, other }): [string, unknown] => {
      if (modifier.startsWith('|re')) return [field + modifier, pattern];
      if (modifier.startsWith('|fieldref')) return [field + modifier, other];
      if (modifier === '|exists') return [field + modifier, values.length > 2];
      if (modifier === '|cidr') return [field + modifier, '10.0.0.0/8'];
      return [field + modifier, values];
    });
}

function selection() {
  const map = fc.array(item(), { minLength: 1, maxLength: 3 }).map(Object.fromEntries);
  const keywords = fc.array(
    text(['*', 'keyword', 'word']).filter((one) => one !== ''),
    { minLength: 1, maxLength: 3 },
  );
  return fc.oneof(
    { weight: 5, arbitrary: map },
    { weight: 2, arbitrary: fc.array(map, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: keywords },
    { weight: 1, arbitrary: keywords.map((words) => ({ '|all': words })) },
  );
}

function ruleText() {
  return fc
    .record({
      one: selection(),
      two: selection(),
      three: selection(),
      condition: fc.constantFrom(
        'one',
        'one and not two',
        'one or two and three',
        '1 of them',
        'all of them',
        'not (one or two)',
        'not one and not 1 of t*',
        '(one and two) or not three',
      ),
    })
    .map(({ condition, ...selections }) =>
      JSON.stringify({
        title: 'made up',
        logsource: { product: 'windows' },
        detection: { ...selections, condition },
      }),
    );
}

function eventFields() {
  const scalar = fc.oneof(
    { weight: 6, arbitrary: text(['10.1.2.3']) },
    { weight: 1, arbitrary: fc.constantFrom(null, 1, 10, 4688, true, false) },
  );
  const field = fc.oneof(
    { weight: 6, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  );
  return fc.dictionary(fc.constantFrom(...FIELDS, 'Other'), field, { maxKeys: 5 });
}

/** A flat Windows event on one line; some characters as `\\u` escapes. */
function jsonLine() {
  const words = text(['keyword', 'WORD', "a'b", '<', '"', '\t']);
  const long = words.map((word) => word.repeat(6));
  return fc
    .record({
      fields: fc.dictionary(fc.constantFrom(...FIELDS.slice(0, 3), 'Other'), fc.oneof(words, long)),
      escaped: fc.constantFrom(/`/g, /['<>&]/g, /[^ -~]/g, /[kw]/gi),
    })
    .map(({ fields, escaped }) => {
      const event = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', ...fields };
      const toEscape = (letter: string) =>
        `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const names = new Set([...Object.keys(event), event.Channel]);
      return JSON.stringify(event).replace(/"(?:[^"\\]|\\.)*"/g, (quoted) =>
        names.has(quoted.slice(1, -1)) ? quoted : quoted.replace(escaped, toEscape),
      );
    });
}

async function readLog(log: Uint8Array): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const batch of evtxCollector.read({
    source: 'some.evtx',
    chunks: piecesOf(log, 65_536),
  }))
    events.push(...batch.events);
  return events;
}

/** Values of the kinds that event logs have. */
function logValue() {
  return fc.oneof(
    { weight: 6, arbitrary: text(['10.1.2.3', '\0', 'keyword', 'WORD']).map(writeText) },
    { weight: 1, arbitrary: fc.constantFrom(NULL, uint(0x07, 4, 10n), uint(0x15, 8, 0xabn)) },
    { weight: 1, arbitrary: fc.constant({ type: 0x81, bytes: utf16('a\0kB\0') }) },
    { weight: 1, arbitrary: fc.constant({ type: 0x02, bytes: [0x61, 0x62] }) },
  );
}

const NAMED: Template = {
  id: 0xc3,
  root: element(
    'EventData',
    {},
    [...FIELDS.slice(0, 3), 'Other'].map((name, index) => ({
      ...element('Data', { Name: name }, [slot(index)]),
      dependency: index % 2 === 0 ? index : -1,
    })),
  ),
};

function logOf(manyValues: readonly (readonly Value[])[]): Uint8Array {
  const writer = new ChunkWriter();
  for (const values of manyValues) addEvent(writer, { template: NAMED, values });
  return writeLog([writer.finish()]);
}

describe('rules of any size', () => {
  it('may have two hundred thousand values', () => {
    const values = Array.from({ length: 200_000 }, (_, index) => `value-${index}`);
    const detection = {
      one: { 'Image|contains': values.slice(0, 100_000) },
      two: values.slice(100_000),
      condition: 'one or two',
    };
    const text = JSON.stringify({ title: 'large', logsource: { product: 'windows' }, detection });
    const { rules, issues } = loadRules(text, { source: 'large.yml' });
    expect(issues.map(({ message }) => message)).toEqual([]);
    const engine = engineOf(rules);
    const match = (fields: [string, string][]) => [
      ...engine.match({ logsource: LOGSOURCE, fields: new Map(fields) }),
    ];
    expect(match([['Image', 'a VALUE-99999']])).toEqual([0]);
    expect(match([['Other', 'value-199999 b']])).toEqual([0]);
    expect(match([['Image', 'value']])).toEqual([]);
  });

  it('finds nothing with no rules', () => {
    expect([...engineOf([]).match({ logsource: LOGSOURCE, fields: new Map() })]).toEqual([]);
  });
});
