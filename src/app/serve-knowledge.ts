import { type KnowledgeBase, openKnowledgeBase } from '../attack/index.js';
import type { Domain } from '../model/index.js';
import { openMigrator } from './open-migrator.js';

// How long a version that another process installs goes unseen.
const KEEP_MS = 60_000;
const MAX_KEPT = 12;

interface Kept {
  readonly knowledgeBase: KnowledgeBase;
  readonly openedMs: number;
}

/** Versions of ATT&CK that stay open between requests. */
export interface KnowledgeShelf {
  /** @throws AppError `NOT_FOUND` for a version that is not there. */
  open(domain: Domain, version?: string): KnowledgeBase;
  /**
   * The id that stands for a technique of another version in this one: its own when it is active there; undefined when
   * none does without a person's choice.
   */
  successor(techniqueId: string, from: string, to: KnowledgeBase): string | undefined;
}

export function createKnowledgeShelf(
  nowMs: () => number = () => performance.now(),
): KnowledgeShelf {
  const kept = new Map<string, Kept>();
  const successors = new Map<string, string | undefined>();
  return {
    open(domain, version) {
      const key = `${domain} ${version ?? ''}`;
      const found = kept.get(key);
      if (found !== undefined && nowMs() - found.openedMs < KEEP_MS) return found.knowledgeBase;
      const knowledgeBase = openKnowledgeBase({ domain, version });
      kept.delete(key);
      kept.set(key, { knowledgeBase, openedMs: nowMs() });
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_KEPT) break;
        kept.delete(oldest);
      }
      return knowledgeBase;
    },
    successor(techniqueId, from, to) {
      if (to.byAttackId.get(techniqueId)?.status === 'active') return techniqueId;
      const key = `${techniqueId} ${from} ${to.domain} ${to.version}`;
      if (successors.has(key)) return successors.get(key);
      if (successors.size > 10_000) successors.clear();
      const successor = migrated(techniqueId, from, to);
      successors.set(key, successor);
      return successor;
    },
  };
}

function migrated(
  techniqueId: string,
  from: string,
  { domain, version, byAttackId }: KnowledgeBase,
) {
  const migrator = openMigrator([domain]);
  const moved = migrator.migrateTechnique({ techniqueId, from, to: version, domain });
  const [first, ...others] = moved.targets.map((target) => target.techniqueId);
  const isClear = moved.decision === 'automatic' && others.length === 0;
  return isClear && first !== undefined && byAttackId.get(first)?.status === 'active'
    ? first
    : undefined;
}
