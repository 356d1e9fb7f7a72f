import { isRecord } from '../model/index.js';
import { parseColor } from './color.js';
import type { LayerLink, LayerMetadata, LayerTechnique } from './layer.js';
import {
  asBoolean,
  asNumber,
  asString,
  type FieldReport,
  type OpenFields,
  openFields,
} from './open-fields.js';

/** Text that `parseColor` reads, as it is written; the empty text is no colour and is allowed. */
export const asColor = (value: unknown): string | undefined =>
  typeof value === 'string' && (value === '' || parseColor(value) !== undefined)
    ? value
    : undefined;

const NOTHING: readonly never[] = Object.freeze([]);

/** Most entries of one list; a longer one stays among the unknown fields, whole. */
const MAX_ENTRIES = 100_000;

const asList = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) && value.length <= MAX_ENTRIES ? value : undefined;

const A_LIST = `a list of at most ${MAX_ENTRIES}`;

/**
 * Reads a list of objects. Entries that `readEntry` refuses stay among the unknown fields, under the list's name.
 *
 * @param readEntry reports what it refuses.
 */
export function readEntries<T>(
  fields: OpenFields,
  name: string,
  readEntry: (value: unknown, path: string) => T | undefined,
): readonly T[] {
  const values = fields.take(name, A_LIST, asList);
  if (values === undefined || values.length === 0) return NOTHING;
  const entries: T[] = [];
  const refused: unknown[] = [];
  const path = fields.pathOf(name);
  for (const [index, value] of values.entries()) {
    const entry = readEntry(value, `${path}[${index}]`);
    if (entry === undefined) refused.push(value);
    else entries.push(entry);
  }
  if (refused.length > 0) fields.keep(name, refused);
  return entries;
}

function isDivider(value: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(value, 'divider') && !Object.hasOwn(value, name);
}

function readDivider(
  value: Readonly<Record<string, unknown>>,
  path: string,
  report: FieldReport,
): Extract<LayerMetadata, { kind: 'divider' }> {
  const fields = openFields(value, path, report);
  const divider = fields.take('divider', 'true or false', asBoolean) ?? false;
  return { kind: 'divider', divider, unknown: fields.unknown() };
}

/** Reads the `metadata` of a layer or technique. */
export function readMetadata(fields: OpenFields, report: FieldReport): readonly LayerMetadata[] {
  return readEntries(fields, 'metadata', (value, path): LayerMetadata | undefined => {
    if (!isRecord(value)) return void report(path, 'an object', value);
    if (isDivider(value, 'name')) return readDivider(value, path, report);
    const entry = openFields(value, path, report);
    return {
      kind: 'metadata',
      name: entry.need('name', 'a text', asString) ?? '',
      value: entry.need('value', 'a text', asString) ?? '',
      unknown: entry.unknown(),
    };
  });
}

/** Reads the `links` of a layer or technique. URLs are kept as written: whoever renders them checks the scheme. */
export function readLinks(fields: OpenFields, report: FieldReport): readonly LayerLink[] {
  return readEntries(fields, 'links', (value, path): LayerLink | undefined => {
    if (!isRecord(value)) return void report(path, 'an object', value);
    if (isDivider(value, 'label')) return readDivider(value, path, report);
    const entry = openFields(value, path, report);
    return {
      kind: 'link',
      label: entry.need('label', 'a text', asString) ?? '',
      url: entry.need('url', 'a text', asString) ?? '',
      unknown: entry.unknown(),
    };
  });
}

/** Reads the `techniques` of a layer, in their order, duplicates and unknown ids too. */
export function readTechniques(fields: OpenFields, report: FieldReport): readonly LayerTechnique[] {
  return readEntries(fields, 'techniques', (value, path): LayerTechnique | undefined => {
    if (!isRecord(value)) return void report(path, 'an object', value);
    if (typeof value['techniqueID'] !== 'string') {
      return void report(`${path}.techniqueID`, 'a technique id', value['techniqueID']);
    }
    const entry = openFields(value, path, report);
    return {
      techniqueId: entry.take('techniqueID', 'a technique id', asString) ?? '',
      tactic: entry.take('tactic', 'a text', asString),
      comment: entry.take('comment', 'a text', asString) ?? '',
      enabled: entry.take('enabled', 'true or false', asBoolean) ?? true,
      score: entry.take('score', 'a number', asNumber),
      color: entry.take('color', 'a color', asColor) ?? '',
      metadata: readMetadata(entry, report),
      links: readLinks(entry, report),
      showSubtechniques: entry.take('showSubtechniques', 'true or false', asBoolean) ?? false,
      unknown: entry.unknown(),
    };
  });
}
