import { AppError, type Domain } from '../model/index.js';
import type { AttackKind, AttackObject, AttackObjectOf, AttackStatus } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { descriptionOf } from './object-text.js';

/** What objects must be like; of the fields given all must fit. Upper and lower case are the same. */
export interface ObjectQuery<K extends AttackKind = AttackKind> {
  readonly kind?: K | undefined;
  /** Default `active`. */
  readonly status?: AttackStatus | 'any' | undefined;
  /** The whole name. */
  readonly name?: string | undefined;
  /** The whole of an alias, or of the name, which ATT&CK lists among the aliases. */
  readonly alias?: string | undefined;
  /** `Windows` */
  readonly platform?: string | undefined;
  /** Shortname, `lateral-movement`; only techniques have tactics. */
  readonly tactic?: string | undefined;
  readonly domain?: Domain | undefined;
  /** True: only sub-techniques. False: only techniques that are none. */
  readonly isSubtechnique?: boolean | undefined;
  /** ISO 8601; later than that. */
  readonly createdAfter?: string | undefined;
  readonly modifiedAfter?: string | undefined;
  /** Stands somewhere in MITRE's description; needs a full bundle. */
  readonly text?: string | undefined;
}

type Test = (object: AttackObject) => boolean;

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

function isLaterThan(time: string, field: 'created' | 'modified'): Test {
  const limit = Date.parse(time);
  if (Number.isNaN(limit))
    throw new AppError('USAGE', `expected a date (2026-04-28), found "${time.slice(0, 80)}"`);
  return (object) => Date.parse(object[field] ?? '') > limit;
}

/**
 * A test for text in the description of an object.
 *
 * @throws AppError `USAGE` when the knowledge base holds no descriptions: nothing found would be untrue.
 */
export function describesText(
  knowledgeBase: KnowledgeBase,
  text: string,
): (object: Pick<AttackObject, 'stixId'>) => boolean {
  if (knowledgeBase.source === 'catalogue') {
    const message =
      'expected a full bundle to search descriptions in, found the catalogue alone, which has none';
    throw new AppError('USAGE', message);
  }
  const wanted = text.toLowerCase();
  return (object) => descriptionOf(knowledgeBase, object)?.toLowerCase().includes(wanted) ?? false;
}

/** Field of a query → the test that it asks for. `kind` and `status` are looked at first, by `candidates`. */
const TESTS: {
  readonly [F in Exclude<keyof ObjectQuery, 'kind' | 'status'>]: (
    value: NonNullable<ObjectQuery[F]>,
    knowledgeBase: KnowledgeBase,
  ) => Test;
} = {
  name: (name) => (object) => isSame(object.name, name),
  alias: (alias) => (object) =>
    isSame(object.name, alias) || object.aliases.some((other) => isSame(other, alias)),
  platform: (platform) => (object) => object.platforms.some((other) => isSame(other, platform)),
  tactic: (tactic) => (object) =>
    object.kind === 'technique' && object.tactics.some((other) => isSame(other, tactic)),
  domain: (domain) => (object) => object.domains.includes(domain),
  isSubtechnique: (isSubtechnique) => (object) =>
    object.kind === 'technique' && object.isSubtechnique === isSubtechnique,
  createdAfter: (time) => isLaterThan(time, 'created'),
  modifiedAfter: (time) => isLaterThan(time, 'modified'),
  // Last: reading a description costs most.
  text: (text, knowledgeBase) => describesText(knowledgeBase, text),
};

function testsOf(knowledgeBase: KnowledgeBase, query: ObjectQuery): readonly Test[] {
  const make = <F extends keyof typeof TESTS>(field: F): readonly Test[] => {
    const value = query[field];
    return value === undefined ? [] : [TESTS[field](value, knowledgeBase)];
  };
  return (Object.keys(TESTS) as (keyof typeof TESTS)[]).flatMap(make);
}

function candidates(
  knowledgeBase: KnowledgeBase,
  { kind, status = 'active' }: ObjectQuery,
): readonly AttackObject[] {
  if (kind !== undefined && status === 'active') return knowledgeBase.ofKind(kind);
  return knowledgeBase.objects.filter(
    (object) =>
      (kind === undefined || object.kind === kind) &&
      (status === 'any' || object.status === status),
  );
}

/**
 * The objects that fit a query: `{ kind: 'technique', platform: 'ESXi', tactic: 'impact' }`.
 *
 * @returns active objects of one kind in the order of their ATT&CK ids, all others in the order of the source.
 * @throws AppError `USAGE` for a date that is none, and for `text` when there is no full bundle.
 */
export function findObjects<K extends AttackKind = AttackKind>(
  knowledgeBase: KnowledgeBase,
  query: ObjectQuery<K>,
): readonly AttackObjectOf<K>[] {
  const tests = testsOf(knowledgeBase, query);
  const found = candidates(knowledgeBase, query).filter((object) =>
    tests.every((fits) => fits(object)),
  );
  return found as readonly AttackObject[] as readonly AttackObjectOf<K>[];
}
