import { declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape } from '../json-record.js';
import { CATEGORIES_OF_SIMPLE_NAME } from './crowdstrike.table.js';
import { addFields, productOfSystem, sysmonHashes, sysmonRegistryPath } from './endpoint-names.js';

/** Events of CrowdStrike Falcon's sensor, as the Data Replicator writes them. */
export const CROWDSTRIKE_FDR: JsonShape = declareShape({
  name: 'crowdstrike-fdr',
  fits: (record) =>
    hasAll(record, 'event_simpleName') && ('aid' in record || 'event_platform' in record),
  time: ['timestamp', 'ContextTimeStamp', 'ContextTimeStamp_decimal', '_time'],
  host: ['ComputerName', 'aid'],
  user: ['UserName', 'UserSid'],
  logsource: (record) => ({
    product: productOfSystem(firstText(record, ['event_platform'])),
    categories: categoriesOf(record),
    provider: firstText(record, ['event_simpleName']),
  }),
  derive: (record, fields) => addFields(fields, fieldsOf(record, categoriesOf(record))),
});

function categoriesOf(record: JsonObject): readonly string[] {
  const name = firstText(record, ['event_simpleName']) ?? '';
  return CATEGORIES_OF_SIMPLE_NAME.find(([start]) => start.test(name))?.[1] ?? [];
}

function fieldsOf(
  record: JsonObject,
  categories: readonly string[],
): Readonly<Record<string, FieldValue | undefined>> {
  const text = (...names: readonly string[]) => firstText(record, names);
  const isProcess = categories.includes('process_creation');
  const isWindows = text('event_platform') === 'Win';
  const parent = text('ParentImageFileName') ?? text('ParentBaseFileName');
  const registryKey = text('RegObjectName');
  const registryValue = text('RegValueName');
  const file = text('TargetFileName');
  return {
    Image: text('ImageFileName', 'ContextImageFileName', 'ContextBaseFileName'),
    CommandLine: text('CommandLine'),
    OriginalFileName: text('OriginalFilename'),
    // Only the name is there; rules look for the end of a path.
    ParentImage:
      parent === undefined || /[\\/]/.test(parent) ? parent : `${isWindows ? '\\' : '/'}${parent}`,
    ParentCommandLine: text('ParentCommandLine'),
    User: text('UserName'),
    ProcessId: text('RawProcessId', 'RawProcessId_decimal'),
    Hashes: sysmonHashes([
      ['MD5', text('MD5HashData')],
      ['SHA256', text('SHA256HashData')],
    ]),
    QueryName: text('DomainName'),
    DestinationIp: text('RemoteAddressIP4', 'RemoteAddressIP6', 'RemoteIP'),
    DestinationPort: text('RemotePort', 'RemotePort_decimal', 'RPort'),
    SourceIp: text('LocalAddressIP4', 'LocalAddressIP6', 'LocalIP'),
    SourcePort: text('LocalPort', 'LocalPort_decimal', 'LPort'),
    Initiated: categories.includes('network_connection')
      ? String(/^NetworkConnect/.test(text('event_simpleName') ?? ''))
      : undefined,
    TargetFilename: isProcess ? undefined : file,
    ImageLoaded:
      categories.includes('image_load') || categories.includes('driver_load')
        ? (file ?? text('ImageFileName'))
        : undefined,
    TargetObject:
      registryKey === undefined
        ? undefined
        : sysmonRegistryPath(registryKey) +
          (registryValue === undefined ? '' : `\\${registryValue}`),
    Details: text('RegStringValue', 'RegNumericValue', 'RegBinaryValue'),
    ScriptBlockText: text('ScriptContent', 'CommandHistory'),
  };
}
