import { declareShape, hasAll } from '../declare-shape.js';
import type { JsonShape } from '../json-record.js';

/** Findings of Amazon GuardDuty: exports to S3 and EventBridge (`accountId`), and its API (`AccountId`). */
export const GUARDDUTY: JsonShape = declareShape({
  name: 'guardduty',
  fits: (record) =>
    hasAll(record, 'schemaVersion', 'accountId', 'type', 'service.serviceName') ||
    hasAll(record, 'SchemaVersion', 'AccountId', 'Type', 'Service') ||
    (hasAll(record, 'schemaVersion', 'accountId', 'type', 'severity') && 'partition' in record),
  time: [
    'service.eventLastSeen',
    'Service.EventLastSeen',
    'updatedAt',
    'UpdatedAt',
    'createdAt',
    'CreatedAt',
  ],
  host: [
    'resource.instanceDetails.instanceId',
    'Resource.InstanceDetails.InstanceId',
    'accountId',
    'AccountId',
  ],
  user: ['resource.accessKeyDetails.userName', 'Resource.AccessKeyDetails.UserName'],
  logsource: { product: 'aws', services: ['guardduty'], provider: 'guardduty.amazonaws.com' },
});
