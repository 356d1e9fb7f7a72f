import { declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';
import { addWebRequest } from './web-request.js';
import { type RequestNames, SERVERS, W3C_NAMES } from './web-servers.table.js';

/** Access logs of web servers in JSON. */
export const WEBSERVER: JsonShape = {
  name: 'webserver',
  fits: (record) => namesOf(record) !== undefined,
  toEvent(record) {
    return shapeOf(namesOf(record) ?? W3C_NAMES).toEvent(record);
  },
};

function namesOf(record: JsonObject): RequestNames | undefined {
  const status = ['status', 'sc-status', 'RequestPath', 'ClientRequestURI', 'cs-method'];
  if (!status.some((key) => key in record)) return undefined;
  return SERVERS.find(
    (names) =>
      hasAll(record, ...names.needs) &&
      // Names that many logs have must come with a method and a client.
      (names.product !== undefined ||
        (firstText(record, names.clientIp) !== undefined && methodOf(record, names) !== undefined)),
  );
}

function shapeOf(names: RequestNames): JsonShape {
  return declareShape({
    name: 'webserver',
    fits: () => true,
    time: names.time,
    host: names.server,
    user: names.user,
    logsource: { product: names.product, categories: ['webserver'] },
    derive: (record, fields) => addRequest(record, { names, fields }),
  });
}

function addRequest(
  record: JsonObject,
  to: { readonly names: RequestNames; readonly fields: Map<string, FieldValue> },
): void {
  const { names, fields } = to;
  const line = requestLine(firstText(record, names.uri));
  const query = firstText(record, names.query ?? [])?.replace(/^\?/, '');
  const hasQuery = query === undefined || query === '-' || line.uri?.includes('?') === true;
  const status = valueAt(
    record,
    names.status.find((key) => valueAt(record, key) !== undefined) ?? '',
  );
  addWebRequest(fields, {
    uri: hasQuery ? line.uri : `${line.uri ?? ''}?${query}`,
    method: methodOf(record, names),
    host: firstText(record, names.host),
    userAgent: firstText(record, names.userAgent),
    referer: firstText(record, names.referer),
    status: typeof status === 'string' || typeof status === 'number' ? status : undefined,
    clientIp: firstText(record, names.clientIp),
    user: firstText(record, names.user),
    contentType: firstText(record, names.contentType ?? []),
    cookie: firstText(record, names.cookie ?? []),
  });
}

function methodOf(record: JsonObject, names: RequestNames): string | undefined {
  return firstText(record, names.method) ?? requestLine(firstText(record, names.uri)).method;
}

/** `GET /a?b HTTP/1.1`, or the URI alone. */
function requestLine(text: string | undefined): {
  readonly method: string | undefined;
  readonly uri: string | undefined;
} {
  const [, method, uri] = /^([A-Z]{3,10}) (\S+)(?: HTTP\/[\d.]+)?$/.exec(text ?? '') ?? [];
  return method === undefined ? { method: undefined, uri: text } : { method, uri };
}
