import { isRecord } from '../../model/index.js';
import { declareShape, hasAll, type LogsourceParts } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape, lookUpKey } from '../json-record.js';
import { CATEGORIES_OF_ACTION, CATEGORIES_OF_TABLE } from './defender-tables.table.js';
import { addFields, productOfPath, sysmonHashes, sysmonRegistryPath } from './endpoint-names.js';

/** Device tables of Microsoft Defender XDR: advanced hunting, Sentinel, the streaming interface. */
export const DEFENDER_XDR: JsonShape = declareShape({
  name: 'defender-xdr',
  fits(record) {
    const row = rowOf(record);
    return (
      hasAll(row, 'ActionType', 'DeviceName') &&
      ('DeviceId' in row || 'InitiatingProcessFileName' in row || tableOf(record) !== undefined)
    );
  },
  time: ['Timestamp', 'properties.Timestamp', 'TimeGenerated', 'time'],
  host: ['DeviceName', 'properties.DeviceName'],
  user: [
    'AccountName',
    'properties.AccountName',
    'InitiatingProcessAccountName',
    'properties.InitiatingProcessAccountName',
    'AccountUpn',
  ],
  logsource: logsourceOf,
  derive(record, fields) {
    const row = rowOf(record);
    const { categories = [] } = logsourceOf(record);
    for (const [name, value] of [...fields])
      if (name.startsWith('properties.')) addFields(fields, { [name.slice(11)]: value });
    if (categories.includes('process_creation')) addFields(fields, processFields(row));
    else addFields(fields, actorFields(row));
    addFields(fields, objectFields(row, categories));
  },
});

function rowOf(record: JsonObject): JsonObject {
  return isRecord(record['properties']) ? record['properties'] : record;
}

function tableOf(record: JsonObject): string | undefined {
  const table = firstText(record, ['Type', '$table', 'category', 'TableName']);
  return table?.replace(/^AdvancedHunting-/, '');
}

function logsourceOf(record: JsonObject): LogsourceParts {
  const row = rowOf(record);
  const path = firstText(row, [
    'FolderPath',
    'InitiatingProcessFolderPath',
    'RegistryKey',
    'InitiatingProcessParentFileName',
  ]);
  const table = tableOf(record);
  const isRegistry = firstText(row, ['RegistryKey']) !== undefined;
  return {
    product: isRegistry ? 'windows' : productOfPath(path),
    categories:
      lookUpKey(CATEGORIES_OF_ACTION, firstText(row, ['ActionType'])) ??
      lookUpKey(CATEGORIES_OF_TABLE, table) ??
      [],
    provider: table ?? 'Microsoft Defender XDR',
  };
}

function text(row: JsonObject, name: string): string | undefined {
  return firstText(row, [name]);
}

/** Defender's `FolderPath` has the file's name in most tables, not in all. */
function pathOf(row: JsonObject, start: string): string | undefined {
  const folder = text(row, `${start}FolderPath`);
  const file = text(row, `${start}FileName`);
  if (folder === undefined || file === undefined) return folder ?? file;
  if (folder.toLowerCase().endsWith(file.toLowerCase())) return folder;
  const slash = folder.includes('/') ? '/' : '\\';
  return `${folder.replace(/[\\/]$/, '')}${slash}${file}`;
}

function accountOf(row: JsonObject, start: string): string | undefined {
  const name = text(row, `${start}AccountName`);
  const domain = text(row, `${start}AccountDomain`);
  return name === undefined || domain === undefined ? name : `${domain}\\${name}`;
}

function hashesOf(row: JsonObject, start: string): string | undefined {
  return sysmonHashes(
    ['MD5', 'SHA1', 'SHA256'].map((algorithm) => [algorithm, text(row, start + algorithm)]),
  );
}

type Fields = Readonly<Record<string, FieldValue | undefined>>;

