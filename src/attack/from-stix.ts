import {
  type Domain,
  isDomain,
  isStixId,
  isTechniqueId,
  parentTechniqueId,
  type StixId,
} from '../model/index.js';
import type { AttackKind, AttackObject, AttackStatus } from './attack-object.js';
import type { StixRecord } from './stix-schema.js';

// Source: ATT&CK specification 3.3; older types are among them.
const STIX_KINDS: ReadonlyMap<string, AttackKind> = new Map<string, AttackKind>([
  ['attack-pattern', 'technique'],
  ['x-mitre-tactic', 'tactic'],
  ['x-mitre-matrix', 'matrix'],
  ['intrusion-set', 'group'],
  ['malware', 'software'],
  ['tool', 'software'],
  ['campaign', 'campaign'],
  ['course-of-action', 'mitigation'],
  ['x-mitre-asset', 'asset'],
  ['x-mitre-data-source', 'data-source'],
  ['x-mitre-data-component', 'data-component'],
  ['x-mitre-detection-strategy', 'detection-strategy'],
  ['x-mitre-analytic', 'analytic'],
]);

// Source: the `source_name` of ATT&CK ids over all releases of the three domains.
const ID_SOURCES = new Set([
  'mitre-attack',
  'mitre-mobile-attack',
  'mitre-ics-attack',
  'mobile-attack',
  'ics-attack',
]);

/** Whether objects of a STIX type are ATT&CK's own: techniques, groups, analytics … */
export function isAttackType(type: string): boolean {
  return STIX_KINDS.has(type);
}

/** The object's ATT&CK id; undefined when MITRE's source has none. */
function attackIdOf(stix: StixRecord): string | undefined {
  const references = stix.external_references ?? [];
  return references.find(({ source_name }) => ID_SOURCES.has(source_name ?? ''))?.external_id;
}

/** Ids and versions stand bare in catalogues: printable ASCII without bar and backslash. */
function isPlainWord(text: string | undefined): boolean {
  return text === undefined || /^[\x21-\x5b\x5d-\x7b\x7d\x7e]{1,100}$/.test(text);
}

function statusOf(stix: StixRecord): AttackStatus {
  if (stix.revoked === true) return 'revoked';
  return stix.x_mitre_deprecated === true ? 'deprecated' : 'active';
}

function otherNames(stix: StixRecord): readonly string[] {
  const names = [...(stix.aliases ?? []), ...(stix.x_mitre_aliases ?? [])];
  return [...new Set(names)].filter((name) => name !== stix.name);
}

function domainsOf(stix: StixRecord, fallback: readonly Domain[]): readonly Domain[] {
  const domains = (stix.x_mitre_domains ?? []).filter(isDomain);
  return domains.length > 0 ? domains : fallback;
}

/** Tactic shortnames of the kill chains that are ATT&CK's, in the order given. */
function tacticsOf(stix: StixRecord): readonly string[] {
  const phases = stix.kill_chain_phases ?? [];
  return phases
    .filter((phase) => phase.kill_chain_name.startsWith('mitre'))
    .map((phase) => phase.phase_name);
}

const ids = (refs: readonly string[] | undefined): readonly StixId[] =>
  (refs ?? []).filter(isStixId);

type Base = Omit<Extract<AttackObject, { kind: 'group' }>, 'kind'>;
type OrderTactics = (shortnames: readonly string[]) => readonly string[];

function toTechnique(
  base: Base,
  stix: StixRecord,
  orderTactics: OrderTactics,
): AttackObject | string {
  const { attackId } = base;
  if (!isTechniqueId(attackId)) return `a technique id in ${stix.id}, found ${attackId ?? 'none'}`;
  const hasParent = attackId.includes('.');
  return {
    ...base,
    kind: 'technique',
    attackId,
    tactics: orderTactics(tacticsOf(stix)),
    isSubtechnique: stix.x_mitre_is_subtechnique ?? hasParent,
    parentId: hasParent ? parentTechniqueId(attackId) : undefined,
  };
}

