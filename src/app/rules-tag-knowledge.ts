import {
  type KnowledgeBase,
  listShipped,
  openKnowledgeBase,
  openShipped,
  successorsOf,
  tacticsOf,
} from '../attack/index.js';
import { createMigrator, type Migrator } from '../attack/lookup.js';
import { isTechniqueId } from '../model/index.js';
import type { TagKnowledge, TechniqueFacts } from '../sigma/index.js';

/** What tags are checked against, and how its version was chosen. */
export interface ChosenKnowledge extends TagKnowledge {
  /** Whether the tags fit only this version; true when it was asked for. */
  readonly certain: boolean;
}

const TACTIC = /^attack\.([a-z][a-z_-]+)$/;
const TECHNIQUE = /^attack\.(t\d{4}(?:\.\d{3})?)$/;

/**
 * ATT&CK in the version that some tags are of: the one that fewest of them contradict.
 *
 * @param tags of all rules of a set.
 * @param version checked against instead, when given.
 * @throws AppError `NOT_FOUND` for a version that is not there.
 */
export function chooseTagKnowledge(
  tags: Iterable<string>,
  version: string | undefined,
): ChosenKnowledge {
  const shipped = listShipped()
    .filter(({ domain }) => domain === 'enterprise-attack')
    .map((one) => openShipped(one));
  const asked = version === undefined ? undefined : openKnowledgeBase({ version });
  const known = asked === undefined ? shipped : addVersion(shipped, asked);
  const migrator = createMigrator(known);
  const detected = migrator.detectVersion(sightTags(tags));
  const chosen = asked ?? known.find((one) => one.version === detected.version) ?? known.at(-1);
  if (chosen === undefined) throw new Error('no catalogue ships');
  return {
    ...toKnowledge(chosen, { known, migrator }),
    certain: asked !== undefined || detected.certain,
  };
}

function addVersion(
  shipped: readonly KnowledgeBase[],
  asked: KnowledgeBase,
): readonly KnowledgeBase[] {
  return [...shipped.filter(({ version }) => version !== asked.version), asked];
}

function sightTags(tags: Iterable<string>) {
  const techniqueIds = new Set<string>();
  const tactics = new Set<string>();
  for (const tag of tags) {
    const technique = TECHNIQUE.exec(tag)?.[1];
    const tactic = TACTIC.exec(tag)?.[1];
    if (technique !== undefined) techniqueIds.add(technique.toUpperCase());
    else if (tactic !== undefined) tactics.add(tactic.replaceAll('_', '-'));
  }
  return { techniqueIds: [...techniqueIds], tactics: [...tactics], platforms: [] };
}

interface Versions {
  readonly known: readonly KnowledgeBase[];
  readonly migrator: Migrator;
}

function toKnowledge(chosen: KnowledgeBase, { known, migrator }: Versions): TagKnowledge {
  const facts = new Map<string, TechniqueFacts>();
  let others: readonly KnowledgeBase[] | undefined;
  // Mobile and ICS: opened when an id is none of Enterprise.
  const otherDomains = (): readonly KnowledgeBase[] => {
    others ??= listShipped()
      .filter(({ domain }) => domain !== 'enterprise-attack')
      .map((one) => openShipped(one));
    return others;
  };
  const shortnames = (bases: readonly KnowledgeBase[]) =>
    new Set(bases.flatMap(({ tactics }) => tactics.map(({ shortname }) => shortname)));
  return {
    version: chosen.version,
    tactics: shortnames([chosen]),
    allTactics: shortnames(known),
    technique(id) {
      let found = facts.get(id);
      if (found === undefined) {
        found = factsOf(id, { chosen, known, migrator, otherDomains });
        facts.set(id, found);
      }
      return found;
    },
    isKnownObject: (id) =>
      [...known, ...otherDomains()].some(({ byAttackId }) => byAttackId.has(id)),
  };
}

interface FactsContext extends Versions {
  readonly chosen: KnowledgeBase;
  readonly otherDomains: () => readonly KnowledgeBase[];
}

function factsOf(
  id: string,
  { chosen, known, migrator, otherDomains }: FactsContext,
): TechniqueFacts {
  const object = chosen.byAttackId.get(id);
  if (object?.kind === 'technique' && object.status !== 'deprecated')
    return {
      status: object.status,
      name: object.name,
      tactics: tacticsOf(chosen, object).map(({ shortname }) => shortname),
      successors: successorsOf(chosen, object).flatMap(({ attackId }) => attackId ?? []),
      versions: [],
    };
  if (object?.kind === 'technique')
    return { status: 'deprecated', name: object.name, tactics: [], successors: [], versions: [] };
  const homes = known.filter(({ byAttackId }) => byAttackId.get(id)?.status === 'active');
  const home = homes.at(-1);
  if (home === undefined) return elsewhere(id, otherDomains());
  return {
    status: 'other-version',
    name: home.byAttackId.get(id)?.name,
    tactics: [],
    successors: successorsElsewhere(id, { home, chosen, migrator }),
    versions: homes.map(({ version }) => version),
  };
}

function successorsElsewhere(
  id: string,
  { home, chosen, migrator }: { home: KnowledgeBase; chosen: KnowledgeBase; migrator: Migrator },
): readonly string[] {
  if (!isTechniqueId(id)) return [];
  const moved = migrator.migrateTechnique({
    techniqueId: id,
    domain: chosen.domain,
    from: home.version,
    to: chosen.version,
  });
  return moved.targets
    .map(({ techniqueId }) => techniqueId)
    .filter((target) => chosen.byAttackId.get(target)?.status === 'active');
}

/** An id of Mobile or ICS is right as it is: tags are not of one domain. */
function elsewhere(id: string, others: readonly KnowledgeBase[]): TechniqueFacts {
  const home = others.findLast(({ byAttackId }) => byAttackId.has(id));
  const object = home?.byAttackId.get(id);
  const none = { tactics: [], successors: [], versions: [] };
  if (home === undefined || object?.kind !== 'technique')
    return { status: 'unknown', name: undefined, ...none };
  const tactics = object.status === 'active' ? tacticsOf(home, object) : [];
  return {
    ...none,
    status: object.status,
    name: object.name,
    tactics: tactics.map(({ shortname }) => shortname),
  };
}
