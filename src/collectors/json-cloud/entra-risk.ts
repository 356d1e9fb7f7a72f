import { addField, declareShape } from '../declare-shape.js';
import { firstText, type JsonShape } from '../json-record.js';
import { openAzureRecord } from './azure-fields.js';
import { azureServiceOf } from './azure-service-of.js';
import { addLogFields } from './entra-sign-in.js';

/** Risk detections of Microsoft Entra ID Protection: Azure Monitor, Log Analytics, Microsoft Graph. */
export const ENTRA_RISK: JsonShape = declareShape({
  name: 'entra-risk',
  fits: (record) => azureServiceOf(record) === 'riskdetection',
  time: [
    'activityDateTime',
    'ActivityDateTime',
    'properties.activityDateTime',
    'detectedDateTime',
    'DetectedDateTime',
    'properties.detectedDateTime',
    'riskLastUpdatedDateTime',
    'properties.riskLastUpdatedDateTime',
    'time',
    'TimeGenerated',
  ],
  host: ['tenantId', 'TenantId', 'AADTenantId'],
  user: [
    'userPrincipalName',
    'UserPrincipalName',
    'properties.userPrincipalName',
    'servicePrincipalDisplayName',
    'ServicePrincipalDisplayName',
    'properties.servicePrincipalDisplayName',
  ],
  logsource: { product: 'azure', services: ['riskdetection'], provider: 'Microsoft.aadiam' },
  derive: (record, fields) => addLogFields(openAzureRecord(record).members, fields),
});

/** Alerts of Privileged Identity Management, as Microsoft Graph writes them. */
export const ENTRA_PIM: JsonShape = declareShape({
  name: 'entra-pim',
  fits: (record) => azureServiceOf(record) === 'pim',
  time: ['createdDateTime', 'lastModifiedDateTime', 'lastScannedDateTime', 'time'],
  host: ['scopeId', 'tenantId'],
  user: ['assigneeUserPrincipalName', 'userPrincipalName', 'assigneeDisplayName'],
  logsource: { product: 'azure', services: ['pim'], provider: 'Microsoft.aadiam' },
  derive(record, fields) {
    const type = firstText(record, ['@odata.type'])?.replace(/^#?microsoft\.graph\./, '');
    addField(fields, 'riskEventType', type ?? alertOf(firstText(record, ['alertDefinitionId'])));
  },
});

/** `DirectoryRole_<tenant>_TooManyGlobalAdminsAssignedToTenantAlert` → `tooManyGlobal…AlertIncident` */
function alertOf(definitionId: string | undefined): string | undefined {
  const name = definitionId?.split('_').at(-1);
  return name === undefined ? undefined : `${name.charAt(0).toLowerCase()}${name.slice(1)}Incident`;
}
