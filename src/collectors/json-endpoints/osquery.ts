import { isRecord } from '../../model/index.js';
import { declareShape, type LogsourceParts } from '../declare-shape.js';
import { firstText, type JsonObject, type JsonShape } from '../json-record.js';
import { addFields, productOfPath, productOfSystem } from './endpoint-names.js';

/** Rows of osquery's results: differential, or of a snapshot. */
export const OSQUERY: JsonShape = declareShape({
  name: 'osquery',
  fits: (record) =>
    typeof record['name'] === 'string' && isRecord(record['columns']) && 'hostIdentifier' in record,
  time: ['columns.time', 'unixTime', 'calendarTime'],
  host: ['decorations.hostname', 'hostIdentifier', 'decorations.host_uuid'],
  user: ['columns.username', 'columns.user'],
  logsource: logsourceOf,
  derive(record, fields) {
    const text = (...names: readonly string[]) =>
      firstText(
        record,
        names.map((name) => `columns.${name}`),
      );
    const { categories = [] } = logsourceOf(record);
    const isNetwork = categories.includes('network_connection');
    addFields(fields, {
      Image: text('path'),
      CommandLine: text('cmdline', 'cmdline_long'),
      CurrentDirectory: text('cwd'),
      ParentImage: text('parent_path'),
      ParentCommandLine: text('parent_cmdline'),
      ProcessId: text('pid'),
      ParentProcessId: text('parent', 'ppid'),
      User: text('username', 'user'),
      TargetFilename: text('target_path'),
      DestinationIp: isNetwork ? text('remote_address') : undefined,
      DestinationPort: isNetwork ? text('remote_port') : undefined,
      SourceIp: isNetwork ? text('local_address') : undefined,
      SourcePort: isNetwork ? text('local_port') : undefined,
    });
  },
});

function logsourceOf(record: JsonObject): LogsourceParts {
  const columns = isRecord(record['columns']) ? record['columns'] : {};
  const system = firstText(record, [
    'decorations.platform',
    'decorations.os_name',
    'decorations.os',
    'platform',
  ]);
  return {
    product: productOfSystem(system) ?? productOfPath(firstText(columns, ['path', 'target_path'])),
    categories: record['action'] === 'removed' ? [] : categoriesOf(columns),
    provider: firstText(record, ['name']),
  };
}

/** The table is not named in results, so what columns there are tells. */
function categoriesOf(columns: JsonObject): readonly string[] {
  if ('target_path' in columns) {
    const action = String(columns['action']).toUpperCase();
    if (action === 'DELETED') return ['file_delete'];
    return action === 'CREATED' || action === 'MOVED_TO' ? ['file_event'] : ['file_change'];
  }
  if ('remote_address' in columns) return ['network_connection'];
  return 'cmdline' in columns && 'path' in columns ? ['process_creation'] : [];
}
