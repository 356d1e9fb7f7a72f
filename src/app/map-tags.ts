import { type KnowledgeBase, listShipped, openShipped } from '../attack/index.js';
import { createMigrator, type Migrator } from '../attack/lookup.js';
import { type Issue, isTechniqueId, type TechniqueId } from '../model/index.js';
import type { SigmaRule } from '../sigma/index.js';

/** What the tags of a rule say in one version of ATT&CK. */
export interface RuleTechniques {
  readonly techniqueIds: readonly TechniqueId[];
  /** Shortnames; as the rule names them, so that they may be of another version. */
  readonly tactics: readonly string[];
  /** Ids that this version does not have and that lead to none of its own. */
  readonly issues: readonly Issue[];
}

/** What tags are read of: a rule, or a correlation with the logsource of its rules. */
export type TaggedRule = Pick<SigmaRule, 'title' | 'tags' | 'description' | 'logsource' | 'at'>;

/** Turns the tags of rules into techniques of `knowledgeBase`, whatever version the rules were tagged for. */
export function createTagReader(
  knowledgeBase: KnowledgeBase,
): (rule: TaggedRule) => RuleTechniques {
  const known = new Map<string, TagAnswer>();
  const older = olderVersions(knowledgeBase);
  const answerOf = (techniqueId: TechniqueId, rule: TaggedRule): TagAnswer => {
    if (knowledgeBase.byAttackId.get(techniqueId)?.status === 'active')
      return { techniqueIds: [techniqueId] };
    // Where one id became several the rule's logsource decides, so the answer is that logsource's.
    const key = `${techniqueId} ${JSON.stringify(rule.logsource)}`;
    const answer = known.get(key) ?? moveTechnique(techniqueId, { rule, knowledgeBase, older });
    known.set(key, answer);
    return answer;
  };
  return (rule) => {
    const techniqueIds = new Set<TechniqueId>();
    const issues: Issue[] = [];
    for (const tag of attackTags(rule)) {
      if (!isTechniqueId(tag)) continue;
      const answer = answerOf(tag, rule);
      for (const techniqueId of answer.techniqueIds) techniqueIds.add(techniqueId);
      if (answer.reason !== undefined) {
        const message = `tag attack.${tag.toLowerCase()} of rule "${rule.title}": ${answer.reason}`;
        issues.push({ kind: 'issue', code: 'TECHNIQUE_UNKNOWN', message, at: rule.at });
      }
    }
    const tactics = attackTags(rule).filter((tag) => /^[A-Z-]+$/.test(tag));
    return {
      techniqueIds: [...techniqueIds],
      tactics: tactics.map((tag) => tag.toLowerCase()),
      issues,
    };
  };
}

/** `T1059.001`, `DEFENSE-EVASION`: what follows `attack.`, in capitals, with the dashes that shortnames have. */
function attackTags({ tags }: TaggedRule): string[] {
  return tags.flatMap((tag) => {
    const found = /^attack\.(.+)$/i.exec(tag);
    return found?.[1] === undefined ? [] : [found[1].toUpperCase().replaceAll('_', '-')];
  });
}

interface TagAnswer {
  readonly techniqueIds: readonly TechniqueId[];
  /** Why there is none. */
  readonly reason?: string;
}

interface Versions {
  readonly knowledgeBases: readonly KnowledgeBase[];
  readonly migrator: Migrator;
}

/** All versions of the domain, opened when a tag first needs them: that takes a tenth of a second. */
function olderVersions(knowledgeBase: KnowledgeBase): () => Versions {
  let versions: Versions | undefined;
  return () => {
    if (versions === undefined) {
      const { domain } = knowledgeBase;
      const shipped = listShipped()
        .filter((one) => one.domain === domain && one.version !== knowledgeBase.version)
        .map(({ version }) => openShipped({ domain, version }));
      const knowledgeBases = [...shipped, knowledgeBase];
      versions = { knowledgeBases, migrator: createMigrator(knowledgeBases) };
    }
    return versions;
  };
}

interface MoveContext {
  readonly rule: TaggedRule;
  readonly knowledgeBase: KnowledgeBase;
  readonly older: () => Versions;
}

function moveTechnique(
  techniqueId: TechniqueId,
  { rule, knowledgeBase, older }: MoveContext,
): TagAnswer {
  const { knowledgeBases, migrator } = older();
  const home = knowledgeBases.findLast(
    (one) => one.byAttackId.get(techniqueId)?.status === 'active',
  );
  if (home === undefined)
    return { techniqueIds: [], reason: `no shipped version of ${knowledgeBase.domain} has it` };
  const moved = migrator.migrateTechnique({
    techniqueId,
    domain: knowledgeBase.domain,
    logsource: rule.logsource,
    text: `${rule.title}\n${rule.description ?? ''}`,
    from: home.version,
    to: knowledgeBase.version,
  });
  const techniqueIds = moved.targets
    .map((target) => target.techniqueId)
    .filter(isTechniqueId)
    .filter((id) => knowledgeBase.byAttackId.get(id)?.status === 'active');
  return techniqueIds.length > 0 ? { techniqueIds } : { techniqueIds: [], reason: moved.reason };
}
