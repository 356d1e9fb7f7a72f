declare const brand: unique symbol;

/** ATT&CK id of a technique or sub-technique: `T1059` or `T1059.001`. */
export type TechniqueId = string & { readonly [brand]: 'TechniqueId' };

/** STIX id: `attack-pattern--` and the like, followed by a UUID. */
export type StixId = string & { readonly [brand]: 'StixId' };

const TECHNIQUE_ID = /^T\d{4}(?:\.\d{3})?$/;
// Source: STIX 2.1 §2.9. Version 1 to 5 UUIDs are all in use, so the version digit is not checked.
const STIX_TYPE = /^[a-z][a-z0-9-]{1,250}$/;
// Sticky, so that it is tried at one place only: a pattern for type and UUID together would go back and forth.
const DASHES_AND_UUID = /--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/y;
const UUID_CHARS = 38;

export function isTechniqueId(value: unknown): value is TechniqueId {
  return typeof value === 'string' && TECHNIQUE_ID.test(value);
}

export function isStixId(value: unknown): value is StixId {
  if (typeof value !== 'string') return false;
  const typeEnd = value.length - UUID_CHARS;
  DASHES_AND_UUID.lastIndex = typeEnd;
  return typeEnd > 1 && DASHES_AND_UUID.test(value) && STIX_TYPE.test(value.slice(0, typeEnd));
}

/** `T1059` of `T1059.001`; an id without a dot is its own parent. */
export function parentTechniqueId(techniqueId: TechniqueId): TechniqueId {
  return techniqueId.slice(0, 5) as TechniqueId;
}
