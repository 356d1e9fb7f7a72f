import { isRecord } from '../../model/index.js';
import { addField, addJsonText, declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addValue } from '../flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';

const WORKLOAD = ['Workload', 'OfficeWorkload', 'Source'];

/** Microsoft 365's unified audit log: Management Activity API, Purview's export, Sentinel's `OfficeActivity`. */
export const M365_AUDIT: JsonShape = declareShape({
  name: 'm365-audit',
  fits: (record) =>
    hasAll(record, 'Operation') &&
    (hasAll(record, 'Workload', 'CreationTime') ||
      hasAll(record, 'RecordType', 'CreationTime') ||
      hasAll(record, 'OfficeWorkload')),
  time: ['CreationTime', 'TimeGenerated'],
  host: ['OrganizationName', 'OrganizationId', 'TenantId'],
  user: ['UserId', 'UserKey'],
  logsource(record) {
    const workload = firstText(record, WORKLOAD);
    return { product: 'm365', services: servicesOf(workload), provider: workload };
  },
  texts: ['Parameters', 'OperationProperties', 'ModifiedProperties', 'ExtendedProperties', 'Data'],
  derive(record, fields) {
    const workload = firstText(record, WORKLOAD);
    const operation = firstText(record, ['Operation']);
    const status = firstText(record, ['ResultStatus', 'Status']);
    const derived: readonly (readonly [string, FieldValue | undefined])[] = [
      ['Workload', workload],
      ['eventSource', workload],
      ['eventName', namesOf(operation, firstText(record, ['Name', 'AlertName', 'PolicyName']))],
      ['status', statusOf(status)],
    ];
    for (const [name, value] of derived) addField(fields, name, value);
    for (const list of ['Parameters', 'ExtendedProperties', 'OperationProperties'])
      addPairs(record, list, fields);
    const payload = fields.get('Parameters') ?? fields.get('Data');
    addField(fields, 'Payload', payload);
    addJsonText(fields, 'Item', record['Item']);
  },
});

function servicesOf(workload: string | undefined): readonly string[] {
  const key = workload?.toLowerCase();
  if (key === 'exchange') return ['audit', 'exchange'];
  return key === 'securitycompliancecenter'
    ? ['audit', 'threat_management', 'threat_detection']
    : ['audit'];
}

/** Alerts all have one operation; what rules call the event's name is the alert's. */
function namesOf(operation: string | undefined, alert: string | undefined): FieldValue | undefined {
  const isAlert = /^Alert/.test(operation ?? '');
  if (!isAlert || alert === undefined) return operation;
  return operation === undefined ? alert : [alert, operation];
}

/** `Succeeded`, `PartiallySucceeded`, `True` are success. What has no status was done. */
function statusOf(status: string | undefined): string {
  if (status === undefined) return 'success';
  if (/^(success|succeeded|partiallysucceeded|true)$/i.test(status)) return 'success';
  return /^(fail|false|error)/i.test(status) ? 'failure' : status;
}

/** `[{"Name": "ForwardTo", "Value": "…"}]`: each also as a field of its own. */
function addPairs(record: JsonObject, list: string, fields: Map<string, FieldValue>): void {
  const pairs = valueAt(record, list);
  if (!Array.isArray(pairs)) return;
  const found = new Map<string, FieldValue>();
  for (const pair of pairs.filter(isRecord)) {
    const name = firstText(pair, ['Name']);
    const value = firstText(pair, ['Value']);
    if (name !== undefined && value !== undefined) addValue(found, name, value);
  }
  for (const [name, value] of found) {
    addField(fields, `${list}.${name}`, value);
    addField(fields, name, value);
  }
}
