import {
  DOMAINS,
  type Domain,
  type Issue,
  type IssueCode,
  isRecord,
  isStixId,
  type StixId,
} from '../model/index.js';
import type { AttackObject } from './attack-object.js';
import { buildKnowledgeBase } from './build-knowledge-base.js';
import { compileGuard } from './compile-guard.js';
import { cutCycles } from './cut-cycles.js';
import { fromStix, isAttackType } from './from-stix.js';
import { indexByAttackId } from './index-by-attack-id.js';
import { indexRelations } from './index-relations.js';
import type { KnowledgeBase, StixObject } from './knowledge-base.js';
import { RELATION_TYPES, type Relation, type RelationType } from './relation.js';
import {
  firstProblem,
  type StixRecord,
  stixObjectSchema,
  stixRelationshipSchema,
} from './stix-schema.js';

/** A parsed JSON document that should be a STIX bundle, and its name for messages. */
export interface StixDocument {
  readonly source: string;
  readonly value: unknown;
}

export interface StixReadOptions {
  /** ATT&CK release when the bundle holds no `x-mitre-collection` that says it (STIX 2.0 bundles do not). */
  readonly version?: string | undefined;
}

export interface StixReading {
  /** undefined when no document held ATT&CK objects. */
  readonly knowledgeBase: KnowledgeBase | undefined;
  readonly issues: readonly Issue[];
}

// Source: types of STIX that describe the bundle rather than ATT&CK.
const QUIET_TYPES = new Set([
  'identity',
  'marking-definition',
  'x-mitre-collection',
  'relationship',
]);

interface Collected {
  readonly records: Map<StixId, StixRecord>;
  readonly issues: Issue[];
}

/** The object list of a document: a bundle, a TAXII envelope or a bare array. */
function objectsOf({ source, value }: StixDocument, issues: Issue[]): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isRecord(value) && Array.isArray(value['objects'])) return value['objects'];
  const message = 'expected a STIX bundle with a list "objects", found none';
  issues.push({ kind: 'issue', code: 'JSON_INVALID', message, at: { source } });
  return [];
}

interface Problem {
  readonly code?: IssueCode;
  readonly message: string;
  /** Field of the object. */
  readonly path?: string;
}

// Of two objects with one id the later modified stays: that is how merged and TAXII bundles carry versions.
function keep(record: StixRecord, { records }: Collected): Problem | undefined {
  const stixId = record.id as StixId;
  const known = records.get(stixId);
  if (known === undefined || (record.modified ?? '') > (known.modified ?? ''))
    records.set(stixId, record);
  if (known === undefined || known.modified !== record.modified || known.name === record.name)
    return undefined;
  const message = `expected ${stixId} once, found it again with another name; the first is kept`;
  return { code: 'STIX_DUPLICATE_ID', message };
}

const isStixObject = compileGuard(stixObjectSchema);
const isStixRelationship = compileGuard(stixRelationshipSchema);

const isRelationship = (value: unknown): boolean =>
  isRecord(value) && value['type'] === 'relationship';

function isStixRecord(value: unknown): value is StixRecord {
  return isRelationship(value) ? isStixRelationship(value) : isStixObject(value);
}

/** What is wrong with an object of a bundle; undefined when nothing is. */
function problemOf(value: unknown): Problem | undefined {
  if (!isStixRecord(value)) {
    const schema = isRelationship(value) ? stixRelationshipSchema : stixObjectSchema;
    const { error } = schema.safeParse(value);
    const problem =
      error === undefined ? { message: 'expected a STIX object', path: '' } : firstProblem(error);
    return problem;
  }
  if (isStixId(value.id)) return undefined;
  const found = JSON.stringify(value.id.slice(0, 80));
  return { message: `expected a STIX id, found ${found}` };
}

function collectRecords(documents: readonly StixDocument[]): Collected {
  const collected: Collected = { records: new Map(), issues: [] };
  for (const { source, value } of documents) {
    const objects = objectsOf({ source, value }, collected.issues);
    for (let index = 0; index < objects.length; index += 1) {
      const object = objects[index];
      const problem = problemOf(object) ?? keep(object as StixRecord, collected);
      if (problem === undefined) continue;
      const { code = 'STIX_OBJECT_INVALID', message, path = '' } = problem;
      const at = { source, path: `objects[${index}]${path === '' ? '' : `.${path}`}` };
      collected.issues.push({ kind: 'issue', code, message, at });
    }
  }
  return collected;
}

/** Names of the domains that a technique or matrix claims; others claim none. */
function claimedDomains(record: StixRecord): readonly string[] {
  if (record.type === 'x-mitre-matrix') return [record.external_references?.[0]?.external_id ?? ''];
  if (record.type !== 'attack-pattern') return [];
  // Source: kill chain names of ATT&CK: mitre-attack is Enterprise, mitre-mobile-attack Mobile.
  const chains = (record.kill_chain_phases ?? []).map(({ kill_chain_name: name }) =>
    name === 'mitre-attack' ? 'enterprise-attack' : name.replace(/^mitre-/, ''),
  );
  return [...(record.x_mitre_domains ?? []), ...chains];
}

