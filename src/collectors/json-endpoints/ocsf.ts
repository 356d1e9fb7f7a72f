import { declareShape, hasAll, type LogsourceParts } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addWebRequest } from '../json-products/web-request.js';
import {
  firstText,
  type JsonObject,
  type JsonShape,
  lookUpKey,
  wholeNumber,
} from '../json-record.js';
import { addFields, productOfPath, productOfSystem } from './endpoint-names.js';
import { CATEGORIES_OF_OCSF } from './ocsf.table.js';
import { addOcsfApi, isCloudTrail } from './ocsf-api.js';
import { ocsfObjectFields, ocsfProcessFields } from './ocsf-fields.js';

/** Events of the Open Cybersecurity Schema Framework 1.x. */
export const OCSF: JsonShape = declareShape({
  name: 'ocsf',
  fits: (record) =>
    hasAll(record, 'class_uid') && ('metadata' in record || 'category_uid' in record),
  time: ['time_dt', 'time', 'metadata.original_time'],
  host: ['device.hostname', 'device.name', 'device.uid', 'cloud.account.uid', 'cloud.account_uid'],
  user: ['actor.user.name', 'user.name', 'actor.process.user.name', 'actor.user.uid'],
  logsource: logsourceOf,
  derive(record, fields) {
    const { categories = [] } = logsourceOf(record);
    const isProcess = wholeNumber(record['class_uid']) === 1007;
    addFields(
      fields,
      isProcess ? ocsfProcessFields(record, categories) : ocsfObjectFields(record, categories),
    );
    if (categories.includes('proxy')) addRequest(record, fields);
    if (wholeNumber(record['class_uid']) === 6003 || isCloudTrail(record))
      addOcsfApi(record, fields);
  },
});

function logsourceOf(record: JsonObject): LogsourceParts {
  const classId = firstText(record, ['class_uid']) ?? '';
  const activity = firstText(record, ['activity_id']) ?? '';
  const provider = firstText(record, ['metadata.product.name', 'metadata.product.vendor_name']);
  if (isCloudTrail(record)) return { product: 'aws', services: ['cloudtrail'], provider };
  return {
    product: productOf(record, classId),
    categories:
      lookUpKey(CATEGORIES_OF_OCSF, `${classId}/${activity}`) ??
      lookUpKey(CATEGORIES_OF_OCSF, `${classId}/*`) ??
      [],
    provider,
  };
}

function productOf(record: JsonObject, classId: string): string | undefined {
  if (classId.startsWith('2010')) return 'windows';
  const system = firstText(record, ['device.os.type', 'device.os.name']);
  const path = firstText(record, ['process.file.path', 'actor.process.file.path', 'file.path']);
  return productOfSystem(system) ?? productOfPath(path) ?? cloudOf(record);
}

function cloudOf(record: JsonObject): string | undefined {
  const cloud = firstText(record, ['cloud.provider'])?.toLowerCase() ?? '';
  return ['aws', 'azure', 'gcp'].find((name) => cloud === name);
}

function addRequest(record: JsonObject, fields: Map<string, FieldValue>): void {
  const url = firstText(record, ['http_request.url.path']);
  const query = firstText(record, ['http_request.url.query_string']);
  addWebRequest(fields, {
    uri:
      url === undefined
        ? firstText(record, ['http_request.url.url_string', 'http_request.url.text'])
        : url + (query === undefined ? '' : `?${query}`),
    method: firstText(record, ['http_request.http_method']),
    host: firstText(record, ['http_request.url.hostname', 'dst_endpoint.hostname']),
    userAgent: firstText(record, ['http_request.user_agent']),
    referer: firstText(record, ['http_request.referrer']),
    status: firstText(record, ['http_response.code', 'http_status']),
    clientIp: firstText(record, ['src_endpoint.ip']),
  });
}
