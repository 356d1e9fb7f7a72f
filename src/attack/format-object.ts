import type { StixId } from '../model/index.js';
import type { KnowledgeBase } from './knowledge-base.js';

/**
 * An object, or with a full bundle also a relationship, as indented JSON for people.
 *
 * @returns MITRE's STIX with a full bundle, else Portolan's facts; undefined when there is no such object.
 */
export function formatObject(knowledgeBase: KnowledgeBase, stixId: StixId): string | undefined {
  const object = knowledgeBase.stix(stixId) ?? knowledgeBase.byStixId.get(stixId);
  return object && JSON.stringify(object, undefined, 2);
}
