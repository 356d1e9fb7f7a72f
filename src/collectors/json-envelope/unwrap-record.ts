import { isIssue, isRecord, parseJson } from '../../model/index.js';
import { type JsonObject, valueAt } from '../json-record.js';
import { decodeAttributes, openLogRecord } from './otlp-values.js';

/** A record taken out of what a tool or transport put around it. */
export interface UnwrappedRecord {
  readonly record: JsonObject;
  /** What stood around it, the innermost first. */
  readonly outer: readonly JsonObject[];
}

interface Wrapper {
  /** The record inside: an object, or its JSON text; anything else when the record is not wrapped so. */
  readonly inner: (record: JsonObject) => unknown;
  /** Member that holds the record inside. */
  readonly key: string;
}

function has(record: JsonObject, ...keys: string[]): boolean {
  return keys.some((key) => Object.hasOwn(record, key));
}

// What names a wrapper is, beside the record, what the tool always writes; a record that only has such a member stays.
const WRAPPERS: readonly Wrapper[] = [
  // Elasticsearch and OpenSearch
  { key: '_source', inner: (record) => (has(record, '_index', '_id') ? record['_source'] : 0) },
  // Splunk's JSON export, and what is sent to its HTTP event collector
  { key: 'result', inner: (record) => (has(record, 'preview', 'offset') ? record['result'] : 0) },
  {
    key: 'event',
    // Elastic's documents have an `event`, a `source` and a `host` too; theirs are objects.
    inner: (record) =>
      !has(record, '@timestamp') &&
      [record['sourcetype'], record['source']].some((name) => typeof name === 'string') &&
      has(record, 'time', 'host', 'index')
        ? record['event']
        : 0,
  },
  { key: '_raw', inner: (record) => record['_raw'] },
  // Amazon EventBridge
  {
    key: 'detail',
    inner: (record) => (has(record, 'detail-type') ? record['detail'] : 0),
  },
  // CloudWatch Logs, CloudTrail's look-up
  {
    key: 'message',
    inner: (record) => (has(record, 'id', 'logStream') ? textOnly(record['message']) : 0),
  },
  { key: '@message', inner: (record) => record['@message'] },
  { key: 'CloudTrailEvent', inner: (record) => record['CloudTrailEvent'] },
  // Microsoft 365: Search-UnifiedAuditLog
  { key: 'AuditData', inner: (record) => record['AuditData'] },
  // Chainsaw
  {
    key: 'document',
    inner: (record) =>
      isRecord(record['document']) && has(record, 'group', 'name', 'rule', 'timestamp')
        ? record['document']['data']
        : 0,
  },
  // Containers
  { key: 'log', inner: (record) => (has(record, 'stream', 'time') ? textOnly(record['log']) : 0) },
  // CloudEvents; Google's Pub/Sub
  { key: 'data', inner: (record) => (has(record, 'specversion') ? record['data'] : 0) },
  {
    key: 'message',
    inner: ({ message, subscription }) =>
      typeof subscription === 'string' && isRecord(message) ? decodeBase64(message['data']) : 0,
  },
  // Google Cloud Logging: records that applications write
  { key: 'jsonPayload', inner: (record) => (has(record, 'logName') ? record['jsonPayload'] : 0) },
  // Wazuh's modules for services
  { key: 'data', inner: openWazuh },
  // Beats and Elastic Agent keep the record that they took apart
  { key: 'event', inner: (record) => originalOf(record) },
  { key: 'body', inner: openLogRecord },
];

const MAX_WRAPPERS = 6;

/** Takes a record out of the wrappers that are known, at most six, one in the other. */
export function unwrapRecord(record: JsonObject): UnwrappedRecord {
  const outer: JsonObject[] = [];
  let inner = record;
  for (let depth = 0; depth < MAX_WRAPPERS; depth += 1) {
    const opened = openOne(inner);
    if (opened === undefined) break;
    if (Object.keys(opened.rest).length > 0) outer.unshift(opened.rest);
    inner = opened.record;
  }
  return { record: inner, outer };
}

function openOne(
  record: JsonObject,
): { readonly record: JsonObject; readonly rest: JsonObject } | undefined {
  for (const { key, inner } of WRAPPERS) {
    if (!Object.hasOwn(record, key) && key !== 'event' && key !== 'body') continue;
    const found = toRecord(inner(record));
    if (found === undefined) continue;
    const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
    return { record: found, rest: key === 'body' ? decodeAttributes(rest) : rest };
  }
  return undefined;
}

/** An object with members, or a text that is one in JSON. */
function toRecord(value: unknown): JsonObject | undefined {
  if (isRecord(value)) return Object.keys(value).length > 0 ? value : undefined;
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return undefined;
  const parsed = parseJson(value);
  if (isIssue(parsed) || !isRecord(parsed.value)) return undefined;
  return Object.keys(parsed.value).length > 0 ? parsed.value : undefined;
}

function textOnly(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function decodeBase64(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w+/=-]+$/.test(value)
    ? Buffer.from(value, 'base64').toString('utf8')
    : undefined;
}

/** `{"rule": …, "agent": …, "data": {"integration": "aws", "aws": {…}}}` */
function openWazuh(record: JsonObject): unknown {
  const { data } = record;
  if (!isRecord(data) || !has(record, 'decoder', 'rule')) return undefined;
  const { integration } = data;
  return typeof integration === 'string' ? data[integration] : undefined;
}

function originalOf(record: JsonObject): unknown {
  if (!has(record, '@timestamp')) return undefined;
  const original = valueAt(record, 'event.original');
  // Windows events in XML are read from the fields that the agent made.
  return typeof original === 'string' ? original : undefined;
}
