import { type AttackObject, findObjects, type KnowledgeBase } from '../attack/index.js';

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** Sub-techniques by "Parent: Sub", as MITRE's pages title them. */
function subtechniquesNamed(knowledgeBase: KnowledgeBase, name: string): readonly AttackObject[] {
  const colon = name.indexOf(': ');
  if (colon === -1) return [];
  const subtechniques = findObjects(knowledgeBase, {
    kind: 'technique',
    name: name.slice(colon + 2).trim(),
  });
  return subtechniques.filter(({ parentId }) => {
    const parent = parentId === undefined ? undefined : knowledgeBase.byAttackId.get(parentId);
    return parent !== undefined && isSame(parent.name, name.slice(0, colon).trim());
  });
}

/**
 * The objects that have a text as their whole name or alias, any case: "Cozy Bear", "PowerShell",
 * "Command and Scripting Interpreter: PowerShell".
 *
 * @returns active objects; those that are revoked or deprecated only when no active one has the name.
 */
export function objectsNamed(knowledgeBase: KnowledgeBase, text: string): readonly AttackObject[] {
  const name = text.trim();
  const active = findObjects(knowledgeBase, { alias: name });
  if (active.length > 0) return active;
  const subtechniques = subtechniquesNamed(knowledgeBase, name);
  return subtechniques.length > 0
    ? subtechniques
    : findObjects(knowledgeBase, { alias: name, status: 'any' });
}
