declare const brand: unique symbol;

/** ATT&CK id of a technique or sub-technique: `T1059` or `T1059.001`. */
export type TechniqueId = string & { readonly [brand]: 'TechniqueId' };

/** STIX id: `attack-pattern--` and the like, followed by a UUID. */
export type StixId = string & { readonly [brand]: 'StixId' };

const TECHNIQUE_ID = /^T\d{4}(?:\.\d{3})?$/;
// Source: STIX 2.1 §2.9. Version 1 to 5 UUIDs are all in use, so the version digit is not checked.
const STIX_ID =
  /^[a-z][a-z0-9-]{1,250}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isTechniqueId(value: unknown): value is TechniqueId {
  return typeof value === 'string' && TECHNIQUE_ID.test(value);
}

export function isStixId(value: unknown): value is StixId {
  return typeof value === 'string' && STIX_ID.test(value);
}

/** `T1059` of `T1059.001`; an id without a dot is its own parent. */
export function parentTechniqueId(techniqueId: TechniqueId): TechniqueId {
  return techniqueId.slice(0, 5) as TechniqueId;
}
