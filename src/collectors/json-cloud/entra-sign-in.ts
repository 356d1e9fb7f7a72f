import { addField, addJsonText, declareShape } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { flattenFields } from '../flatten-fields.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';
import { addBothSpellings, openAzureRecord } from './azure-fields.js';
import { azureServiceOf } from './azure-service-of.js';

/** Sign-ins of Microsoft Entra: Azure Monitor, Log Analytics, Microsoft Graph. */
export const ENTRA_SIGN_IN: JsonShape = declareShape({
  name: 'entra-sign-in',
  fits: (record) => azureServiceOf(record) === 'signinlogs',
  time: [
    'createdDateTime',
    'CreatedDateTime',
    'properties.createdDateTime',
    'time',
    'TimeGenerated',
  ],
  host: ['tenantId', 'TenantId', 'AADTenantId', 'resourceTenantId', 'properties.resourceTenantId'],
  user: [
    'userPrincipalName',
    'UserPrincipalName',
    'properties.userPrincipalName',
    'servicePrincipalName',
    'ServicePrincipalName',
    'properties.servicePrincipalName',
    'identity',
    'Identity',
  ],
  logsource: { product: 'azure', services: ['signinlogs'], provider: 'Microsoft.aadiam' },
  derive(record, fields) {
    const { members } = openAzureRecord(record);
    addLogFields(members, fields);
    addResult(members, fields);
    const protocol = firstText(members, ['authenticationProtocol']);
    const derived: readonly (readonly [string, FieldValue | undefined])[] = [
      // Rules write the protocols as the portal shows them.
      ['properties.message', protocol === 'deviceCode' ? 'Device Code' : protocol],
      ['ClientApp', firstText(members, ['clientAppUsed'])],
      ['Username', firstText(members, ['userPrincipalName'])],
      ['DeviceDetail.trusttype', fields.get('deviceDetail.trustType')],
    ];
    for (const [name, value] of derived) addField(fields, name, value);
    for (const name of ['networkLocationDetails', 'NetworkLocationDetails'])
      addJsonText(fields, name, valueAt(members, 'networkLocationDetails'));
  },
});

/** Members of columns that hold JSON as a text, and of `properties`, by both spellings. */
export function addLogFields(members: JsonObject, fields: Map<string, FieldValue>): void {
  for (const [key, value] of Object.entries(members)) {
    if (typeof value !== 'object' || value === null) continue;
    const more = new Map<string, FieldValue>();
    flattenFields(value, more, { prefix: key });
    for (const [name, one] of more) addField(fields, name, one);
  }
  addBothSpellings(fields);
}

/** `ResultType` is the error's number, `Status` a word and, after MFA, what became of it. */
function addResult(members: JsonObject, fields: Map<string, FieldValue>): void {
  const code = firstText(members, ['resultType', 'status.errorCode']);
  const reason = firstText(members, ['status.failureReason', 'resultDescription']);
  const details = firstText(members, ['status.additionalDetails']);
  addField(fields, 'ResultType', code);
  addField(fields, 'ResultDescription', reason);
  addField(fields, 'Resultdescription', reason);
  const own = fields.get('Status');
  const isText = typeof own === 'string' && !own.startsWith('{');
  if (code === undefined || isText) return;
  const word = code === '0' ? 'Success' : 'Failure';
  fields.set('Status', details === undefined ? word : [word, details]);
}
