import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { modifyItem } from '../../src/sigma/compile-item.js';
import type { Condition } from '../../src/sigma/condition.js';
import {
  loadRules,
  parsePipeline,
  prepareRules,
  readRules,
  viewEvent,
} from '../../src/sigma/index.js';
import type { Operand } from '../../src/sigma/operand.js';
import { parseCondition } from '../../src/sigma/parse-condition.js';
import { applyPipelines } from '../../src/sigma/pipeline/apply-pipelines.js';
import { ruleText } from '../../src/sigma/pipeline/work-value.js';
import type { FieldItem, Selection, SigmaRule } from '../../src/sigma/sigma-rule.js';

interface Case {
  readonly name: string;
  readonly pipeline: unknown;
  readonly whole?: boolean;
  readonly rule?: Readonly<Record<string, unknown>>;
  readonly detection?: unknown;
  readonly correlation?: unknown;
}

interface Expected {
  readonly refused?: boolean;
  readonly selections?: Readonly<Record<string, unknown>>;
  readonly conditions?: readonly string[];
  readonly logsource?: unknown;
  readonly groupBy?: readonly string[];
  readonly aliases?: unknown;
  readonly fields?: readonly unknown[];
}

const BASE = {
  title: 'case',
  name: 'base',
  logsource: { product: 'windows', category: 'process_creation' },
};

const read = (path: string): string => readFileSync(`test/sigma/pipeline/${path}`, 'utf8');
const cases = load(read('cases.yml')) as readonly Case[];
const expectedCases = JSON.parse(read('expected.json')) as Readonly<Record<string, Expected>>;

function pipelineOf({ pipeline, whole = false }: Pick<Case, 'pipeline' | 'whole'>) {
  const text = dump(whole ? pipeline : { transformations: pipeline });
  const parsed = parsePipeline(text, { source: 'pipeline.yml' });
  expect(parsed.issues).toEqual([]);
  if (parsed.pipeline === undefined) throw new Error('no pipeline');
  return parsed.pipeline;
}

/** In the shapes that scripts/pysigma-pipelines.py writes. */
function showSelection(selection: Selection): unknown {
  if (selection.kind === 'item') return showItem(selection);
  return { [selection.kind === 'all-of' ? 'and' : 'or']: selection.parts.map(showSelection) };
}

function showItem(item: FieldItem): unknown {
  const isRegex = item.modifiers.includes('re');
  const modifiers = item.modifiers.filter((modifier) => modifier !== 'expand');
  const modified = modifyItem({ ...item, modifiers }, new Map());
  if ('kind' in modified) return modified.message;
  const values = modified.values.map((operands, index) => {
    const raw = item.values[index];
    if (isRegex) {
      const flags = item.modifiers.includes('i') ? 'i' : '';
      return `regex:${flags}:${String(raw).replace(/^\^([\s\S]*)\$$/, '$1')}`;
    }
    if (modifiers.length === 0 && raw !== null && typeof raw !== 'string')
      return `${typeof raw === 'boolean' ? 'bool' : 'number'}:${raw}`;
    return showOperands(operands);
  });
  return [item.field ?? null, values.length > 1 ? modified.linking : 'any', values];
}

function showOperands([operand, second]: readonly Operand[]): string {
  if (operand?.kind === 'field') return `field:${operand.field}`;
  if (operand?.kind === 'null') return 'null';
  return operand?.kind === 'text' && second === undefined
    ? `text:${ruleText(operand.pattern)}`
    : 'other';
}

/** Flattens what is joined twice in the same way, as the text of a condition shows it. */
function flat(condition: Condition): unknown {
  if (condition.kind === 'not') return { not: flat(condition.part) };
  if (condition.kind !== 'and' && condition.kind !== 'or') return condition;
  const parts = condition.parts.flatMap((part) =>
    part.kind === condition.kind ? part.parts.map(flat) : [flat(part)],
  );
  return parts.length === 1 ? parts[0] : { [condition.kind]: parts };
}

/** Groups in pySigma keep kinds of values together; ours may split an item by modifiers: compared as sets of values. */
function merged(node: unknown): unknown {
  if (Array.isArray(node) || typeof node !== 'object' || node === null) return node;
  const [[kind, parts] = ['and', []]] = Object.entries(node) as [string, unknown[]][];
  const shown = parts.map(merged);
  const first = shown[0];
  const areItems = shown.every(
    (part) => Array.isArray(part) && Array.isArray(first) && part[0] === first[0],
  );
  if (kind === 'or' && areItems && Array.isArray(first))
    return [first[0], 'any', shown.flatMap((part) => (part as [string, string, string[]])[2])];
  return { [kind]: shown };
}

function sorted(node: unknown): unknown {
  if (Array.isArray(node) && Array.isArray(node[2])) return [node[0], node[1], [...node[2]].sort()];
  return node;
}

