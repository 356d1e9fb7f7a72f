import type { AttackKind, KnowledgeBase } from '../../../src/attack/lookup.js';
import type { MatrixCell } from '../../../src/exporters/index.js';
import { matchesPlatforms } from '../../../src/layers/index.js';
import type { MatrixCell as EvidenceCell } from '../../../src/server/api-types.js';
import { techniquesOf, techniquesOfLogSource } from '../attack/techniques-of.js';
import { type CellKey, cellKey } from '../layers/layer-tab.js';
import type { Comparison, FilterExpression, FilterField } from './parse-filter.js';

/** What a filter looks at besides the cell. */
export interface FilterContext {
  readonly knowledgeBase: KnowledgeBase;
  readonly selection: ReadonlySet<CellKey>;
  readonly evidenceOf: ReadonlyMap<string, EvidenceCell>;
}

/** Whether a cell passes a filter. */
export type CellTest = (cell: MatrixCell) => boolean;

const KINDS: Readonly<Partial<Record<FilterField, AttackKind>>> = {
  group: 'group',
  software: 'software',
  campaign: 'campaign',
  mitigation: 'mitigation',
  component: 'data-component',
  strategy: 'detection-strategy',
};

/** Ids of the techniques of every object of a kind whose id, name or another name is meant. */
function relatedIds(
  { knowledgeBase }: FilterContext,
  kind: AttackKind,
  value: string,
): ReadonlySet<string> {
  const objects = knowledgeBase.ofKind(kind);
  const namesOf = ({ attackId, name, aliases }: (typeof objects)[number]): readonly string[] =>
    [attackId ?? '', name, ...aliases].map((word) => word.toLowerCase());
  const exact = objects.filter((object) => namesOf(object).includes(value));
  const meant =
    exact.length > 0
      ? exact
      : objects.filter((object) => namesOf(object).some((name) => name.includes(value)));
  return new Set(meant.flatMap((object) => [...techniquesOf(knowledgeBase, object)]));
}

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

function stateTest(value: string, { selection }: FilterContext): CellTest {
  const tests: Readonly<Record<string, CellTest>> = {
    annotated: (cell) => cell.annotated,
    unannotated: (cell) => !cell.annotated,
    scored: (cell) => cell.shownScore !== undefined,
    unscored: (cell) => cell.shownScore === undefined,
    disabled: (cell) => !cell.enabled,
    enabled: (cell) => cell.enabled,
    selected: (cell) => selection.has(cellKey(cell.technique.attackId, cell.tactic)),
    technique: (cell) => !cell.technique.isSubtechnique,
    sub: (cell) => cell.technique.isSubtechnique,
  };
  return tests[value] ?? (() => false);
}

function fieldTest(field: FilterField, value: string, context: FilterContext): CellTest {
  const kind = KINDS[field];
  const inIds =
    (ids: ReadonlySet<string>): CellTest =>
    (cell) =>
      ids.has(cell.technique.attackId);
  if (kind !== undefined) return inIds(relatedIds(context, kind, value));
  switch (field) {
    case 'logsource':
      return inIds(
        techniquesOfLogSource(context.knowledgeBase, (name) => name.toLowerCase().includes(value)),
      );
    case 'platform':
      return platformTest(value);
    case 'tactic': {
      const meant = context.knowledgeBase.tactics.filter(({ name, shortname, attackId }) =>
        [name.toLowerCase(), shortname, attackId?.toLowerCase()].includes(value),
      );
      const shortnames = new Set(meant.map(({ shortname }) => shortname));
      return (cell) => shortnames.has(cell.tactic);
    }
    case 'id':
      return (cell) => cell.technique.attackId.toLowerCase().startsWith(value);
    case 'comment':
      return (cell) => (cell.entry?.comment ?? '').toLowerCase().includes(value);
    case 'is':
      return stateTest(value, context);
    default:
      return (cell) => cell.technique.name.toLowerCase().includes(value);
  }
}

/** By the name of a platform or what it was called before; a part of a name is enough. */
function platformTest(value: string): CellTest {
  return ({ technique: { platforms } }) =>
    platforms.some((platform) => platform.toLowerCase().includes(value)) ||
    (platforms.length > 0 && matchesPlatforms(platforms, [value]));
}

function compareTest(
  { field, comparison, value }: Extract<FilterExpression, { kind: 'compare' }>,
  { evidenceOf }: FilterContext,
): CellTest {
  const compare = COMPARE[comparison];
  return (cell) => {
    const evidence = evidenceOf.get(cell.technique.attackId);
    const found =
      field === 'score'
        ? cell.shownScore
        : field === 'hosts'
          ? (evidence?.hosts ?? 0)
          : (evidence?.counts.observed ?? 0);
    return found !== undefined && compare(found, value);
  };
}

/** A filter as a question about one cell; relations are looked up once. */
export function compileFilter(expression: FilterExpression, context: FilterContext): CellTest {
  switch (expression.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = expression.parts.map((part) => compileFilter(part, context));
      return (cell) => tests.every((test) => test(cell));
    }
    case 'or': {
      const tests = expression.parts.map((part) => compileFilter(part, context));
      return (cell) => tests.some((test) => test(cell));
    }
    case 'not': {
      const test = compileFilter(expression.part, context);
      return (cell) => !test(cell);
    }
    case 'compare':
      return compareTest(expression, context);
    case 'field':
      return fieldTest(expression.field, expression.value, context);
    case 'text': {
      const { text } = expression;
      return ({ technique: { name, attackId } }) =>
        name.toLowerCase().includes(text) || attackId.toLowerCase().startsWith(text);
    }
  }
}
