import { isIssue, isRecord, parseJson } from '../../model/index.js';
import { addField } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import type { JsonObject } from '../json-record.js';

/**
 * An Azure record with its parts opened: columns of Log Analytics that hold JSON as a text, and the `properties` that
 * Azure Monitor puts around what Microsoft Graph writes.
 */
export interface AzureRecord {
  /** As it was written, texts of JSON opened. */
  readonly record: JsonObject;
  /** The log's own members, from whatever depth, by names in camelCase. */
  readonly members: JsonObject;
}

export function openAzureRecord(record: JsonObject): AzureRecord {
  const opened: Record<string, unknown> = Object.create(null);
  const members: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(record)) opened[key] = openText(value);
  const { properties } = opened;
  for (const part of isRecord(properties) ? [opened, properties] : [opened])
    for (const [key, value] of Object.entries(part)) members[lowerFirst(key)] = value;
  return { record: opened, members };
}

function openText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const parsed = parseJson(value);
  return isIssue(parsed) ? value : parsed.value;
}

/**
 * Adds the log's own members under both spellings that rules use: Graph's `riskState` and Log Analytics' `RiskState`.
 * Fields that are there already are kept.
 */
export function addBothSpellings(fields: Map<string, FieldValue>): void {
  for (const [name, value] of [...fields]) {
    const isInner = name.startsWith('properties.') || name.startsWith('Properties.');
    const short = isInner ? name.slice('properties.'.length) : name;
    if (isInner) addField(fields, short, value);
    const first = short.charCodeAt(0);
    if (first >= 0x61 && first <= 0x7a) addField(fields, upperFirst(short), value);
    else if (first >= 0x41 && first <= 0x5a) addField(fields, lowerFirst(short), value);
  }
}

function lowerFirst(text: string): string {
  const first = text.charCodeAt(0);
  return first >= 0x41 && first <= 0x5a ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
