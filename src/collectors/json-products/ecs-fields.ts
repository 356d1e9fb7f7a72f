import { addField } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { addBothSpellings } from '../json-cloud/azure-fields.js';
import { firstText, type JsonObject, valueAt } from '../json-record.js';
import { type EcsDataset, ecsDataset } from './ecs-datasets.table.js';
import { addWebRequest } from './web-request.js';

/** Elastic's integration that made a record; undefined when it is none of which rules are known. */
export function datasetOf(record: JsonObject): EcsDataset | undefined {
  return (
    ecsDataset(firstText(record, ['event.dataset'])) ??
    ecsDataset(firstText(record, ['data_stream.dataset', 'fileset.name']))
  );
}

/** Adds the names that the log itself has for its members, and those of web requests, DNS and connections. */
export function addEcsFields(record: JsonObject, fields: Map<string, FieldValue>): void {
  const dataset = datasetOf(record);
  if (dataset !== undefined) addOwnNames(dataset, fields);
  addNetwork(fields);
  const hasRequest = ['http.request.method', 'url.original', 'url.path'].some((key) =>
    fields.has(key),
  );
  if (hasRequest) addRequest(record, fields);
  if (firstText(record, ['event.module']) === 'auditd') addAudit(record, fields);
}

/** `azure.signinlogs.properties.risk_state` → `riskState`, and for Azure `RiskState` */
function addOwnNames(
  { prefixes, aliases, logsource }: EcsDataset,
  fields: Map<string, FieldValue>,
): void {
  const own = new Map<string, FieldValue>();
  for (const [name, value] of fields) {
    const prefix = prefixes.find((start) => name.startsWith(start));
    if (prefix !== undefined) addField(own, camelCase(name.slice(prefix.length)), value);
  }
  if (logsource.product === 'azure') addBothSpellings(own);
  for (const [name, value] of own) addField(fields, name, value);
  addAliases(fields, aliases);
}

function camelCase(name: string): string {
  return name.replace(
    /([a-z0-9])_([a-z])/g,
    (_, before: string, after: string) => before + after.toUpperCase(),
  );
}

function addNetwork(fields: Map<string, FieldValue>): void {
  addAliases(fields, [
    ['source.ip', 'src_ip'],
    ['source.port', 'src_port'],
    ['destination.ip', 'dst_ip'],
    ['destination.port', 'dst_port'],
    ['dns.question.name', 'query'],
    ['dns.question.type', 'record_type'],
    ['dns.answers.data', 'answer'],
    ['dns.resolved_ip', 'QueryResults'],
  ]);
}

function addRequest(record: JsonObject, fields: Map<string, FieldValue>): void {
  const path = firstText(record, ['url.path']);
  const query = firstText(record, ['url.query']);
  const status = valueAt(record, 'http.response.status_code');
  addWebRequest(fields, {
    uri:
      path === undefined
        ? firstText(record, ['url.original'])
        : path + (query === undefined ? '' : `?${query}`),
    method: firstText(record, ['http.request.method']),
    host: firstText(record, ['url.domain', 'destination.domain']),
    userAgent: firstText(record, ['user_agent.original']),
    referer: firstText(record, ['http.request.referrer']),
    status: typeof status === 'number' || typeof status === 'string' ? status : undefined,
    clientIp: firstText(record, ['source.ip', 'source.address']),
    user: firstText(record, ['user.name']),
  });
}

/** Auditbeat joins the records of an event; rules ask for one type or the other, and for arguments by number. */
function addAudit(record: JsonObject, fields: Map<string, FieldValue>): void {
  const args = valueAt(record, 'process.args');
  const type = firstText(record, ['auditd.message_type'])?.toUpperCase();
  if (Array.isArray(args))
    for (const [index, arg] of args.slice(0, 64).entries())
      if (typeof arg === 'string') addField(fields, `a${index}`, arg);
  const types = [type, Array.isArray(args) ? 'EXECVE' : undefined].filter(
    (one) => one !== undefined,
  );
  if (types.length > 0) addField(fields, 'type', types);
  addAliases(fields, [
    ['auditd.data.syscall', 'SYSCALL'],
    ['process.executable', 'exe'],
    ['process.name', 'comm'],
    ['tags', 'key'],
    ['file.path', 'name'],
    ['auditd.data.unit', 'unit'],
    ['auditd.data.acct', 'acct'],
    ['user.effective.id', 'euid'],
  ]);
}
