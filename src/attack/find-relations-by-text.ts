import { describesText } from './find-objects.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { Relation } from './relation.js';

/**
 * Relationships whose description holds a text, in any case: procedure examples that name a tool.
 *
 * @throws AppError `USAGE` when the knowledge base is not a full bundle, which alone has descriptions.
 */
export function findRelationsByText(
  knowledgeBase: KnowledgeBase,
  text: string,
): readonly Relation[] {
  const fits = describesText(knowledgeBase, text);
  return knowledgeBase.relations.all.filter(
    ({ stixId }) => stixId !== undefined && fits({ stixId }),
  );
}
