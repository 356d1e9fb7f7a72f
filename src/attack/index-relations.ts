import type { StixId } from '../model/index.js';
import type { Relation, RelationIndex, RelationType } from './relation.js';

type End = ReadonlyMap<StixId, readonly Relation[]>;

function groupBy(relations: readonly Relation[], end: 'sourceId' | 'targetId'): End {
  const groups = new Map<StixId, Relation[]>();
  for (const relation of relations) {
    const list = groups.get(relation[end]);
    if (list === undefined) groups.set(relation[end], [relation]);
    else list.push(relation);
  }
  return groups;
}

/** Indexes relationships by both ends; an end is indexed when it is first asked for. */
export function indexRelations(all: readonly Relation[]): RelationIndex {
  let bySource: End | undefined;
  let byTarget: End | undefined;
  const pick = (list: readonly Relation[] | undefined, type: RelationType): readonly Relation[] =>
    list?.filter((relation) => relation.type === type) ?? [];
  return {
    all,
    from(stixId, type) {
      bySource ??= groupBy(all, 'sourceId');
      return pick(bySource.get(stixId), type);
    },
    to(stixId, type) {
      byTarget ??= groupBy(all, 'targetId');
      return pick(byTarget.get(stixId), type);
    },
  };
}
