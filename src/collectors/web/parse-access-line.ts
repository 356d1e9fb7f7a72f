import type { FieldValue } from '../event.js';
import { addWebRequest } from '../json-products/web-request.js';
import type { ParsedMessage } from '../lines/parsed-message.js';

// Source: Apache's LogFormat "combined", with the virtual host in front as in "vhost_combined"; nginx writes the same.
const HEAD =
  /^(?:(?<vhost>[^\s"[\]]{1,255}:\d{1,5}) )?(?<client>[^\s"[\]]{1,255}) (?<ident>[^\s"[\]]{1,255}) (?<user>[^"[\]]{1,255}) \[(?<time>\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4})\] /;
const TEXT = String.raw`"((?:\\[\s\S]|[^"\\])*)"`;
const TAIL = new RegExp(String.raw`^${TEXT} (\d{3}|-) (\d{1,20}|-)(?: ${TEXT} ${TEXT})?`);

/** Reads a line of a web server's access log in common or combined form; undefined for any other line. */
export function parseAccessLine(line: string): ParsedMessage | undefined {
  const head = HEAD.exec(line);
  const tail = head === null ? null : TAIL.exec(line.slice(head[0].length));
  if (head?.groups === undefined || tail === null) return undefined;
  const { vhost, client, user, time } = head.groups;
  const [, request = '', status, bytes, referer, userAgent] = tail;
  const fields = new Map<string, FieldValue>([['message', line]]);
  const [, method, uri] = /^([A-Z_]{1,20}) (\S+)(?: HTTP\/[\d.]{1,5})?$/.exec(request) ?? [];
  const account = given(user);
  addWebRequest(fields, {
    // A request that is none is often an attack, and is kept whole.
    uri: uri ?? request,
    method,
    host: vhost?.replace(/:\d+$/, ''),
    status: given(status),
    clientIp: client,
    user: account,
    referer: given(referer),
    userAgent: given(userAgent),
  });
  const sent = given(bytes);
  if (sent !== undefined) fields.set('sc-bytes', sent);
  return {
    host: vhost?.replace(/:\d+$/, ''),
    user: account,
    logsource: {
      product: undefined,
      categories: ['webserver'],
      services: [],
      channel: undefined,
      provider: undefined,
      eventId: undefined,
    },
    fields,
    timeText: time,
    isComplete: true,
  };
}

function given(text: string | undefined): string | undefined {
  return text === '-' || text === '' ? undefined : text;
}
