import { isRecord } from '../../model/index.js';
import { declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addFields } from '../json-endpoints/endpoint-names.js';
import { firstText, type JsonObject, type JsonShape, lookUpKey } from '../json-record.js';
import { addWebRequest, headerIn } from './web-request.js';

/** Suricata's EVE log: alerts, and what was seen of DNS, HTTP and flows. */
export const SURICATA_EVE: JsonShape = declareShape({
  name: 'suricata-eve',
  fits: (record) =>
    hasAll(record, 'event_type', 'timestamp') &&
    ('flow_id' in record || 'src_ip' in record || record['event_type'] === 'stats'),
  time: ['timestamp', 'flow.start'],
  host: ['host', 'sensor_name', 'host_id'],
  user: ['smb.ntlmssp.user', 'ftp.user'],
  logsource: (record) => ({
    product: 'suricata',
    categories: lookUpKey(CATEGORIES, firstText(record, ['event_type'])) ?? [],
    services: [firstText(record, ['event_type']) ?? ''],
    provider: 'suricata',
  }),
  derive(record, fields) {
    addFields(fields, {
      dst_ip: firstText(record, ['dest_ip']),
      dst_port: firstText(record, ['dest_port']),
      action: firstText(record, ['alert.action', 'verdict.action']),
      ...dnsFields(record['dns']),
    });
    if (isRecord(record['http'])) addRequest(record['http'], fields);
  },
});

const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  dns: ['dns'],
  flow: ['firewall'],
  http: ['proxy', 'webserver'],
  netflow: ['firewall'],
};

/** Queries of DNS versions 2 and 3 of the log; answers in their detailed and grouped forms. */
function dnsFields(dns: unknown): Readonly<Record<string, FieldValue | undefined>> {
  if (!isRecord(dns)) return {};
  const queries = Array.isArray(dns['queries']) ? dns['queries'] : [dns];
  const [first] = queries.filter(isRecord);
  if (first === undefined) return {};
  const answers = Array.isArray(dns['answers']) ? dns['answers'].filter(isRecord) : [];
  const grouped = isRecord(dns['grouped']) ? Object.values(dns['grouped']).flat() : [];
  const answer = [...answers.map(({ rdata }) => rdata), ...grouped, dns['rdata']].filter(
    (value) => typeof value === 'string',
  );
  return {
    query: firstText(first, ['rrname']),
    record_type: firstText(first, ['rrtype']),
    answer: answer.length === 0 ? undefined : answer,
  };
}

function addRequest(http: JsonObject, fields: Map<string, FieldValue>): void {
  addWebRequest(fields, {
    uri: firstText(http, ['url']),
    method: firstText(http, ['http_method']),
    host: firstText(http, ['hostname']),
    userAgent: firstText(http, ['http_user_agent']),
    referer: firstText(http, ['http_refer']),
    status: firstText(http, ['status']),
    contentType: headerIn(http['request_headers'], 'content-type'),
    cookie: firstText(http, ['cookie']) ?? headerIn(http['request_headers'], 'cookie'),
  });
}