describe('processing pipelines, compared with pySigma 2.0.1', () => {
  it('has an expectation for every case', () => {
    expect(cases.map(({ name }) => name)).toEqual(Object.keys(expectedCases));
  });

  it.each(cases.filter((one) => one.correlation === undefined))('$name', (one) => {
    const document = { ...BASE, ...one.rule, detection: one.detection };
    const [rule] = readRules(dump(document), { source: 'rule.yml' }).rules;
    if (rule === undefined) throw new Error('no rule');
    const changed = applyPipelines<SigmaRule>(rule.rule, [pipelineOf(one)], document);
    const expected = expectedCases[one.name];
    if (expected?.refused === true) {
      expect(changed.kind as string).toBe('problem');
      return;
    }
    if (changed.kind !== 'rule') throw new Error(JSON.stringify(changed));
    const shown = [...changed.selections].map(([name, selection]) => [
      name,
      sorted(merged(showSelection(selection))),
    ]);
    const wanted = Object.entries(expected?.selections ?? {})
      .filter(([, node]) => node !== null)
      .map(([name, node]) => [name, sorted(merged(node))]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
    expect(changed.conditions.map(flat)).toEqual(
      expected?.conditions?.map((text) => {
        const condition = parseCondition(text);
        return condition.kind === 'problem' ? condition : flat(condition);
      }),
    );
    expect({ ...changed.logsource }).toEqual(expected?.logsource);
  });

  it.each(cases.filter((one) => one.correlation !== undefined))('$name', (one) => {
    const document = { title: 'case', correlation: one.correlation };
    const [read] = readRules(dump(document), { source: 'rule.yml' }).correlations;
    if (read === undefined) throw new Error('no correlation');
    const changed = applyPipelines(read.rule, [pipelineOf(one)], document);
    const expected = expectedCases[one.name];
    if (expected?.refused === true) {
      expect(changed.kind as string).toBe('problem');
      return;
    }
    if (changed.kind !== 'correlation') throw new Error(JSON.stringify(changed));
    const { condition } = changed;
    expect({
      groupBy: changed.groupBy,
      aliases: changed.aliases,
      fields: condition.kind === 'compare' ? condition.fields : [],
    }).toEqual(expected);
  });
});

describe('processing pipelines', () => {
  const rule = (detection: unknown) => dump({ ...BASE, detection });
  const eventOf = (fields: Readonly<Record<string, string>>) =>
    viewEvent({
      fields: new Map(Object.entries(fields)),
      logsource: { product: 'windows', categories: [], services: [] },
    });

  it('change what a rule matches', () => {
    const pipelines = [
      pipelineOf({ pipeline: [{ type: 'field_name_mapping', mapping: { Image: ['a', 'b'] } }] }),
    ];
    const text = rule({ sel: { 'Image|endswith': '\\cmd.exe' }, condition: 'sel' });
    const { rules } = loadRules(text, { source: 'rule.yml', pipelines });
    expect(rules[0]?.matches(eventOf({ b: 'C:\\CMD.exe' }))).toBe(true);
    expect(rules[0]?.matches(eventOf({ Image: 'C:\\cmd.exe' }))).toBe(false);
  });

  it('are applied in the order of their priority, and share their variables', () => {
    const first = pipelineOf({
      whole: true,
      pipeline: { priority: 10, transformations: [{ type: 'field_name_prefix', prefix: 'a.' }] },
    });
    const second = pipelineOf({
      whole: true,
      pipeline: {
        priority: 20,
        vars: { names: ['x'] },
        transformations: [{ type: 'field_name_prefix', prefix: 'b.' }],
      },
    });
    const text = rule({ sel: { F: '1' }, condition: 'sel' });
    const { rules } = loadRules(text, { source: 'rule.yml', pipelines: [second, first] });
    expect(rules[0]?.matches(eventOf({ 'b.a.F': '1' }))).toBe(true);
  });

  it('come after the filters of rules', () => {
    const filter = dump({
      title: 'f',
      logsource: BASE.logsource,
      filter: { rules: ['base'], ok: { User: 'adm' }, condition: 'not ok' },
    });
    const { rules, issues } = prepareRules(
      [filter, rule({ sel: { Image: 'x' }, condition: 'sel' })].map((text) =>
        readRules(text, { source: 'a.yml' }),
      ),
      { pipelines: [pipelineOf({ pipeline: [{ type: 'field_name_prefix', prefix: 'p.' }] })] },
    );
    expect(issues).toEqual([]);
    expect(rules[0]?.matches(eventOf({ 'p.Image': 'x', 'p.User': 'adm' }))).toBe(false);
    expect(rules[0]?.matches(eventOf({ 'p.Image': 'x' }))).toBe(true);
  });

  it('refuse a rule with the words of their author, and the rule’s place', () => {
    const pipelines = [pipelineOf({ pipeline: [{ type: 'rule_failure', message: 'not here' }] })];
    const text = rule({ sel: { F: '1' }, condition: 'sel' });
    expect(loadRules(text, { source: 'rule.yml', pipelines })).toMatchObject({
      rules: [],
      refused: 1,
      issues: [{ code: 'RULE_UNSUPPORTED', message: expect.stringContaining('not here') }],
    });
  });

  it('leave a rule of which they drop everything unused', () => {
    const pipelines = [pipelineOf({ pipeline: [{ type: 'drop_detection_item' }] })];
    const text = rule({ sel: { F: '1' }, condition: 'sel' });
    expect(loadRules(text, { source: 'rule.yml', pipelines })).toMatchObject({
      rules: [],
      issues: [{ message: 'the pipeline leaves nothing of the condition' }],
    });
  });

  it.each([
    ['- 1\n', 1, 1, 'expected one document'],
    ['transformations: [\n', 2, 1, 'not YAML'],
    ['name: x\nextra: 1\n', 2, 1, 'unknown key "extra"'],
    ['transformations:\n  - type: nothing\n', 2, 5, 'unknown transformation "nothing"'],
    ['transformations:\n  - field: nothing\n', 2, 5, 'unknown transformation undefined'],
    ['transformations:\n  - type: field_name_prefix\n', 2, 5, 'prefix: expected a text'],
    [
      'transformations:\n  - type: field_name_prefix\n    prefix: a\n    sufix: b\n',
      4,
      5,
      'unknown parameter "sufix"',
    ],
    [
      'transformations:\n  - type: field_name_prefix\n    prefix: a\n    rule_conditions:\n      - type: nothing\n',
      5,
      9,
      'unknown condition "nothing"',
    ],
    [
      "transformations:\n  - type: replace_string\n    regex: '('\n    replacement: a\n",
      3,
      5,
      'regular expression',
    ],
    [
      "transformations:\n  - type: replace_string\n    regex: '(a+)+b'\n    replacement: a\n",
      3,
      5,
      'repeats a repetition',
    ],
    [
      "transformations:\n  - type: replace_string\n    regex: '(a|a)*b'\n    replacement: a\n",
      3,
      5,
      'repeats a repetition',
    ],
    [
      'transformations:\n  - type: drop_detection_item\n    field_name_cond_expr: a and b\n    field_name_conditions: {a: {type: include_fields, fields: x}}\n',
      3,
      5,
      'no condition is called "b"',
    ],
    ['vars: {a: {b: 1}}\n', 1, 8, '"a": expected texts'],
    ['postprocessing:\n  - type: nothing\n', 2, 5, 'unknown type "nothing"'],
  ])('say what is wrong and where: %j', (text, line, column, message) => {
    const { pipeline, issues } = parsePipeline(text, { source: 'p.yml' });
    expect(pipeline).toBeUndefined();
    expect(issues[0]).toEqual({
      kind: 'issue',
      code: 'PIPELINE_INVALID',
      message: expect.stringContaining(message),
      at: { source: 'p.yml', line, column },
    });
  });

  it.each([
    ['query_expression_placeholders', 'transformations', 'is about the text of queries'],
    ['file_placeholders', 'transformations', 'reads other files'],
    ['http_placeholders', 'transformations', 'reads the network'],
    ['command_placeholders', 'transformations', 'runs a command'],
    ['field_name_transform', 'transformations', 'needs a function of Python'],
    ['embed', 'postprocessing', 'postprocessing changes the text of queries'],
    ['concat', 'finalizers', 'finalizers changes the text of queries'],
  ])('leave %s out, say so, and do the rest', (type, key, message) => {
    const text = dump({ [key]: [{ type }], name: 'x' });
    const { pipeline, issues } = parsePipeline(text, { source: 'p.yml' });
    expect(pipeline).toBeDefined();
    expect(issues).toMatchObject([
      { code: 'PIPELINE_UNSUPPORTED', message: expect.stringContaining(message) },
    ]);
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `transformations: ${json}`),
        ),
        (text) => {
          const { issues, pipeline } = parsePipeline(text, { source: 'p.yml' });
          expect(pipeline === undefined).toBe(
            issues.some(({ code }) => code === 'PIPELINE_INVALID'),
          );
        },
      ),
    );
  });

  it('leave rules as they are when they change nothing', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a\\*?%b]{0,8}$/),
        fc.constantFrom('', '|contains', '|endswith', '|startswith', '|windash|contains', '|re'),
        fc.stringMatching(/^[a\\*?%b]{0,8}$/),
        (value, modifiers, text) => {
          const detection = { sel: { [`F${modifiers}`]: value }, condition: 'sel' };
          const pipelines = [pipelineOf({ pipeline: [{ type: 'case', method: 'lower' }] })];
          const plain = loadRules(rule(detection), { source: 'a.yml' }).rules[0];
          const piped = loadRules(rule(detection), { source: 'a.yml', pipelines }).rules[0];
          const view = eventOf({ F: text });
          expect(piped?.matches(view)).toBe(plain?.matches(view));
        },
      ),
    );
  });
});
