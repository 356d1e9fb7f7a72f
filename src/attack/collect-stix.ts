import { type Domain, isRecord, isStixId, type StixId } from '../model/index.js';
import type { StixObject } from './knowledge-base.js';
import type { StixDocument } from './read-stix-bundle.js';

// Source: MITRE's collection index, github.com/mitre-attack/attack-stix-data, index.json.
/** STIX id of MITRE's collection of a domain, the same in every release. */
export const COLLECTION_DOMAINS: Readonly<Record<string, Domain>> = {
  'x-mitre-collection--1f5f1533-f617-4ca8-9ab4-6a02367fa019': 'enterprise-attack',
  'x-mitre-collection--dac0d2d7-8653-445c-9bff-82f934c1e858': 'mobile-attack',
  'x-mitre-collection--90c00720-636b-4485-b342-8751d232bf09': 'ics-attack',
};

const modifiedOf = ({ modified }: StixObject): string =>
  typeof modified === 'string' ? modified : '';

function isStixObject(value: unknown): value is StixObject {
  return isRecord(value) && isStixId(value['id']) && typeof value['type'] === 'string';
}

function objectsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) && Array.isArray(value['objects']) ? value['objects'] : [];
}

/**
 * Every STIX object of the documents by its id, as it was written; what is no STIX object is left out.
 *
 * Of two with one id the one modified last is kept, as `readStixBundle` does.
 */
export function collectStix(documents: readonly StixDocument[]): ReadonlyMap<StixId, StixObject> {
  const objects = new Map<StixId, StixObject>();
  for (const { value } of documents) {
    for (const object of objectsOf(value)) {
      if (!isStixObject(object)) continue;
      const known = objects.get(object.id as StixId);
      if (known === undefined || modifiedOf(object) > modifiedOf(known))
        objects.set(object.id as StixId, object);
    }
  }
  return objects;
}

/** Whether an object belongs to a domain; one that names none belongs to all. */
function isOfDomain(object: StixObject, domain: Domain): boolean {
  const collection = COLLECTION_DOMAINS[object.id];
  if (collection !== undefined) return collection === domain;
  const domains = object['x_mitre_domains'];
  return !Array.isArray(domains) || domains.length === 0 || domains.includes(domain);
}

/** The part of merged documents that is of one domain, with the relationships inside it. */
export function selectDomain(documents: readonly StixDocument[], domain: Domain): StixDocument {
  const all = [...collectStix(documents).values()];
  const own = all.filter((object) => isOfDomain(object, domain));
  const ids = new Set<unknown>(own.map(({ id }) => id));
  const hasBothEnds = (object: StixObject): boolean =>
    ids.has(object['source_ref']) && ids.has(object['target_ref']);
  const kept = own.filter((object) => object.type !== 'relationship' || hasBothEnds(object));
  return { source: documents.map(({ source }) => source).join(', '), value: kept };
}
