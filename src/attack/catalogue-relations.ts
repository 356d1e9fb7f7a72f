import type { StixId } from '../model/index.js';
import { splitList } from './catalogue-text.js';
import { cutCycles } from './cut-cycles.js';
import { indexByEnds } from './index-relations.js';
import {
  RELATION_TYPES,
  type Relation,
  type RelationIndex,
  type RelationType,
} from './relation.js';

/** How lines name objects, and back. */
interface References {
  resolve(reference: string): StixId;
  referTo(stixId: StixId): string;
}

/** Look-ups answered from the lines before the whole index is worth its making. */
const LOOK_UPS_BEFORE_INDEX = 200;

function parseLine(line: string, resolve: References['resolve']): readonly Relation[] {
  const [type, source = '', targets, uuids] = line.split('\t');
  const ids = uuids?.split('|') ?? [];
  const sourceId = resolve(source);
  return splitList(targets).map((target, index) => ({
    type: type as RelationType,
    sourceId,
    targetId: resolve(target),
    stixId: ids[index] ? (`relationship--${ids[index]}` as StixId) : undefined,
  }));
}

/**
 * Relations over the lines of a catalogue.
 *
 * A single question ("who uses T1059?") reads only the lines that name it; after 200 questions the types asked
 * for are indexed, each once. All relations of a type are parsed when they are asked for.
 */
export function catalogueRelations(
  lines: readonly string[],
  { resolve, referTo }: References,
): RelationIndex {
  const linesOf = new Map<RelationType, string[]>(RELATION_TYPES.map((type) => [type, []]));
  for (const line of lines)
    linesOf.get(line.slice(0, line.indexOf('\t')) as RelationType)?.push(line);

  const parsed = new Map<RelationType, readonly Relation[]>();
  const ofType = (type: RelationType): readonly Relation[] => {
    let list = parsed.get(type);
    if (list === undefined) {
      const found = (linesOf.get(type) ?? []).flatMap((line) => parseLine(line, resolve));
      list = cutCycles(found).relations;
      parsed.set(type, list);
    }
    return list;
  };
  const index = indexByEnds(ofType);

  let lookUps = 0;
  const isIndexed = (type: RelationType): boolean => {
    lookUps += 1;
    return lookUps > LOOK_UPS_BEFORE_INDEX || parsed.has(type);
  };
  let all: readonly Relation[] | undefined;
  return {
    get all() {
      all ??= RELATION_TYPES.flatMap(ofType);
      return all;
    },
    ofType,
    from(stixId, type) {
      if (isIndexed(type)) return index.from(stixId, type);
      const start = `${type}\t${referTo(stixId)}\t`;
      const found = linesOf.get(type)?.filter((line) => line.startsWith(start)) ?? [];
      return found.flatMap((line) => parseLine(line, resolve));
    },
    to(stixId, type) {
      if (isIndexed(type)) return index.to(stixId, type);
      const reference = referTo(stixId);
      const found = linesOf.get(type)?.filter((line) => line.includes(reference)) ?? [];
      return found.flatMap((line) => parseMatching(line, reference, resolve));
    },
  };
}

/** The relations of a line whose target is `reference`; other targets stay unresolved. */
function parseMatching(
  line: string,
  reference: string,
  resolve: References['resolve'],
): readonly Relation[] {
  const [type, source = '', targets, uuids] = line.split('\t');
  const ids = uuids?.split('|') ?? [];
  return splitList(targets).flatMap((target, index) => {
    if (target !== reference) return [];
    const stixId = ids[index] ? (`relationship--${ids[index]}` as StixId) : undefined;
    return [
      { type: type as RelationType, sourceId: resolve(source), targetId: resolve(target), stixId },
    ];
  });
}
