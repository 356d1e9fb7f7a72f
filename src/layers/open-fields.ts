import type { UnknownFields } from './layer.js';

/** Told of each field that is not of its type; `path` is the place in the document. */
export type FieldReport = (path: string, expected: string, found: unknown) => void;

/** Takes known fields out of a JSON object; what is left over, or not of its type, is `unknown`. */
export interface OpenFields {
  /** `name` appended to the place of the object: `techniques[3].score`. */
  pathOf(name: string): string;
  /**
   * The field's value; undefined when it is absent or `parse` refuses it. A refused value is reported
   * and stays among the unknown fields.
   */
  take<T>(name: string, expected: string, parse: (value: unknown) => T | undefined): T | undefined;
  /** Like `take`, and reports when the field is absent. */
  need<T>(name: string, expected: string, parse: (value: unknown) => T | undefined): T | undefined;
  /** Puts a value among the unknown fields, in place of what was read. */
  keep(name: string, value: unknown): void;
  unknown(): UnknownFields;
}

const NONE: UnknownFields = Object.freeze({});

/** Opens one JSON object for reading field by field. */
export function openFields(
  record: Readonly<Record<string, unknown>>,
  path: string,
  report: FieldReport,
): OpenFields {
  const taken = new Set<string>();
  const kept = new Map<string, unknown>();
  const pathOf = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const take: OpenFields['take'] = (name, expected, parse) => {
    if (!Object.hasOwn(record, name)) return undefined;
    const value = parse(record[name]);
    if (value === undefined) report(pathOf(name), expected, record[name]);
    else taken.add(name);
    return value;
  };
  return {
    pathOf,
    take,
    need(name, expected, parse) {
      if (!Object.hasOwn(record, name)) report(pathOf(name), expected, undefined);
      return take(name, expected, parse);
    },
    keep: (name, value) => void kept.set(name, value),
    unknown() {
      const rest = Object.entries(record).filter(([name]) => !taken.has(name));
      if (rest.length === 0 && kept.size === 0) return NONE;
      // fromEntries defines own properties, so a field named __proto__ stays a field.
      return Object.fromEntries([...rest, ...kept]);
    },
  };
}

/** Parsers for `take`: the value when it is of that type. */
export const asString = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
export const asBoolean = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;
export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
/** Versions are strings in the specifications and numbers in many files. */
export const asVersion = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : asString(value);
export const asStrings = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
