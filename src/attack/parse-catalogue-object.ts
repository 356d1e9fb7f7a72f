import {
  type Domain,
  isDomain,
  isTechniqueId,
  parentTechniqueId,
  type StixId,
} from '../model/index.js';
import type { AttackKind, AttackObject, LogSource } from './attack-object.js';
import type { CatalogueLine } from './catalogue-line.js';
import { parseTime, splitList, unescapeField } from './catalogue-text.js';

/** What the fields of a line point at. */
export interface CatalogueContext {
  readonly domains: readonly Domain[];
  logSource(number: string): LogSource | undefined;
  /** A reference of the catalogue, an ATT&CK id or a STIX id, as a STIX id. */
  resolve(reference: string): StixId;
}

type Base = Omit<Extract<AttackObject, { kind: 'group' }>, 'kind'>;
type Fields = readonly (string | undefined)[];

/** Fields that every object has, before those of its kind; see `catalogue-format.ts`. */
const KIND_FIELDS_AT = 11;

// Source: MITRE names every analytic "Analytic " and the digits of its id.
const nameOf = ({ kind, attackId }: CatalogueLine, name: string): string =>
  name === '' && kind === 'analytic'
    ? `Analytic ${(attackId ?? '').slice(2)}`
    : unescapeField(name);

function baseOf(line: CatalogueLine, fields: Fields, domains: readonly Domain[]): Base {
  const [, , , , version, createdAt, modifiedAt, name = '', aliases, platforms, own] = fields;
  const created = parseTime(createdAt);
  return {
    attackId: line.attackId,
    stixId: line.stixId,
    name: nameOf(line, name),
    aliases: splitList(aliases),
    status: line.status,
    version: version || undefined,
    created,
    modified: modifiedAt ? parseTime(modifiedAt) : created,
    domains: own ? splitList(own).filter(isDomain) : domains,
    platforms: splitList(platforms),
  };
}

function toTechnique(base: Base, [tactics, sub]: Fields): AttackObject | undefined {
  const { attackId } = base;
  if (!isTechniqueId(attackId)) return undefined;
  const parentId = attackId.includes('.') ? parentTechniqueId(attackId) : undefined;
  const isSubtechnique = sub === 'sub';
  return {
    ...base,
    kind: 'technique',
    attackId,
    tactics: splitList(tactics),
    isSubtechnique,
    parentId,
  };
}

function toAnalytic(
  base: Base,
  [references, mutable]: Fields,
  context: CatalogueContext,
): AttackObject {
  const logSourceReferences = splitList(references).flatMap((reference) => {
    const colon = reference.lastIndexOf(':');
    const logSource = context.logSource(reference.slice(colon + 1));
    if (logSource === undefined) return [];
    return [{ dataComponentId: context.resolve(reference.slice(0, colon)), ...logSource }];
  });
  return { ...base, kind: 'analytic', logSourceReferences, mutableElements: splitList(mutable) };
}

function toDataComponent(base: Base, fields: Fields, context: CatalogueContext): AttackObject {
  const [dataSource, numbers] = fields;
  return {
    ...base,
    kind: 'data-component',
    dataSourceId: dataSource ? context.resolve(dataSource) : undefined,
    logSources: splitList(numbers).flatMap((number) => context.logSource(number) ?? []),
  };
}

type ToKind = (base: Base, fields: Fields, context: CatalogueContext) => AttackObject | undefined;

/** Kind → the object of a line; the fields are those of the kind alone. */
const TO_KIND: Readonly<Record<Exclude<AttackKind, 'software'>, ToKind>> = {
  technique: toTechnique,
  tactic: (base, [shortname = '']) => ({ ...base, kind: 'tactic', shortname }),
  matrix: (base, [tactics], { resolve }) => ({
    ...base,
    kind: 'matrix',
    tacticIds: splitList(tactics).map(resolve),
  }),
  group: (base) => ({ ...base, kind: 'group' }),
  campaign: (base, [firstSeen, lastSeen]) => ({
    ...base,
    kind: 'campaign',
    firstSeen: parseTime(firstSeen),
    lastSeen: parseTime(lastSeen),
  }),
  mitigation: (base) => ({ ...base, kind: 'mitigation' }),
  asset: (base, [sectors, related]) => ({
    ...base,
    kind: 'asset',
    sectors: splitList(sectors),
    relatedAssets: splitList(related),
  }),
  'data-source': (base) => ({ ...base, kind: 'data-source' }),
  'data-component': toDataComponent,
  'detection-strategy': (base, [analytics], { resolve }) => ({
    ...base,
    kind: 'detection-strategy',
    analyticIds: splitList(analytics).map(resolve),
  }),
  analytic: toAnalytic,
};

/** The object of a line; undefined when a technique's line has no technique id. */
export function parseCatalogueObject(
  line: CatalogueLine,
  context: CatalogueContext,
): AttackObject | undefined {
  const fields = line.text.split('\t');
  const base = baseOf(line, fields, context.domains);
  if (line.kind === 'software') {
    return { ...base, kind: 'software', softwareType: line.word === 'tool' ? 'tool' : 'malware' };
  }
  return TO_KIND[line.kind](base, fields.slice(KIND_FIELDS_AT), context);
}