function toTactic(base: Base, stix: StixRecord): AttackObject | string {
  const shortname = stix.x_mitre_shortname;
  return shortname === undefined
    ? `x_mitre_shortname in ${stix.id}`
    : { ...base, kind: 'tactic', shortname };
}

function toAsset(base: Base, stix: StixRecord): AttackObject {
  const relatedAssets = (stix.x_mitre_related_assets ?? []).map(({ name }) => name);
  return { ...base, kind: 'asset', sectors: stix.x_mitre_sectors ?? [], relatedAssets };
}

function toDataComponent(base: Base, stix: StixRecord): AttackObject {
  const reference = stix.x_mitre_data_source_ref;
  const dataSourceId = isStixId(reference) ? reference : undefined;
  const listed = stix.x_mitre_log_sources ?? [];
  const logSources = listed.map(({ name, channel = '' }) => ({ name, channel }));
  return { ...base, kind: 'data-component', dataSourceId, logSources };
}

function toAnalytic(base: Base, stix: StixRecord): AttackObject {
  const references = stix.x_mitre_log_source_references ?? [];
  const logSourceReferences = references.flatMap(
    ({ x_mitre_data_component_ref, name, channel }) => {
      const dataComponentId = x_mitre_data_component_ref;
      return isStixId(dataComponentId) ? [{ dataComponentId, name, channel: channel ?? '' }] : [];
    },
  );
  const mutableElements = (stix.x_mitre_mutable_elements ?? []).map(({ field }) => field);
  return { ...base, kind: 'analytic', logSourceReferences, mutableElements };
}

/** Kind → the function that adds the fields of that kind. */
const TO_KIND: Readonly<
  Record<
    AttackKind,
    (base: Base, stix: StixRecord, orderTactics: OrderTactics) => AttackObject | string
  >
> = {
  technique: toTechnique,
  tactic: toTactic,
  matrix: (base, stix) => ({ ...base, kind: 'matrix', tacticIds: ids(stix.tactic_refs) }),
  group: (base) => ({ ...base, kind: 'group' }),
  software: (base, { type }) => ({
    ...base,
    kind: 'software',
    softwareType: type === 'tool' ? 'tool' : 'malware',
  }),
  campaign: (base, stix) => ({
    ...base,
    kind: 'campaign',
    firstSeen: stix.first_seen,
    lastSeen: stix.last_seen,
  }),
  mitigation: (base) => ({ ...base, kind: 'mitigation' }),
  asset: toAsset,
  'data-source': (base) => ({ ...base, kind: 'data-source' }),
  'data-component': toDataComponent,
  'detection-strategy': (base, stix) => ({
    ...base,
    kind: 'detection-strategy',
    analyticIds: ids(stix.x_mitre_analytic_refs),
  }),
  analytic: toAnalytic,
};

/**
 * Makes the typed object of a STIX object whose type `isAttackType` knows.
 *
 * @param domains used when the object names none.
 * @param orderTactics puts shortnames into matrix order.
 * @returns a text saying what is missing when the object cannot be used.
 */
export function fromStix(
  stix: StixRecord,
  domains: readonly Domain[],
  orderTactics: OrderTactics,
): AttackObject | string {
  const kind = STIX_KINDS.get(stix.type);
  if (kind === undefined) return `a known type, found ${stix.type}`;
  if (stix.name === undefined) return `a name in ${stix.id}`;
  const attackId = attackIdOf(stix);
  if (![attackId, stix.x_mitre_version, stix.x_mitre_shortname].every(isPlainWord)) {
    return `plain words as id, version and shortname of ${stix.id}`;
  }
  const base: Base = {
    attackId,
    stixId: stix.id as StixId,
    name: stix.name,
    aliases: otherNames(stix),
    status: statusOf(stix),
    version: stix.x_mitre_version,
    created: stix.created,
    modified: stix.modified,
    domains: domainsOf(stix, domains),
    platforms: stix.x_mitre_platforms ?? [],
  };
  return TO_KIND[kind](base, stix, orderTactics);
}