/** Domains that the bundle covers, in the order of `DOMAINS`. */
function domainsOf(records: Iterable<StixRecord>): readonly Domain[] {
  const found = new Set<string>();
  for (const record of records) {
    for (const domain of claimedDomains(record)) found.add(domain);
  }
  return DOMAINS.filter((domain) => found.has(domain));
}

function tacticOrder(records: ReadonlyMap<StixId, StixRecord>): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const { type, tactic_refs, revoked, x_mitre_deprecated } of records.values()) {
    if (type !== 'x-mitre-matrix' || revoked === true || x_mitre_deprecated === true) continue;
    for (const tacticRef of tactic_refs ?? []) {
      const shortname = records.get(tacticRef as StixId)?.x_mitre_shortname;
      if (shortname !== undefined && !order.has(shortname)) order.set(shortname, order.size);
    }
  }
  return order;
}

function skippedTypes(counts: ReadonlyMap<string, number>): readonly Issue[] {
  return [...counts].map(([type, count]) => ({
    kind: 'issue',
    code: 'STIX_TYPE_SKIPPED',
    message: `expected ATT&CK objects, found ${count} of type ${type.slice(0, 80)}; skipped`,
  }));
}

function typedObjects(
  { records, issues }: Collected,
  domains: readonly Domain[],
): readonly AttackObject[] {
  const order = tacticOrder(records);
  const place = (shortname: string): number => order.get(shortname) ?? order.size;
  const orderTactics = (names: readonly string[]): readonly string[] =>
    [...names].sort((a, b) => place(a) - place(b));
  const objects: AttackObject[] = [];
  const skipped = new Map<string, number>();
  for (const record of records.values()) {
    if (!isAttackType(record.type)) {
      if (!QUIET_TYPES.has(record.type))
        skipped.set(record.type, (skipped.get(record.type) ?? 0) + 1);
      continue;
    }
    const object = fromStix(record, domains, orderTactics);
    if (typeof object === 'string') {
      issues.push({ kind: 'issue', code: 'STIX_OBJECT_INVALID', message: `expected ${object}` });
    } else objects.push(object);
  }
  issues.push(...skippedTypes(skipped));
  return objects;
}

const isRelationType = (type: string | undefined): type is RelationType =>
  (RELATION_TYPES as readonly (string | undefined)[]).includes(type);

function typedRelations({ records, issues }: Collected): readonly Relation[] {
  const relations: Relation[] = [];
  for (const record of records.values()) {
    if (record.type !== 'relationship') continue;
    const {
      id,
      relationship_type: type,
      source_ref,
      target_ref,
      revoked,
      x_mitre_deprecated,
    } = record;
    if (revoked === true || x_mitre_deprecated === true || !isRelationType(type)) continue;
    const [sourceId, targetId] = [source_ref as StixId, target_ref as StixId];
    if (records.has(sourceId) && records.has(targetId)) {
      relations.push({ type, sourceId, targetId, stixId: id as StixId });
    } else {
      const missing = records.has(sourceId) ? target_ref : source_ref;
      const message = `expected both ends of ${id}, found no ${(missing ?? 'reference').slice(0, 100)}; skipped`;
      issues.push({ kind: 'issue', code: 'STIX_DANGLING_REF', message });
    }
  }
  return relations;
}

/** The relations without those that close a circle, which are reported. */
function withoutCycles(relations: readonly Relation[], issues: Issue[]): readonly Relation[] {
  const { relations: kept, cut } = cutCycles(relations);
  for (const { type, sourceId, targetId } of cut) {
    const message = `expected ${type} to end, found a circle at ${sourceId} → ${targetId}; that link is cut`;
    issues.push({ kind: 'issue', code: 'ATTACK_CYCLE', message });
  }
  return kept;
}

function collectionOf(records: Iterable<StixRecord>): StixRecord | undefined {
  for (const record of records) if (record.type === 'x-mitre-collection') return record;
  return undefined;
}

/**
 * Reads STIX 2.0 or 2.1 bundles of ATT&CK, one or several merged, into one knowledge base.
 *
 * Unknown types and fields are tolerated; what is skipped is reported. Of objects with the same id the
 * one modified last is kept.
 */
export function readStixBundle(
  documents: readonly StixDocument[],
  options: StixReadOptions = {},
): StixReading {
  const collected = collectRecords(documents);
  const { records, issues } = collected;
  const domains = domainsOf(records.values());
  const objects = typedObjects(collected, domains);
  const relations = withoutCycles(typedRelations(collected), issues);
  if (objects.length === 0) return { knowledgeBase: undefined, issues };
  const collection = collectionOf(records.values());
  const knowledgeBase = buildKnowledgeBase({
    domains,
    version: options.version ?? collection?.x_mitre_version ?? 'unknown',
    released: collection?.modified?.slice(0, 10),
    source: 'bundle',
    byStixId: new Map(objects.map((object) => [object.stixId, object])),
    byAttackId: indexByAttackId(objects),
    relations: indexRelations(relations),
    stix: (stixId) => records.get(stixId) as StixObject | undefined,
  });
  return { knowledgeBase, issues };
}
