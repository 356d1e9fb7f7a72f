// Objects around a list of records, as services and their export tools write them.

/**
 * Name of a list of records → what may stand beside it. `light`: any text or number, since nothing but an envelope has
 * this list; `known`: only the names below, since records of other kinds have such lists as well.
 */
export const ENVELOPE_LISTS: ReadonlyMap<string, 'light' | 'known'> = new Map([
  // CloudTrail in S3, Azure Monitor and Event Hub
  ['Records', 'light'],
  ['records', 'light'],
  // CloudWatch Logs subscriptions
  ['logEvents', 'light'],
  // OpenTelemetry
  ['resourceLogs', 'light'],
  ['scopeLogs', 'light'],
  ['logRecords', 'light'],
  // CloudTrail's look-up; Okta's event hooks
  ['Events', 'known'],
  ['events', 'known'],
  // Microsoft Graph and Azure's REST interfaces
  ['value', 'known'],
  // Google's and Kubernetes' lists
  ['items', 'known'],
  // Defender's hunting interface; Bitbucket; GuardDuty; Security Hub; others
  ['Results', 'known'],
  ['results', 'known'],
  ['Findings', 'known'],
  ['entities', 'known'],
  ['entries', 'known'],
  ['authlogs', 'known'],
  ['data', 'known'],
  ['hits', 'known'],
]);

/** Objects that hold the envelope: `{"hits": {"hits": […]}}`, `{"data": {"events": […]}}`. */
export const ENVELOPE_OBJECTS: ReadonlySet<string> = new Set(['data', 'hits', 'response']);

/**
 * What stands beside the list in envelopes. `kept`: it tells of the records and becomes fields of each; `dropped`: it
 * tells of the request.
 */
export const ENVELOPE_HEADERS: ReadonlyMap<string, 'kept' | 'dropped'> = new Map([
  ['logGroup', 'kept'],
  ['logStream', 'kept'],
  ['messageType', 'kept'],
  ['owner', 'kept'],
  ['resource', 'kept'],
  ['schemaUrl', 'dropped'],
  ['scope', 'kept'],
  ['subscriptionFilters', 'dropped'],
  ['@odata.context', 'dropped'],
  ['@odata.count', 'dropped'],
  ['@odata.deltaLink', 'dropped'],
  ['@odata.nextLink', 'dropped'],
  ['NextToken', 'dropped'],
  ['ResponseMetadata', 'dropped'],
  ['Schema', 'dropped'],
  ['Stats', 'dropped'],
  ['_scroll_id', 'dropped'],
  ['_shards', 'dropped'],
  ['apiVersion', 'dropped'],
  ['cursor', 'dropped'],
  ['etag', 'dropped'],
  ['kind', 'dropped'],
  ['links', 'dropped'],
  ['max_score', 'dropped'],
  ['metadata', 'dropped'],
  ['nextLink', 'dropped'],
  ['nextPageToken', 'dropped'],
  ['nextToken', 'dropped'],
  ['pagination', 'dropped'],
  ['pagingInfo', 'dropped'],
  ['response_metadata', 'dropped'],
  ['stat', 'dropped'],
  ['status', 'dropped'],
  ['timed_out', 'dropped'],
  ['took', 'dropped'],
  ['total', 'dropped'],
]);
