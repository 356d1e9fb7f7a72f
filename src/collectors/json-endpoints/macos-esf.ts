import { isRecord } from '../../model/index.js';
import { declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape, valueAt } from '../json-record.js';
import { addFields } from './endpoint-names.js';

/** What macOS' `eslogger` writes of Endpoint Security's events. */
export const MACOS_ESF: JsonShape = declareShape({
  name: 'macos-esf',
  fits: (record) =>
    hasAll(record, 'event_type', 'process.executable.path') && isRecord(record['event']),
  time: ['time'],
  host: ['host.name', 'hostname'],
  user: ['process.audit_token.euid'],
  logsource: (record) => ({
    product: 'macos',
    categories: categoriesOf(record),
    provider: 'com.apple.EndpointSecurity',
  }),
  derive: (record, fields) => addFields(fields, fieldsOf(record)),
});

const CATEGORIES: readonly (readonly [string, string])[] = [
  ['exec', 'process_creation'],
  ['exit', 'process_termination'],
  ['create', 'file_event'],
  ['rename', 'file_rename'],
  ['unlink', 'file_delete'],
  ['write', 'file_change'],
  ['kextload', 'driver_load'],
];

function categoriesOf(record: JsonObject): readonly string[] {
  const event = isRecord(record['event']) ? record['event'] : {};
  return CATEGORIES.filter(([name]) => Object.hasOwn(event, name)).map(([, category]) => category);
}

function fieldsOf(record: JsonObject): Readonly<Record<string, FieldValue | undefined>> {
  const actor = firstText(record, ['process.executable.path']);
  const args = valueAt(record, 'event.exec.args');
  const isExec = valueAt(record, 'event.exec') !== undefined;
  const directory = firstText(record, ['event.create.destination.new_path.dir.path']);
  const created = firstText(record, ['event.create.destination.new_path.filename']);
  return {
    Image: isExec ? firstText(record, ['event.exec.target.executable.path']) : actor,
    CommandLine: Array.isArray(args) ? args.join(' ') : undefined,
    CurrentDirectory: firstText(record, ['event.exec.cwd.path']),
    ParentImage: isExec ? actor : undefined,
    ProcessId: firstText(record, ['event.exec.target.audit_token.pid']),
    TargetFilename:
      firstText(record, [
        'event.create.destination.existing_file.path',
        'event.unlink.target.path',
        'event.rename.source.path',
        'event.write.target.path',
      ]) ??
      (directory === undefined || created === undefined ? undefined : `${directory}/${created}`),
  };
}
