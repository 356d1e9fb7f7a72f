import type { StixId } from '../model/index.js';
import type { Relation, RelationIndex, RelationType } from './relation.js';

type OfType = (type: RelationType) => readonly Relation[];
type End = 'sourceId' | 'targetId';

function groupByEnd(
  relations: readonly Relation[],
  end: End,
): ReadonlyMap<StixId, readonly Relation[]> {
  const groups = new Map<StixId, Relation[]>();
  for (const relation of relations) {
    const list = groups.get(relation[end]);
    if (list === undefined) groups.set(relation[end], [relation]);
    else list.push(relation);
  }
  return groups;
}

/** Answers by one end; a type is grouped when it is first asked for. */
function indexEnd(ofType: OfType, end: End): RelationIndex['from'] {
  const groups = new Map<RelationType, ReadonlyMap<StixId, readonly Relation[]>>();
  return (stixId, type) => {
    let group = groups.get(type);
    if (group === undefined) {
      group = groupByEnd(ofType(type), end);
      groups.set(type, group);
    }
    return group.get(stixId) ?? [];
  };
}

/** Indexes, by both ends, lists that are already there by type. */
export function indexByEnds(ofType: OfType): Pick<RelationIndex, 'from' | 'to'> {
  return { from: indexEnd(ofType, 'sourceId'), to: indexEnd(ofType, 'targetId') };
}

/** Indexes relationships by type and by both ends, each when it is first asked for. */
export function indexRelations(all: readonly Relation[]): RelationIndex {
  const lists = new Map<RelationType, readonly Relation[]>();
  const ofType: OfType = (type) => {
    const list = lists.get(type) ?? all.filter((relation) => relation.type === type);
    lists.set(type, list);
    return list;
  };
  return { all, ofType, ...indexByEnds(ofType) };
}
