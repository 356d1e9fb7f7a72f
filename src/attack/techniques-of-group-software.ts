import type { Group, Technique } from './attack-object.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { inheritRelatedList, type Related } from './merge-related.js';
import { isDirectlyRelated, relatedObjects } from './related-objects.js';

/**
 * What the software of a group can do: the techniques of all software that the group itself uses.
 *
 * Not evidence that the group did it. Software known only from the group's campaigns does not count.
 *
 * @returns each technique once, with every way to it: software uses technique, group uses software.
 */
export function techniquesOfGroupSoftware(
  knowledgeBase: KnowledgeBase,
  { stixId }: Pick<Group, 'stixId'>,
): readonly Related<Technique>[] {
  const direct = relatedObjects(knowledgeBase, stixId, 'software').flatMap((related) => {
    if (!isDirectlyRelated(related, stixId)) return [];
    const relations = related.relations.filter(({ sourceId }) => sourceId === stixId);
    return [{ object: related.object, relations }];
  });
  return inheritRelatedList(direct, (softwareId) =>
    relatedObjects(knowledgeBase, softwareId, 'technique'),
  );
}
