import { addJsonText } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, valueAt } from '../json-record.js';
import { addFields } from './endpoint-names.js';

/** Whether the event is one of AWS CloudTrail, as Security Lake writes those. */
export function isCloudTrail(record: JsonObject): boolean {
  const product = firstText(record, ['metadata.product.name', 'metadata.log_provider']);
  return product?.toLowerCase() === 'cloudtrail';
}

/** Adds CloudTrail's own names, which rules use, to an API call. */
export function addOcsfApi(record: JsonObject, fields: Map<string, FieldValue>): void {
  const text = (...names: readonly string[]) => firstText(record, names);
  const error = text('api.response.error');
  addFields(fields, {
    eventName: text('api.operation'),
    eventSource: text('api.service.name'),
    eventType: text('metadata.event_code'),
    awsRegion: text('cloud.region'),
    sourceIPAddress: text('src_endpoint.ip', 'src_endpoint.domain', 'src_endpoint.svc_name'),
    userAgent: text('http_request.user_agent'),
    errorCode: error,
    errorMessage: text('api.response.message'),
    status: error === undefined ? 'success' : 'failure',
    'userIdentity.type': text('actor.user.type'),
    'userIdentity.arn': text('actor.user.uid_alt', 'actor.user.uuid', 'actor.user.uid'),
    'userIdentity.userName': text('actor.user.name'),
    'userIdentity.accountId': text('actor.user.account.uid', 'actor.user.account_uid'),
    'userIdentity.sessionContext.sessionIssuer.arn': text('actor.session.issuer'),
    'additionalEventData.MFAUsed': mfaOf(record),
  });
  addParameters(fields, 'requestParameters', valueAt(record, 'api.request.data'));
  addParameters(fields, 'responseElements', valueAt(record, 'api.response.data'));
  // What has no place in the schema stays by its own, dotted name.
  for (const [name, value] of [...fields])
    if (name.startsWith('unmapped.')) addFields(fields, { [name.slice(9)]: value });
}

function addParameters(fields: Map<string, FieldValue>, name: string, value: unknown): void {
  if (typeof value === 'string') addFields(fields, { [name]: value });
  else addJsonText(fields, name, value);
}

function mfaOf(record: JsonObject): string | undefined {
  const value = valueAt(record, 'is_mfa') ?? valueAt(record, 'actor.session.is_mfa');
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : undefined;
}
