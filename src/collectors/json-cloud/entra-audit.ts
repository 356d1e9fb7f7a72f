import { isRecord } from '../../model/index.js';
import { addField, addJsonText, declareShape } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addValue } from '../flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';
import { openAzureRecord } from './azure-fields.js';
import { azureServiceOf } from './azure-service-of.js';
import { addLogFields } from './entra-sign-in.js';

/** Audit log of Microsoft Entra: Azure Monitor, Log Analytics, Microsoft Graph's `directoryAudits`. */
export const ENTRA_AUDIT: JsonShape = declareShape({
  name: 'entra-audit',
  fits: (record) => azureServiceOf(record) === 'auditlogs',
  time: [
    'activityDateTime',
    'ActivityDateTime',
    'properties.activityDateTime',
    'time',
    'TimeGenerated',
  ],
  host: ['tenantId', 'TenantId', 'AADTenantId'],
  user: [
    'initiatedBy.user.userPrincipalName',
    'InitiatedBy.user.userPrincipalName',
    'properties.initiatedBy.user.userPrincipalName',
    'initiatedBy.app.displayName',
    'InitiatedBy.app.displayName',
    'properties.initiatedBy.app.displayName',
    'identity',
    'Identity',
  ],
  logsource: { product: 'azure', services: ['auditlogs'], provider: 'Microsoft.aadiam' },
  derive(record, fields) {
    const { members } = openAzureRecord(record);
    addLogFields(members, fields);
    addNames(members, fields);
    addTargets(members, fields);
    addDetails(members, fields);
  },
});

function addNames(members: JsonObject, fields: Map<string, FieldValue>): void {
  const activity = firstText(members, ['activityDisplayName', 'operationName']);
  const result = firstText(members, ['result']);
  const initiator = [
    'initiatedBy.user.userPrincipalName',
    'initiatedBy.app.displayName',
    'initiatedBy.app.servicePrincipalName',
  ];
  const derived: readonly (readonly [string, FieldValue | undefined])[] = [
    ['properties.message', activity],
    ['operationName', activity],
    ['OperationName', activity],
    ['activityDisplayName', activity],
    ['ActivityDisplayName', activity],
    ['activityType', activity],
    ['ActivityType', activity],
    ['Status', result],
    ['properties.result', result],
    ['failure_status_reason', firstText(members, ['resultReason', 'resultDescription'])],
    ['Initiatedby', firstText(members, initiator)],
  ];
  for (const [name, value] of derived) addField(fields, name, value);
}

function addTargets(members: JsonObject, fields: Map<string, FieldValue>): void {
  const value = valueAt(members, 'targetResources');
  const targets = (Array.isArray(value) ? value : [value]).filter(isRecord);
  if (targets.length === 0) return;
  for (const name of ['targetResources', 'TargetResources', 'properties.targetResources'])
    addJsonText(fields, name, targets);
  const changes = targets
    .flatMap(({ modifiedProperties }) =>
      Array.isArray(modifiedProperties) ? modifiedProperties : [],
    )
    .filter(isRecord);
  if (changes.length > 0)
    for (const start of ['targetResources', 'TargetResources', 'properties.targetResources'])
      addJsonText(fields, `${start}.modifiedProperties`, changes);
  const more = new Map<string, FieldValue>();
  for (const target of targets)
    for (const key of ['userPrincipalName', 'displayName', 'id']) {
      const text = firstText(target, [key]);
      if (text !== undefined) addValue(more, 'Target', text);
    }
  for (const change of changes) addChange(change, more);
  for (const [name, one] of more) addField(fields, name, one);
}

/** A changed property; its new value also under the property's own name, without the quotes that Entra puts around it. */
function addChange(change: JsonObject, fields: Map<string, FieldValue>): void {
  const name = firstText(change, ['displayName']);
  const value = firstText(change, ['newValue']);
  if (name === undefined) return;
  addValue(fields, 'TargetResources.ModifiedProperties.DisplayName', name);
  if (value === undefined) return;
  addValue(fields, 'TargetResources.ModifiedProperties.NewValue', value);
  addValue(fields, name, value.replace(/^"(.*)"$/s, '$1'));
}

/** `[{"key": "additionalInfo", "value": "…"}]` */
function addDetails(members: JsonObject, fields: Map<string, FieldValue>): void {
  const details = valueAt(members, 'additionalDetails');
  if (!Array.isArray(details)) return;
  for (const detail of details.filter(isRecord)) {
    const key = firstText(detail, ['key']);
    if (key !== undefined)
      addField(fields, `additionalDetails.${key}`, firstText(detail, ['value']));
  }
}
