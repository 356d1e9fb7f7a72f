import { isRecord } from '../../model/index.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, valueAt } from '../json-record.js';
import { sysmonHashes, sysmonRegistryPath } from './endpoint-names.js';

type Fields = Readonly<Record<string, FieldValue | undefined>>;

/** Fields of OCSF's process activity in Sigma's names. */
export function ocsfProcessFields(record: JsonObject, categories: readonly string[]): Fields {
  const text = (...names: readonly string[]) => firstText(record, names);
  if (!categories.includes('process_creation') && !categories.includes('process_termination'))
    return {
      SourceImage: text('actor.process.file.path', 'actor.process.name'),
      TargetImage: text('process.file.path', 'process.name'),
      SourceUser: text('actor.user.name', 'actor.process.user.name'),
      GrantedAccess: text('actual_permissions', 'requested_permissions'),
    };
  const parent =
    valueAt(record, 'process.parent_process') === undefined
      ? 'actor.process'
      : 'process.parent_process';
  return {
    Image: text('process.file.path', 'process.path', 'process.name'),
    CommandLine: text('process.cmd_line'),
    CurrentDirectory: text('process.working_directory'),
    ProcessId: text('process.pid'),
    User: text('process.user.name', 'actor.user.name'),
    IntegrityLevel: text('process.integrity'),
    OriginalFileName: text('process.file.internal_name'),
    Product: text('process.file.product.name'),
    Company: text('process.file.company_name'),
    Description: text('process.file.desc'),
    Hashes: hashesOf(valueAt(record, 'process.file.hashes')),
    ParentImage: text(`${parent}.file.path`, `${parent}.name`),
    ParentCommandLine: text(`${parent}.cmd_line`),
    ParentProcessId: text(`${parent}.pid`),
    ParentUser: text(`${parent}.user.name`),
  };
}

/** Fields of OCSF's file, module, registry, network and DNS activity in Sigma's names. */
export function ocsfObjectFields(record: JsonObject, categories: readonly string[]): Fields {
  const text = (...names: readonly string[]) => firstText(record, names);
  const isLoad = categories.includes('image_load') || categories.includes('driver_load');
  return {
    Image: text('actor.process.file.path', 'actor.process.name'),
    CommandLine: text('actor.process.cmd_line'),
    ProcessId: text('actor.process.pid'),
    User: text('actor.user.name', 'actor.process.user.name'),
    ParentImage: text('actor.process.parent_process.file.path'),
    TargetFilename: categories.some((category) => category.startsWith('file_'))
      ? text('file_result.path', 'file.path')
      : undefined,
    ImageLoaded: isLoad ? text('module.file.path', 'driver.file.path', 'file.path') : undefined,
    Hashes: hashesOf(
      valueAt(record, 'module.file.hashes') ??
        valueAt(record, 'driver.file.hashes') ??
        valueAt(record, 'file.hashes'),
    ),
    ...registryFields(record, categories),
    ...networkFields(record, categories),
    ...dnsFields(record, categories),
  };
}

function registryFields(record: JsonObject, categories: readonly string[]): Fields {
  if (!categories.includes('registry_event')) return {};
  const text = (...names: readonly string[]) => firstText(record, names);
  const key = text('reg_value.path', 'win/reg_value.path', 'reg_key.path', 'win/reg_key.path');
  const value = text('reg_value.name', 'win/reg_value.name');
  const path = key === undefined ? undefined : sysmonRegistryPath(key);
  const hasValue = value === undefined || path?.endsWith(`\\${value}`) === true;
  return {
    TargetObject: path === undefined || hasValue ? path : `${path}\\${value}`,
    Details: text('reg_value.data', 'win/reg_value.data'),
  };
}

function networkFields(record: JsonObject, categories: readonly string[]): Fields {
  const text = (...names: readonly string[]) => firstText(record, names);
  const direction = text('connection_info.direction_id', 'connection_info.direction');
  const isConnection = categories.includes('network_connection');
  return {
    SourceIp: text('src_endpoint.ip'),
    SourcePort: text('src_endpoint.port'),
    SourceHostname: text('src_endpoint.hostname'),
    DestinationIp: text('dst_endpoint.ip'),
    DestinationPort: text('dst_endpoint.port'),
    DestinationHostname: text('dst_endpoint.hostname', 'dst_endpoint.domain'),
    Protocol: text('connection_info.protocol_name'),
    Initiated: isConnection ? String(direction !== '1' && direction !== 'Inbound') : undefined,
    src_ip: text('src_endpoint.ip'),
    src_port: text('src_endpoint.port'),
    dst_ip: text('dst_endpoint.ip'),
    dst_port: text('dst_endpoint.port'),
    action: text('action', 'disposition'),
  };
}

function dnsFields(record: JsonObject, categories: readonly string[]): Fields {
  if (!categories.includes('dns')) return {};
  const query = firstText(record, ['query.hostname']);
  const list = valueAt(record, 'answers');
  const answers = Array.isArray(list) ? list.filter(isRecord) : [];
  const rdata = answers
    .map(({ rdata: value }) => value)
    .filter((value) => typeof value === 'string');
  return {
    query,
    QueryName: query,
    record_type: firstText(record, ['query.type']),
    answer: rdata.length === 0 ? undefined : rdata,
    QueryResults: rdata.length === 0 ? undefined : rdata.join(';'),
  };
}

/** `[{"algorithm": "SHA-256", "algorithm_id": 3, "value": "…"}]` */
function hashesOf(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  return sysmonHashes(
    list
      .filter(isRecord)
      .map((hash) => [
        (firstText(hash, ['algorithm']) ?? '').replace('-', '').toUpperCase(),
        firstText(hash, ['value']),
      ]),
  );
}
