import { hasAll } from '../declare-shape.js';
import { firstText, type JsonObject, lookUpKey, valueAt } from '../json-record.js';
import { AZURE_TABLES, type AzureService } from './azure.table.js';

/**
 * Tells the log by what each way out of Azure writes: Log Analytics' `Type`, Azure Monitor's `category`, the members of
 * Microsoft Graph's resources, the command line's `eventTimestamp`.
 */
export function azureServiceOf(record: JsonObject): AzureService | undefined {
  if (hasAll(record, 'TimeGenerated')) {
    const table = firstText(record, ['Type', '$table', 'Category', 'CategoryValue']);
    return lookUpKey(AZURE_TABLES, table) ?? activityRow(record);
  }
  if (isMonitorRecord(record)) return lookUpKey(AZURE_TABLES, firstText(record, ['category']));
  return graphResource(record) ?? activityRow(record);
}

function isMonitorRecord(record: JsonObject): boolean {
  const isRouted = 'resourceId' in record || 'tenantId' in record || 'properties' in record;
  return 'time' in record && 'operationName' in record && 'category' in record && isRouted;
}

function activityRow(record: JsonObject): AzureService | undefined {
  const isRow = hasAll(record, 'OperationNameValue') || hasAll(record, 'operationName.value');
  return isRow || hasAll(record, 'eventTimestamp', 'operationName') ? 'activitylogs' : undefined;
}

function graphResource(record: JsonObject): AzureService | undefined {
  const type = firstText(record, ['@odata.type']) ?? '';
  if (/Alert(Incident|Configuration)$/.test(type) || 'alertDefinitionId' in record) return 'pim';
  if (hasAll(record, 'riskEventType') && ('riskLevel' in record || 'riskState' in record))
    return 'riskdetection';
  if (hasAll(record, 'activityDisplayName', 'activityDateTime')) return 'auditlogs';
  const isSignIn =
    hasAll(record, 'createdDateTime', 'appId') && valueAt(record, 'status.errorCode') !== undefined;
  return isSignIn ? 'signinlogs' : undefined;
}
