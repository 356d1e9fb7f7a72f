import type { Domain, StixId } from '../model/index.js';
import type { AttackKind, AttackObject, AttackObjectOf, Tactic } from './attack-object.js';
import type { KnowledgeBase, StixObject } from './knowledge-base.js';
import type { RelationIndex } from './relation.js';

/** What a knowledge base is made of; the maps may compute what they hold when it is asked for. */
export interface KnowledgeBaseParts {
  readonly domains: readonly Domain[];
  readonly version: string;
  readonly released?: string | undefined;
  readonly source: KnowledgeBase['source'];
  readonly carriedOver?: readonly string[] | undefined;
  readonly byStixId: ReadonlyMap<StixId, AttackObject>;
  readonly byAttackId: ReadonlyMap<string, AttackObject>;
  /** Every object of a kind, whatever its status. Default: looked for in `byStixId`. */
  readonly allOfKind?:
    | (<K extends AttackKind>(kind: K) => readonly AttackObjectOf<K>[])
    | undefined;
  readonly relations: RelationIndex;
  readonly stix?: ((stixId: StixId) => StixObject | undefined) | undefined;
}

const byId = (a: AttackObject, b: AttackObject): number => {
  const [left, right] = [a.attackId ?? '~', b.attackId ?? '~'];
  return left < right ? -1 : left > right ? 1 : a.stixId < b.stixId ? -1 : 1;
};

type OfKind = KnowledgeBase['ofKind'];

/** Builds the lists of active objects, each when it is first asked for. */
function listActive(allOfKind: OfKind): OfKind {
  const lists = new Map<AttackKind, readonly AttackObject[]>();
  return <K extends AttackKind>(kind: K): readonly AttackObjectOf<K>[] => {
    const list =
      lists.get(kind) ??
      allOfKind(kind)
        .filter(({ status }) => status === 'active')
        .sort(byId);
    lists.set(kind, list);
    return list as readonly AttackObjectOf<K>[];
  };
}

/** Active tactics in the order of the active matrices; tactics of no matrix come last. */
function orderTactics(
  ofKind: OfKind,
  byStixId: ReadonlyMap<StixId, AttackObject>,
): readonly Tactic[] {
  const ordered = new Map<StixId, Tactic>();
  const add = (object: AttackObject | undefined): void => {
    if (object?.kind === 'tactic' && object.status === 'active') ordered.set(object.stixId, object);
  };
  for (const { tacticIds } of ofKind('matrix')) {
    for (const tacticId of tacticIds) add(byStixId.get(tacticId));
  }
  for (const tactic of ofKind('tactic')) add(tactic);
  return [...ordered.values()];
}

/** Assembles one version of ATT&CK; lists are made when they are first asked for. */
export function buildKnowledgeBase(parts: KnowledgeBaseParts): KnowledgeBase {
  const { byStixId } = parts;
  let objects: readonly AttackObject[] | undefined;
  let tactics: readonly Tactic[] | undefined;
  const allObjects = (): readonly AttackObject[] => {
    objects ??= [...byStixId.values()];
    return objects;
  };
  const search = <K extends AttackKind>(kind: K): readonly AttackObjectOf<K>[] =>
    allObjects().filter((object): object is AttackObjectOf<K> => object.kind === kind);
  const ofKind = listActive(parts.allOfKind ?? search);
  return {
    domain: parts.domains[0] ?? 'enterprise-attack',
    domains: parts.domains,
    version: parts.version,
    released: parts.released,
    source: parts.source,
    carriedOver: parts.carriedOver ?? [],
    get objects() {
      return allObjects();
    },
    byStixId,
    byAttackId: parts.byAttackId,
    relations: parts.relations,
    get tactics() {
      tactics ??= orderTactics(ofKind, byStixId);
      return tactics;
    },
    ofKind,
    stix: parts.stix ?? (() => undefined),
  };
}
