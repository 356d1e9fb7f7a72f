import { isRecord } from '../../../model/index.js';

/** A STIX object of any type and version, as far as reports need it. */
export interface StixThing {
  readonly id: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** Everything else. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An object of a bundle; undefined when it is none. */
export function toStixThing(value: unknown): StixThing | undefined {
  if (!isRecord(value)) return undefined;
  const { id, type, name, description } = value as Readonly<
    Record<'id' | 'type' | 'name' | 'description', unknown>
  >;
  if (typeof id !== 'string' || typeof type !== 'string') return undefined;
  return { id, type, name: textOf(name), description: textOf(description), fields: value };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** A field that is text; undefined for anything else. */
export const textField = ({ fields }: StixThing, name: string): string | undefined =>
  textOf(fields[name]);

/** The texts of a field that is a list. */
export function listField({ fields }: StixThing, name: string): readonly string[] {
  const value = fields[name];
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'string' && item.trim() !== '')
    : [];
}

/** An entry of `external_references`. */
export interface ExternalReference {
  readonly sourceName: string;
  readonly externalId: string | undefined;
  readonly url: string | undefined;
}

export function externalReferences({ fields }: StixThing): readonly ExternalReference[] {
  const value = fields['external_references'];
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((reference: Readonly<Record<string, unknown>>) => ({
    sourceName: textOf(reference['source_name']) ?? '',
    externalId: textOf(reference['external_id']),
    url: textOf(reference['url']),
  }));
}

/** The id that ATT&CK gives, or CVE: `T1059.001`. */
export function knownId(thing: StixThing): string | undefined {
  return externalReferences(thing).find(
    ({ sourceName, externalId }) =>
      externalId !== undefined && /^(?:mitre-|cve$|capec$)/i.test(sourceName),
  )?.externalId;
}
