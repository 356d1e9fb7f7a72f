import { AppError, type Domain, isTechniqueId } from '../../model/index.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { detectVersion } from './detect-version.js';
import { type Editions, nearestEdition, sortEditions } from './edition.js';
import { migratePlatform } from './migrate-platform.js';
import { migrateTags } from './migrate-tags.js';
import { findSpan, migrateTechnique, type Span } from './migrate-technique.js';
import type {
  MigrationContext,
  Migrator,
  TacticMigration,
  TechniqueMigration,
  TechniqueQuestion,
} from './migration.js';

/**
 * A migrator between the given versions of ATT&CK.
 *
 * @param knowledgeBases one a version and domain, any order. A domain of which none is given moves nothing.
 * @throws AppError USAGE when none is given.
 */
export function createMigrator(knowledgeBases: readonly KnowledgeBase[]): Migrator {
  if (knowledgeBases.length === 0) {
    throw new AppError('USAGE', 'a migrator needs at least one ATT&CK version, got none');
  }
  const byDomain = sortEditions(knowledgeBases);
  const editionsOf = (domain: Domain | undefined): Editions =>
    byDomain.get(domain ?? 'enterprise-attack') ?? [];
  const spanOf = (context: MigrationContext): Span | undefined =>
    findSpan(editionsOf(context.domain), context);
  const otherDomain = (techniqueId: string, domain: Domain | undefined): Domain | undefined =>
    [...byDomain].find(
      ([name, editions]) =>
        name !== (domain ?? 'enterprise-attack') &&
        editions.some((edition) => edition.technique(techniqueId) !== undefined),
    )?.[0];

  const moveTechnique = (question: TechniqueQuestion): TechniqueMigration => {
    const span = spanOf(question);
    if (span === undefined) return unmovedTechnique(question, 'no version of its domain is known');
    if (!isTechniqueId(question.techniqueId)) {
      return unmovedTechnique(
        question,
        `${JSON.stringify(question.techniqueId)} is no technique id`,
      );
    }
    const migration = migrateTechnique(question, span);
    if (span.editions.some((edition) => edition.technique(question.techniqueId) !== undefined)) {
      return migration;
    }
    const home = otherDomain(question.techniqueId, question.domain);
    if (home === undefined) return migration;
    return { ...migration, reason: `${question.techniqueId} is an id of ${home}; kept` };
  };

  /** Tags are not of one domain: what is known of Mobile or ICS alone stands by itself and moves there. */
  const moveTag = (question: TechniqueQuestion): TechniqueMigration => {
    const editions = editionsOf(question.domain);
    const isOwn = editions.some((edition) => edition.technique(question.techniqueId) !== undefined);
    const home = isOwn ? undefined : otherDomain(question.techniqueId, question.domain);
    return moveTechnique(home === undefined ? question : { ...question, domain: home });
  };
  const isElsewhere = (tactic: string, domain: Domain | undefined): boolean =>
    [...byDomain].some(
      ([name, editions]) =>
        name !== (domain ?? 'enterprise-attack') &&
        editions.some((edition) => edition.tactics.includes(tactic)),
    );
  const isKnown = (tactic: string, domain: Domain | undefined): boolean =>
    editionsOf(domain).some((edition) => edition.tactics.includes(tactic));

  return {
    versions: (domain) => editionsOf(domain).map(({ version }) => version),
    nearestVersion: (version, domain) => {
      const editions = editionsOf(domain);
      const { index, exact } = nearestEdition(editions, version);
      return { version: editions[index]?.version ?? version, exact };
    },
    tactics: (version, domain) => {
      const editions = editionsOf(domain);
      return editions[nearestEdition(editions, version).index]?.tacticNames ?? [];
    },
    migrateTechnique: moveTechnique,
    migrateTactic: (question) => {
      const span = spanOf(question);
      const [moved] =
        span === undefined
          ? []
          : migrateTags({ ...question, tactics: [question.tactic] }, span).tactics;
      return moved ?? unmovedTactic(question.tactic, question);
    },
    migrateTags: (question) => {
      const span = spanOf(question);
      const tactics = question.tactics.map((tactic) => unmovedTactic(tactic, question));
      const moved =
        span === undefined
          ? {
              kind: 'tags-migration' as const,
              from: question.from,
              to: question.to,
              tactics,
              added: [],
            }
          : migrateTags(question, span);
      return {
        ...moved,
        techniques: question.techniqueIds.map((techniqueId) =>
          moveTag({ ...question, techniqueId, tactic: undefined }),
        ),
        tactics: moved.tactics.map((one) =>
          !isKnown(one.tactic, question.domain) && isElsewhere(one.tactic, question.domain)
            ? {
                ...one,
                decision: 'automatic' as const,
                reason: `${one.tactic} is of another domain`,
              }
            : one,
        ),
      };
    },
    migratePlatform: (platform, move) => {
      const span = spanOf(move);
      if (span !== undefined) return migratePlatform(platform, span);
      return {
        kind: 'platform-migration',
        platform,
        targets: [platform],
        decision: 'needs-person',
        reason: 'no version of its domain is known; kept',
        changed: false,
      };
    },
    detectVersion: (sighting) => detectVersion(sighting, editionsOf(sighting.domain)),
  };
}

function unmovedTechnique(question: TechniqueQuestion, why: string): TechniqueMigration {
  const { techniqueId, tactic, from, to } = question;
  return {
    kind: 'technique-migration',
    techniqueId,
    tactic,
    from,
    to,
    targets: [{ techniqueId, tactics: tactic === undefined ? [] : [tactic] }],
    decision: 'needs-person',
    reason: `${why}; kept`,
    changed: false,
    alternatives: [],
  };
}

function unmovedTactic(tactic: string, { from, to }: MigrationContext): TacticMigration {
  return {
    kind: 'tactic-migration',
    tactic,
    from,
    to,
    targets: [tactic],
    decision: 'needs-person',
    reason: 'no version of its domain is known; kept',
    changed: false,
    alternatives: [],
  };
}
