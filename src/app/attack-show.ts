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

/** MITRE's own words; every field is empty when only the catalogue is there. */
export interface ObjectText {
  readonly description: string | undefined;
  readonly detection: string | undefined;
  readonly procedures: readonly {
    readonly attackId: string | undefined;
    readonly name: string;
    readonly description: string;
  }[];
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

function textOf(knowledgeBase: KnowledgeBase, { object }: ObjectDescription): ObjectText {
  const examples =
    knowledgeBase.source === 'bundle' ? procedureExamplesOf(knowledgeBase, object) : [];
  return {
    description: descriptionOf(knowledgeBase, object),
    detection: object.kind === 'technique' ? detectionTextOf(knowledgeBase, object) : undefined,
    procedures: examples.flatMap(({ object: user, description }) =>
      description === undefined ? [] : [{ attackId: user.attackId, name: user.name, description }],
    ),
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

function showObject(
  id: string,
  domains: readonly Domain[],
  version: string | undefined,
): ShownObject {
  const tried = new Set<string>();
  for (const knowledgeBase of candidates(domains, version)) {
    const description = describeObject(knowledgeBase, id);
    if (description !== undefined) {
      const isLatest = !tried.has(knowledgeBase.domain);
      const lastSeenIn = isLatest ? undefined : knowledgeBase.version;
      return { description, text: textOf(knowledgeBase, description), lastSeenIn };
    }
    tried.add(knowledgeBase.domain);
  }
  const found = JSON.stringify(id.slice(0, 60));
  const where = version === undefined ? 'any ATT&CK version that is there' : `ATT&CK ${version}`;
  throw new AppError(
    'NOT_FOUND',
    `expected an id of ${where}, found ${found}; try: portolan attack search`,
  );
}

/**
 * Describes the objects that ids name, looking in the newest version of every domain first, then in older ones.
 *
 * @throws AppError `NOT_FOUND` for an id that no version has, `USAGE` for a domain that does not exist.
 */
export function showObjects(
  ids: readonly string[],
  { domain, version }: { domain?: string | undefined; version?: string | undefined },
): readonly ShownObject[] {
  const domains = domainsAsked(domain);
  return ids.map((id) => showObject(id, domains, version));
}
