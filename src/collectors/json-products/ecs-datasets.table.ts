import type { LogsourceParts } from '../declare-shape.js';
import type { AliasTable } from '../field-aliases.js';

/** What Elastic's integration of a log makes of it. */
export interface EcsDataset {
  readonly logsource: LogsourceParts;
  /** Starts of names below which the log's own members stand, in snake_case; the longest first. */
  readonly prefixes: readonly string[];
  readonly aliases: AliasTable;
}

const USER_AGENT = ['user_agent.original', 'userAgent'] as const;

// Source: exported fields of Elastic's integrations and of Filebeat's modules, 8.x.
const DATASETS: Readonly<Record<string, EcsDataset>> = {
  'aws.cloudtrail': {
    logsource: { product: 'aws', services: ['cloudtrail'] },
    prefixes: ['aws.cloudtrail.flattened.', 'aws.cloudtrail.'],
    aliases: [
      ['event.action', 'eventName'],
      ['event.provider', 'eventSource'],
      ['event.outcome', 'status'],
      ['source.address', 'sourceIPAddress'],
      ['source.ip', 'sourceIPAddress'],
      ['cloud.region', 'awsRegion'],
      USER_AGENT,
    ],
  },
  'azure.activitylogs': {
    logsource: { product: 'azure', services: ['activitylogs'] },
    prefixes: ['azure.activitylogs.properties.', 'azure.activitylogs.'],
    aliases: [
      ['azure.activitylogs.operation_name', 'OperationNameValue'],
      ['azure.activitylogs.category', 'CategoryValue'],
      ['azure.resource.id', 'ResourceId'],
      ['azure.resource.provider', 'ResourceProviderValue'],
      ['azure.activitylogs.properties.message', 'properties.message'],
      ['event.action', 'properties.message'],
    ],
  },
  'azure.auditlogs': {
    logsource: { product: 'azure', services: ['auditlogs'] },
    prefixes: ['azure.auditlogs.properties.', 'azure.auditlogs.'],
    aliases: [
      ['azure.auditlogs.operation_name', 'properties.message'],
      ['azure.auditlogs.properties.activity_display_name', 'properties.message'],
      ['azure.auditlogs.properties.result', 'Status'],
      ['azure.auditlogs.properties.result', 'properties.result'],
      ['event.action', 'OperationName'],
    ],
  },
  'azure.signinlogs': {
    logsource: { product: 'azure', services: ['signinlogs'] },
    prefixes: ['azure.signinlogs.properties.', 'azure.signinlogs.'],
    aliases: [
      ['azure.signinlogs.properties.status.error_code', 'ResultType'],
      ['azure.signinlogs.properties.status.failure_reason', 'ResultDescription'],
      ['azure.signinlogs.properties.client_app_used', 'ClientApp'],
      ['azure.signinlogs.properties.authentication_protocol', 'properties.message'],
      ['event.outcome', 'Status'],
      ['user.name', 'Username'],
      USER_AGENT,
    ],
  },
  'gcp.audit': {
    logsource: { product: 'gcp', services: ['gcp.audit'] },
    prefixes: [],
    aliases: [
      ['event.action', 'gcp.audit.method_name'],
      ['gcp.audit.method_name', 'data.protoPayload.methodName'],
      ['gcp.audit.service_name', 'data.protoPayload.serviceName'],
      ['gcp.audit.authorization_info.permission', 'data.protoPayload.authorizationInfo.permission'],
      ['gcp.audit.authorization_info.granted', 'data.protoPayload.authorizationInfo.granted'],
    ],
  },
  'github.audit': {
    logsource: { product: 'github', services: ['audit'] },
    prefixes: ['github.'],
    aliases: [['event.action', 'action']],
  },
  'google_workspace.admin': {
    logsource: { product: 'gcp', services: ['google_workspace.admin'] },
    prefixes: ['google_workspace.admin.'],
    aliases: [
      ['event.action', 'eventName'],
      ['google_workspace.admin.setting.name', 'setting_name'],
      ['google_workspace.admin.new_value', 'new_value'],
    ],
  },
  'google_workspace.login': {
    logsource: { product: 'gcp', services: ['google_workspace.login'] },
    prefixes: ['google_workspace.login.'],
    aliases: [
      ['event.action', 'eventName'],
      ['event.action', 'protoPayload.metadata.event.eventName'],
    ],
  },
  'kubernetes.audit_logs': {
    logsource: { product: 'kubernetes', categories: ['application'], services: ['audit'] },
    prefixes: ['kubernetes.audit.'],
    aliases: [['kubernetes.audit.objectRef.apiGroup', 'apiGroup']],
  },
  'o365.audit': {
    logsource: { product: 'm365', services: ['audit'] },
    prefixes: ['o365.audit.'],
    aliases: [
      ['o365.audit.Workload', 'eventSource'],
      ['event.provider', 'eventSource'],
      ['event.action', 'eventName'],
      ['event.action', 'Operation'],
      ['event.outcome', 'status'],
    ],
  },
  'okta.system': {
    logsource: { product: 'okta', services: ['okta'] },
    prefixes: ['okta.'],
    aliases: [
      ['event.action', 'eventType'],
      ['okta.actor.alternate_id', 'actor.alternateId'],
      ['okta.debug_context.debug_data.flattened.behaviors', 'debugContext.debugData.behaviors'],
      [
        'okta.debug_context.debug_data.flattened.logOnlySecurityData',
        'debugContext.debugData.logOnlySecurityData',
      ],
      ['okta.target.display_name', 'target.displayName'],
    ],
  },
  'apache.access': { logsource: { categories: ['webserver'] }, prefixes: [], aliases: [] },
  'apache.error': { logsource: { services: ['apache'] }, prefixes: [], aliases: [] },
  'iis.access': { logsource: { categories: ['webserver'] }, prefixes: [], aliases: [] },
  'nginx.access': { logsource: { categories: ['webserver'] }, prefixes: [], aliases: [] },
  'nginx.error': { logsource: { services: ['nginx'] }, prefixes: [], aliases: [] },
};

/** Other names of the same. */
const SAME: Readonly<Record<string, string>> = {
  'azure.platformlogs': 'azure.activitylogs',
  'google_workspace.google_workspace': 'google_workspace.admin',
  'kubernetes.audit': 'kubernetes.audit_logs',
  'okta.okta': 'okta.system',
};

/** The dataset of that name; undefined when it is none of which rules are known. */
export function ecsDataset(name: string | undefined): EcsDataset | undefined {
  const key = name !== undefined && Object.hasOwn(SAME, name) ? SAME[name] : name;
  return key !== undefined && Object.hasOwn(DATASETS, key) ? DATASETS[key] : undefined;
}
