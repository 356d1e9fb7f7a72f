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
  const opened = Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, openText(value)]),
  );
  const { properties } = opened;
  const all = isRecord(properties) ? { ...opened, ...properties } : opened;
  const members = Object.entries(all).map(([key, value]) => [lowerFirst(key), value]);
  return { record: opened, members: Object.fromEntries(members) };
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
    const short = name.replace(/^[Pp]roperties\./, '');
    addField(fields, short, value);
    addField(fields, lowerFirst(short), value);
    addField(fields, upperFirst(short), value);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
