import {
  compareVersions,
  descriptionOf,
  detectionTextOf,
  type KnowledgeBase,
  listShipped,
  mutableElementsOf,
  openShipped,
  procedureExamplesOf,
  type Reference,
  referencesOf,
} from '../attack/index.js';
import { AppError, DOMAINS, type Domain, parseDomain } from '../model/index.js';
import { describeObject, type ObjectDescription } from './describe-object.js';

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

function domainsAsked(domain: string | undefined): readonly Domain[] {
  if (domain === undefined) return DOMAINS;
  const parsed = parseDomain(domain);
  if (parsed !== undefined) return [parsed];
  throw new AppError(
    'USAGE',
    `expected a domain (enterprise, mobile, ics), found ${JSON.stringify(domain)}`,
  );
}

/** Knowledge bases to look in, best first: each domain's own, then its earlier versions unless one was asked for. */
function* candidates(
  domains: readonly Domain[],
  version: string | undefined,
): Generator<KnowledgeBase> {
  const shipped = listShipped();
  for (const domain of domains) {
    // A version asked for may be there for one domain only.
    const isThere = version === undefined || domains.length === 1 || hasVersion(domain, version);
    if (isThere) yield openShipped({ domain, version });
  }
  if (version !== undefined) return;
  const older = shipped.filter(({ domain }) => domains.includes(domain));
  older.sort((a, b) => compareVersions(b.version, a.version));
  for (const { domain, version: earlier } of older) yield openShipped({ domain, version: earlier });
}

const hasVersion = (domain: Domain, version: string): boolean =>
  listShipped().some((shipped) => shipped.domain === domain && shipped.version.startsWith(version));

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
  const asked = JSON.stringify(id.slice(0, 60));
  const where = version === undefined ? 'any ATT&CK version that is there' : `ATT&CK ${version}`;
  throw new AppError(
    'NOT_FOUND',
    `expected an id of ${where}, found ${asked}; try: portolan attack search`,
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
