import type { FieldValue } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { addWebRequest } from '../json-products/web-request.js';
import type { ShapedEvent } from '../json-record.js';
import { lookUp } from '../route-logsource.js';
import { ZEEK_PATHS } from './zeek-paths.table.js';

const USERS = ['user', 'username', 'client', 'cookie'];

/** An event of Zeek; the log that it is from is Sigma's service. Its host is the one that opened the connection. */
export function shapeZeekEvent(
  path: string | undefined,
  fields: Map<string, FieldValue>,
): Omit<ShapedEvent, 'time' | 'isComplete'> {
  const known = path === undefined ? undefined : lookUp(ZEEK_PATHS, path);
  if (known !== undefined) addAliases(fields, known.aliases);
  if (path === 'http') addUrl(fields);
  return {
    host: textOf(fields, ['id.orig_h', 'tx_hosts', 'host_ip', 'src']),
    user: textOf(fields, USERS),
    logsource: {
      product: 'zeek',
      categories: known?.categories ?? [],
      services: path === undefined ? [] : [path],
      channel: undefined,
      provider: 'zeek',
      eventId: undefined,
    },
    fields,
  };
}

function addUrl(fields: Map<string, FieldValue>): void {
  const text = (name: string): string | undefined => textOf(fields, [name]);
  addWebRequest(fields, {
    uri: text('uri'),
    method: text('method'),
    host: text('host'),
    userAgent: text('user_agent'),
    referer: text('referrer'),
    status: fields.get('status_code'),
    clientIp: text('id.orig_h'),
    user: text('username'),
  });
}

function textOf(
  fields: ReadonlyMap<string, FieldValue>,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string' && first !== '') return first;
  }
  return undefined;
}
