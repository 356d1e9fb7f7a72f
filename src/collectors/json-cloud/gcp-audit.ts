import { isRecord } from '../../model/index.js';
import { addField, declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';
import { addWorkspaceEvents } from './workspace-events.js';

/** Google Cloud Logging's entries, audit logs first of all; those of Google Workspace that arrive there too. */
export const GCP_AUDIT: JsonShape = declareShape({
  name: 'gcp-log-entry',
  fits: (record) =>
    hasAll(record, 'protoPayload.serviceName') || hasAll(record, 'protoPayload.methodName'),
  time: ['timestamp', 'receiveTimestamp'],
  host: [
    'resource.labels.instance_id',
    'resource.labels.project_id',
    'resource.labels.organization_id',
    'resource.labels.folder_id',
  ],
  user: [
    'protoPayload.authenticationInfo.principalEmail',
    'protoPayload.authenticationInfo.principalSubject',
  ],
  logsource(record) {
    const service = firstText(record, ['protoPayload.serviceName']);
    const application = /^(admin|login|oauth2|drive|groups)\.googleapis\.com$/.exec(
      service ?? '',
    )?.[1];
    const isWorkspace = application !== undefined && eventsOf(record).length > 0;
    return {
      product: 'gcp',
      services: isWorkspace ? ['gcp.audit', `google_workspace.${application}`] : ['gcp.audit'],
      provider: service,
    };
  },
  aliases: [
    // As Elastic's module names them
    ['protoPayload.methodName', 'gcp.audit.method_name'],
    ['protoPayload.serviceName', 'gcp.audit.service_name'],
    ['protoPayload.resourceName', 'gcp.audit.resource_name'],
    [
      'protoPayload.authenticationInfo.principalEmail',
      'gcp.audit.authentication_info.principal_email',
    ],
    ['protoPayload.authorizationInfo.permission', 'gcp.audit.authorization_info.permission'],
    ['protoPayload.authorizationInfo.granted', 'gcp.audit.authorization_info.granted'],
    ['protoPayload.requestMetadata.callerIp', 'gcp.audit.request_metadata.caller_ip'],
    [
      'protoPayload.requestMetadata.callerSuppliedUserAgent',
      'gcp.audit.request_metadata.caller_supplied_user_agent',
    ],
    ['protoPayload.status.code', 'gcp.audit.status.code'],
    ['protoPayload.status.message', 'gcp.audit.status.message'],
  ],
  derive(record, fields) {
    // Rules name some fields as forwarders write them, below `data`, and two of the entry as if the payload held them.
    for (const [name, value] of [...fields])
      if (name.startsWith('protoPayload.')) addField(fields, `data.${name}`, value);
    addField(fields, 'data.protoPayload.resource.type', firstText(record, ['resource.type']));
    const logName = firstText(record, ['logName']);
    addField(fields, 'data.protoPayload.logName', logName?.replace(/^.*\/logs\//, ''));
    const events = eventsOf(record);
    if (events.length > 0) addEvents(record, events, fields);
  },
});

function eventsOf(record: JsonObject): readonly JsonObject[] {
  const events = valueAt(record, 'protoPayload.metadata.event');
  return (Array.isArray(events) ? events : [events]).filter(isRecord);
}

function addEvents(
  record: JsonObject,
  events: readonly JsonObject[],
  fields: Map<string, FieldValue>,
): void {
  addWorkspaceEvents(fields, {
    service: firstText(record, ['protoPayload.serviceName']) ?? '',
    events: events.map((event) => ({
      name: firstText(event, ['eventName']),
      type: firstText(event, ['eventType']),
      parameters: event['parameter'],
    })),
  });
}
