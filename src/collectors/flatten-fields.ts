import { isRecord } from '../model/index.js';
import type { FieldScalar, FieldValue } from './event.js';

/** Most fields read of one event; real ones have fewer than 300. */
export const MAX_FIELDS = 5_000;
const MAX_NAME_LENGTH = 1_000;
const MAX_OPEN = 100_000;

/**
 * Adds a JSON value to `fields`: nested objects by dotted names, lists of scalars as lists, lists of objects as the
 * lists of their members.
 *
 * @param options.prefix name of the value itself; empty for the whole record.
 * @returns false when something was left out: more than 5,000 fields, or names longer than 1,000 characters.
 */
export function flattenFields(
  value: unknown,
  fields: Map<string, FieldValue>,
  options: { readonly prefix: string },
): boolean {
  const open: NamedValue[] = [{ name: options.prefix, value }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const isTooMuch = fields.size > MAX_FIELDS || open.length > MAX_OPEN;
    if (isTooMuch || next.name.length > MAX_NAME_LENGTH) return false;
    const members = membersOf(next);
    if (members === undefined) addValue(fields, next.name, toScalar(next.value));
    else for (const member of members.reverse()) open.push(member);
  }
  return true;
}

interface NamedValue {
  readonly name: string;
  readonly value: unknown;
}

/** Undefined for a scalar. An empty list is null, an empty object nothing. */
function membersOf({ name, value }: NamedValue): NamedValue[] | undefined {
  if (isRecord(value))
    return Object.entries(value).map(([key, inner]) => ({
      name: name === '' ? key : `${name}.${key}`,
      value: inner,
    }));
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value.length === 0 ? [null] : value;
  return list.map((inner) => ({ name, value: inner }));
}

function toScalar(value: unknown): FieldScalar {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return null;
}

/** Adds a value to a field; several values of one field are a list. */
export function addValue(fields: Map<string, FieldValue>, name: string, value: FieldScalar): void {
  const before = fields.get(name);
  if (before === undefined) fields.set(name, value);
  else if (isList(before)) before.push(value);
  else if (!Array.isArray(before)) fields.set(name, [before, value] as FieldScalar[]);
}

// Invariant: the lists in the map are made by addValue and not yet seen by anyone else.
function isList(value: FieldValue): value is FieldScalar[] {
  return Array.isArray(value);
}
