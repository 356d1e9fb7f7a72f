// Records in the Elastic Common Schema as Elastic's integrations document them, made up.
import type { RecordCase } from './cloud-records.table.js';

const NOON = '2026-03-03T12:00:00.000Z';
const AT = { '@timestamp': '2026-03-03T12:00:00Z' };

/** Of every integration of which rules are known, and of what hosts and networks write. */
export const ECS_RECORDS: readonly RecordCase[] = [
  {
    what: 'CloudTrail, without its original',
    record: {
      ...AT,
      event: {
        dataset: 'aws.cloudtrail',
        action: 'StopLogging',
        provider: 'cloudtrail.amazonaws.com',
        outcome: 'success',
      },
      aws: {
        cloudtrail: {
          event_type: 'AwsApiCall',
          user_identity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/anna' },
          flattened: { request_parameters: { name: 't' } },
          error_code: 'AccessDenied',
        },
      },
      source: { ip: '192.0.2.7' },
      user: { name: 'anna' },
      user_agent: { original: 'aws-cli' },
      cloud: { region: 'us-east-1' },
    },
    product: 'aws',
    time: NOON,
    user: 'anna',
    services: ['cloudtrail'],
    fields: {
      eventName: 'StopLogging',
      eventSource: 'cloudtrail.amazonaws.com',
      'userIdentity.type': 'IAMUser',
      'requestParameters.name': 't',
      errorCode: 'AccessDenied',
      userAgent: 'aws-cli',
      status: 'success',
    },
  },
  {
    what: 'sign-ins of Azure',
    record: {
      ...AT,
      event: { dataset: 'azure.signinlogs', action: 'Sign-in activity', outcome: 'failure' },
      azure: {
        signinlogs: {
          result_type: '50074',
          result_description: 'Strong Auth required',
          properties: {
            risk_state: 'atRisk',
            authentication_requirement: 'singleFactorAuthentication',
            device_detail: { is_compliant: false, device_id: '' },
            client_app_used: 'IMAP',
          },
        },
      },
      user: { name: 'anna' },
    },
    product: 'azure',
    user: 'anna',
    services: ['signinlogs'],
    fields: {
      ResultType: '50074',
      RiskState: 'atRisk',
      AuthenticationRequirement: 'singleFactorAuthentication',
      'DeviceDetail.isCompliant': false,
      ClientApp: 'IMAP',
      Status: 'failure',
    },
  },
  {
    what: 'audit events of Azure',
    record: {
      ...AT,
      event: { dataset: 'azure.auditlogs', action: 'Add member to role' },
      azure: {
        auditlogs: {
          category: 'AuditLogs',
          operation_name: 'Add member to role',
          properties: { result: 'success', logged_by_service: 'Core Directory' },
        },
      },
    },
    product: 'azure',
    services: ['auditlogs'],
    fields: {
      'properties.message': 'Add member to role',
      OperationName: 'Add member to role',
      Status: 'success',
      LoggedByService: 'Core Directory',
    },
  },
  {
    what: 'Okta',
    record: {
      ...AT,
      'event.dataset': 'okta.system',
      'event.action': 'policy.evaluate_sign_on',
      'okta.display_message': 'Evaluation',
      'okta.outcome.result': 'DENY',
      'okta.security_context.is_proxy': true,
      'okta.debug_context.debug_data.request_uri': '/admin',
      'okta.actor.alternate_id': 'anna@example.com',
    },
    product: 'okta',
    services: ['okta'],
    fields: {
      eventType: 'policy.evaluate_sign_on',
      displayMessage: 'Evaluation',
      'outcome.result': 'DENY',
      'securityContext.isProxy': true,
      'debugContext.debugData.requestUri': '/admin',
      'actor.alternateId': 'anna@example.com',
    },
  },
  {
    what: 'Microsoft 365',
    record: {
      ...AT,
      event: {
        dataset: 'o365.audit',
        action: 'Set-Mailbox',
        provider: 'Exchange',
        outcome: 'success',
      },
      o365: { audit: { Operation: 'Set-Mailbox', Workload: 'Exchange', ResultStatus: 'True' } },
      user: { id: 'anna@example.com' },
    },
    product: 'm365',
    user: 'anna@example.com',
    services: ['audit'],
    fields: { Operation: 'Set-Mailbox', eventSource: 'Exchange', status: 'success' },
  },
  {
    what: 'Kubernetes',
    record: {
      ...AT,
      event: { dataset: 'kubernetes.audit_logs' },
      kubernetes: { audit: { verb: 'list', objectRef: { resource: 'secrets', apiGroup: 'a' } } },
    },
    product: 'kubernetes',
    categories: ['application'],
    services: ['audit'],
    fields: { verb: 'list', 'objectRef.resource': 'secrets', apiGroup: 'a' },
  },
  {
    what: 'Google Cloud',
    record: {
      ...AT,
      event: { dataset: 'gcp.audit', action: 'storage.buckets.delete' },
      gcp: { audit: { service_name: 'storage.googleapis.com' } },
    },
    product: 'gcp',
    services: ['gcp.audit'],
    fields: { 'gcp.audit.method_name': 'storage.buckets.delete' },
  },
  {
    what: 'GitHub',
    record: {
      ...AT,
      event: { dataset: 'github.audit', action: 'repo.destroy' },
      github: { org: 'e' },
    },
    product: 'github',
    services: ['audit'],
    fields: { action: 'repo.destroy', org: 'e' },
  },
  {
    what: 'nginx in the Elastic Common Schema',
    record: {
      ...AT,
      event: { dataset: 'nginx.access', category: ['web'], type: ['access'] },
      source: { ip: '192.0.2.7' },
      url: { original: '/a.php?b=c', path: '/a.php', query: 'b=c', domain: 'www.example.com' },
      http: { request: { method: 'GET', referrer: '-' }, response: { status_code: 404 } },
      user_agent: { original: 'Wfuzz/3.1' },
    },
    product: undefined,
    categories: ['webserver'],
    fields: {
      'cs-uri-query': ['/a.php?b=c', 'b=c'],
      'cs-uri-stem': '/a.php',
      'cs-method': 'GET',
      'sc-status': 404,
      'cs-user-agent': 'Wfuzz/3.1',
    },
  },
  {
    what: 'Auditbeat',
    record: {
      ...AT,
      event: { module: 'auditd', category: ['process'], type: ['start'], action: 'executed' },
      host: { name: 'srv1', os: { family: 'debian' } },
      auditd: { message_type: 'syscall', data: { syscall: 'execve', a0: '55f' } },
      process: { executable: '/usr/bin/wget', name: 'wget', args: ['wget', 'http://example.com'] },
      tags: ['download'],
    },
    product: 'linux',
    host: 'srv1',
    categories: ['process_creation'],
    services: ['auditd'],
    fields: {
      type: ['SYSCALL', 'EXECVE'],
      a1: 'http://example.com',
      exe: '/usr/bin/wget',
      SYSCALL: 'execve',
      key: 'download',
      CommandLine: 'wget http://example.com',
    },
  },
  {
    what: 'a name that a host asked for',
    record: {
      ...AT,
      event: { category: ['network'], type: ['protocol'] },
      host: { name: 'ws1', os: { type: 'windows' } },
      dns: { question: { name: 'www.example.com', type: 'TXT' }, answers: [{ data: 'IEX' }] },
    },
    product: 'windows',
    host: 'ws1',
    categories: ['dns', 'dns_query'],
    fields: {
      QueryName: 'www.example.com',
      query: 'www.example.com',
      answer: 'IEX',
      record_type: 'TXT',
    },
  },
  {
    what: 'a registry value of Elastic Defend',
    record: {
      ...AT,
      event: { category: ['registry'], type: ['change'] },
      host: { name: 'ws1', os: { type: 'windows' } },
      process: { executable: 'C:\\a.exe' },
      registry: { path: 'HKLM\\SOFTWARE\\Run\\a', data: { strings: ['a.exe'] } },
    },
    product: 'windows',
    host: 'ws1',
    categories: ['registry_event', 'registry_set'],
    fields: { TargetObject: 'HKLM\\SOFTWARE\\Run\\a', Details: 'a.exe', Image: 'C:\\a.exe' },
  },
];
