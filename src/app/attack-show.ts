import {
  compareVersions,
  descriptionOf,
  detectionTextOf,
  type KnowledgeBase,
  listVersions,
  mutableElementsOf,
  openKnowledgeBase,
  procedureExamplesOf,
  type Reference,
  referencesOf,
} from '../attack/index.js';
import { AppError, type Domain } from '../model/index.js';
import { describeObject, type ObjectDescription } from './describe-object.js';
import { domainsAsked } from './domains-asked.js';
import { objectsNamed } from './objects-named.js';

/** MITRE's sentence on one use, and the object at its other end. */
interface Procedure {
  readonly attackId: string | undefined;
  readonly name: string;
  readonly description: string;
}

/** MITRE's own words; every field is empty when only the catalogue is there. */
export interface ObjectText {
  readonly description: string | undefined;
  readonly detection: string | undefined;
  /** Of a technique, who used it how; of a group, software or campaign also how it used what. */
  readonly procedures: readonly Procedure[];
  readonly mutableElements: readonly {
    readonly field: string;
    readonly description: string | undefined;
  }[];
  readonly references: readonly Reference[];
}

export interface ShownObject {
  readonly description: ObjectDescription;
  readonly text: ObjectText;
  /** Set when the object is in no newer version: the newest that has it is shown. */
  readonly lastSeenIn: string | undefined;
}

/** How the object was used, then how it used others, each by ATT&CK id. */
function proceduresOf(
  knowledgeBase: KnowledgeBase,
  object: ObjectDescription['object'],
): readonly Procedure[] {
  if (knowledgeBase.source !== 'bundle') return [];
  const { byStixId, relations } = knowledgeBase;
  const used = procedureExamplesOf(knowledgeBase, object);
  const uses = relations.from(object.stixId, 'uses').map(({ stixId, targetId }) => ({
    object: byStixId.get(targetId),
    description: stixId === undefined ? undefined : descriptionOf(knowledgeBase, { stixId }),
  }));
  return [...used, ...uses].flatMap(({ object: other, description }) =>
    other === undefined || description === undefined
      ? []
      : [{ attackId: other.attackId, name: other.name, description }],
  );
}

function textOf(knowledgeBase: KnowledgeBase, { object }: ObjectDescription): ObjectText {
  return {
    description: descriptionOf(knowledgeBase, object),
    detection: object.kind === 'technique' ? detectionTextOf(knowledgeBase, object) : undefined,
    procedures: proceduresOf(knowledgeBase, object),
    mutableElements: object.kind === 'analytic' ? mutableElementsOf(knowledgeBase, object) : [],
    references: referencesOf(knowledgeBase, object),
  };
}

/** The version asked for of each domain that has it. */
function* asked(domains: readonly Domain[], version: string | undefined): Generator<KnowledgeBase> {
  let missing: unknown;
  let opened = 0;
  for (const domain of domains) {
    try {
      const knowledgeBase = openKnowledgeBase({ domain, version });
      opened += 1;
      yield knowledgeBase;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
      missing ??= error;
    }
  }
  if (opened === 0) throw missing;
}

/** Knowledge bases to look in, best first: each domain's newest, then its earlier versions unless one was asked for. */
function* candidates(
  domains: readonly Domain[],
  version: string | undefined,
): Generator<KnowledgeBase> {
  yield* asked(domains, version);
  if (version !== undefined) return;
  const older = listVersions().filter(({ domain, isDefault, problem }) => {
    return domains.includes(domain) && !isDefault && problem === undefined;
  });
  for (const entry of [...older].sort((a, b) => compareVersions(b.version, a.version))) {
    yield openKnowledgeBase({ domain: entry.domain, version: entry.version });
  }
}

interface Scope {
  readonly domains: readonly Domain[];
  readonly version: string | undefined;
}

/** What the first knowledge base that answers has to say. */
function firstFound(
  { domains, version }: Scope,
  describe: (knowledgeBase: KnowledgeBase) => readonly ObjectDescription[],
): readonly ShownObject[] {
  const tried = new Set<string>();
  for (const knowledgeBase of candidates(domains, version)) {
    const isLatest = !tried.has(knowledgeBase.domain);
    const lastSeenIn = isLatest ? undefined : knowledgeBase.version;
    const found = describe(knowledgeBase).map((description) => {
      return { description, text: textOf(knowledgeBase, description), lastSeenIn };
    });
    if (found.length > 0) return found;
    tried.add(knowledgeBase.domain);
  }
  return [];
}

function showObject(idOrName: string, scope: Scope): readonly ShownObject[] {
  const byId = firstFound(scope, (base) => [describeObject(base, idOrName) ?? []].flat());
  if (byId.length > 0) return byId;
  const byName = firstFound(scope, (base) =>
    objectsNamed(base, idOrName).flatMap(({ stixId }) => describeObject(base, stixId) ?? []),
  );
  if (byName.length > 0) return byName;
  const found = JSON.stringify(idOrName.slice(0, 60));
  const where =
    scope.version === undefined ? 'any ATT&CK version that is there' : `ATT&CK ${scope.version}`;
  throw new AppError(
    'NOT_FOUND',
    `expected an id or a whole name of ${where}, found ${found}; try: portolan attack search ${found}`,
  );
}

/**
 * Describes the objects that ids, or names where no id fits, stand for; looks in the newest version of every domain
 * first, then in older ones.
 *
 * @returns in the order asked; a name that several objects have gives all of them.
 * @throws AppError `NOT_FOUND` for what no version has, `USAGE` for a domain that does not exist.
 */
export function showObjects(
  idsOrNames: readonly string[],
  { domain, version }: { domain?: string | undefined; version?: string | undefined },
): readonly ShownObject[] {
  const scope = { domains: domainsAsked(domain), version };
  return idsOrNames.flatMap((idOrName) => showObject(idOrName, scope));
}
