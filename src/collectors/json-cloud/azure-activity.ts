import { addField, declareShape } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonShape } from '../json-record.js';
import { openAzureRecord } from './azure-fields.js';
import { azureServiceOf } from './azure-service-of.js';

const OPERATION = ['OperationNameValue', 'operationName.value', 'operationName'];

/** Azure's activity log: Azure Monitor, Log Analytics' `AzureActivity`, `az monitor activity-log`. */
export const AZURE_ACTIVITY: JsonShape = declareShape({
  name: 'azure-activity',
  fits: (record) => azureServiceOf(record) === 'activitylogs',
  time: [
    'time',
    'eventTimestamp',
    'EventSubmissionTimestamp',
    'TimeGenerated',
    'submissionTimestamp',
  ],
  host: ['subscriptionId', 'SubscriptionId', 'resourceId', 'ResourceId', '_ResourceId', 'tenantId'],
  user: [
    'caller',
    'Caller',
    'identity.claims.name',
    'identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'identity.authorization.evidence.principalId',
    'identity.claims.appid',
  ],
  logsource: (record) => ({
    product: 'azure',
    services: ['activitylogs'],
    provider: providerOf(firstText(record, OPERATION)),
  }),
  texts: ['properties', 'authorization', 'Authorization'],
  derive(record, fields) {
    const { members } = openAzureRecord(record);
    const operation = firstText(record, OPERATION);
    const category = firstText(record, ['CategoryValue', 'category.value', 'category', 'Category']);
    const message = firstText(members, [
      'message',
      'operationName.localizedValue',
      'operationName',
      'operationNameValue',
    ]);
    const derived: readonly (readonly [string, FieldValue | undefined])[] = [
      ['operationName', operation],
      ['OperationName', operation],
      ['OperationNameValue', operation],
      ['CategoryValue', category],
      [
        'ResourceProviderValue',
        firstText(record, ['resourceProviderName.value', 'ResourceProvider']) ??
          providerOf(operation),
      ],
      ['ResourceId', firstText(record, ['resourceId', '_ResourceId'])],
      ['properties.message', message],
    ];
    for (const [name, value] of derived) addField(fields, name, value);
  },
});

/** `Microsoft.Compute/virtualMachines/write` → `Microsoft.Compute` */
function providerOf(operation: string | undefined): string | undefined {
  return operation?.includes('/') === true ? operation.split('/', 1)[0] : undefined;
}
