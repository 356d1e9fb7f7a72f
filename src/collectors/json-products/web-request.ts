import { isRecord } from '../../model/index.js';
import { addField } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText } from '../json-record.js';

/** An HTTP request, however its log writes it. */
export interface WebRequest {
  /** Path and query, as requested; may begin with scheme and host. */
  readonly uri: string | undefined;
  readonly method?: string | undefined;
  readonly host?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  readonly status?: FieldValue | undefined;
  readonly clientIp?: string | undefined;
  readonly user?: string | undefined;
  /** Of what the client sent. */
  readonly contentType?: string | undefined;
  readonly cookie?: string | undefined;
}

/**
 * Adds a request in the names of Sigma's categories webserver and proxy. Rules look for paths in `cs-uri-query` as well
 * as for queries, so it holds both the whole URI and the query.
 */
export function addWebRequest(fields: Map<string, FieldValue>, request: WebRequest): void {
  const { uri, host } = request;
  const whole = uri === undefined ? undefined : uri.replace(/^https?:\/\/[^/?#]*/i, '');
  const [stem, query] = splitOnce(whole, '?');
  const all: readonly (readonly [string, FieldValue | undefined])[] = [
    ['cs-uri', whole],
    ['cs-uri-stem', stem],
    ['cs-uri-query', query === undefined || whole === undefined ? whole : [whole, query]],
    [
      'c-uri',
      whole === uri && host !== undefined && uri !== undefined ? `http://${host}${uri}` : uri,
    ],
    ['c-uri-query', query],
    ['c-uri-extension', extensionOf(stem)],
    ['cs-method', request.method],
    ['cs-host', host],
    ['cs-user-agent', request.userAgent],
    ['c-useragent', request.userAgent],
    ['cs-referer', request.referer],
    ['cs-username', request.user],
    ['cs-content-type', request.contentType],
    ['cs-cookie', request.cookie],
    ['sc-status', request.status],
    ['c-ip', request.clientIp],
  ];
  for (const [name, value] of all) addField(fields, name, value);
}

function splitOnce(
  text: string | undefined,
  at: string,
): readonly [string | undefined, string | undefined] {
  const index = text?.indexOf(at) ?? -1;
  return text === undefined || index === -1
    ? [text, undefined]
    : [text.slice(0, index), text.slice(index + 1)];
}

function extensionOf(stem: string | undefined): string | undefined {
  return /\.(\w{1,10})$/.exec(stem ?? '')?.[1];
}

/** The value of a header in a list of names and values, `[{"name": "Host", "value": "example.com"}]`; any case. */
export function headerIn(list: unknown, name: string): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const header of list.filter(isRecord))
    if (String(header['name']).toLowerCase() === name) return firstText(header, ['value']);
  return undefined;
}