function processFields(row: JsonObject): Fields {
  return {
    Image: pathOf(row, ''),
    CommandLine: text(row, 'ProcessCommandLine'),
    OriginalFileName: text(row, 'ProcessVersionInfoOriginalFileName'),
    Description: text(row, 'ProcessVersionInfoFileDescription'),
    Product: text(row, 'ProcessVersionInfoProductName'),
    Company: text(row, 'ProcessVersionInfoCompanyName'),
    FileVersion: text(row, 'ProcessVersionInfoProductVersion'),
    IntegrityLevel: text(row, 'ProcessIntegrityLevel'),
    Hashes: hashesOf(row, ''),
    User: accountOf(row, ''),
    ParentImage: pathOf(row, 'InitiatingProcess'),
    ParentCommandLine: text(row, 'InitiatingProcessCommandLine'),
    ParentProcessId: text(row, 'InitiatingProcessId'),
    ParentUser: accountOf(row, 'InitiatingProcess'),
  };
}

/** Who did it, in the other tables. */
function actorFields(row: JsonObject): Fields {
  return {
    Image: pathOf(row, 'InitiatingProcess'),
    CommandLine: text(row, 'InitiatingProcessCommandLine'),
    ParentImage: text(row, 'InitiatingProcessParentFileName'),
    SourceImage: pathOf(row, 'InitiatingProcess'),
    ProcessId: text(row, 'InitiatingProcessId'),
    User: accountOf(row, 'InitiatingProcess'),
  };
}

function objectFields(row: JsonObject, categories: readonly string[]): Fields {
  if (categories.some((category) => category.startsWith('file_')))
    return { TargetFilename: pathOf(row, ''), Hashes: hashesOf(row, '') };
  if (categories.includes('registry_event')) return registryFields(row);
  if (categories.includes('network_connection')) return networkFields(row);
  if (categories.includes('image_load') || categories.includes('driver_load'))
    return { ImageLoaded: pathOf(row, ''), Hashes: hashesOf(row, '') };
  if (categories.includes('antivirus'))
    return { Filename: pathOf(row, ''), Signature: additional(row, 'ThreatName') };
  if (categories.includes('dns_query'))
    return { QueryName: additional(row, 'DnsQueryString') ?? text(row, 'RemoteUrl') };
  if (categories.includes('pipe_created')) return { PipeName: additional(row, 'PipeName') };
  const target = pathOf(row, '');
  return { TargetImage: target };
}

function registryFields(row: JsonObject): Fields {
  const key = text(row, 'RegistryKey') ?? text(row, 'PreviousRegistryKey');
  const value = text(row, 'RegistryValueName') ?? text(row, 'PreviousRegistryValueName');
  const path = key === undefined ? undefined : sysmonRegistryPath(key);
  return {
    TargetObject: path === undefined || value === undefined ? path : `${path}\\${value}`,
    Details: text(row, 'RegistryValueData'),
  };
}

function networkFields(row: JsonObject): Fields {
  const isInbound = /^Inbound|^Listening/.test(text(row, 'ActionType') ?? '');
  const remote = isInbound ? 'Source' : 'Destination';
  const local = isInbound ? 'Destination' : 'Source';
  return {
    [`${remote}Ip`]: text(row, 'RemoteIP'),
    [`${remote}Port`]: text(row, 'RemotePort'),
    [`${remote}Hostname`]: text(row, 'RemoteUrl'),
    [`${local}Ip`]: text(row, 'LocalIP'),
    [`${local}Port`]: text(row, 'LocalPort'),
    Initiated: isInbound ? 'false' : 'true',
  };
}

/** `AdditionalFields` is an object, or the text of one. */
function additional(row: JsonObject, name: string): string | undefined {
  const value = row['AdditionalFields'];
  if (isRecord(value)) return text(value, name);
  if (typeof value !== 'string') return undefined;
  const found = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(value)?.[1];
  return found === undefined ? undefined : String(JSON.parse(found));
}
