import { isRecord } from '../../model/index.js';
import { declareShape, hasAll } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { firstText, type JsonObject, type JsonShape } from '../json-record.js';
import { addFields } from './endpoint-names.js';

/** Alerts of Falco. What a rule printed of a system call has Sigma's names as well. */
export const FALCO: JsonShape = declareShape({
  name: 'falco',
  fits: (record) => hasAll(record, 'rule', 'priority', 'output') && 'time' in record,
  time: ['time', 'output_fields.evt.time'],
  host: ['hostname', 'output_fields.k8s.node.name', 'output_fields.container.id'],
  user: ['output_fields.user.name', 'output_fields.ka.user.name'],
  logsource: (record) => ({
    product: isSystemCall(record) ? 'linux' : undefined,
    categories: isSystemCall(record) ? categoriesOf(outputText(record, 'evt.type')) : [],
    services: ['falco'],
    provider: firstText(record, ['source']),
  }),
  derive: (record, fields) => addFields(fields, fieldsOf(record)),
});

function isSystemCall(record: JsonObject): boolean {
  return (firstText(record, ['source']) ?? 'syscall') === 'syscall';
}

function outputText(record: JsonObject, ...names: readonly string[]): string | undefined {
  const output = record['output_fields'];
  return isRecord(output) ? firstText(output, names) : undefined;
}

function categoriesOf(systemCall: string | undefined): readonly string[] {
  if (systemCall === 'execve' || systemCall === 'execveat') return ['process_creation'];
  if (systemCall === 'connect' || systemCall === 'sendto') return ['network_connection'];
  return [];
}

function fieldsOf(record: JsonObject): Readonly<Record<string, FieldValue | undefined>> {
  const text = (...names: readonly string[]) => outputText(record, ...names);
  return {
    Image: text('proc.exepath', 'proc.exe', 'proc.name'),
    CommandLine: text('proc.cmdline'),
    CurrentDirectory: text('proc.cwd'),
    ParentImage: text('proc.pexepath', 'proc.pexe', 'proc.pname'),
    ParentCommandLine: text('proc.pcmdline'),
    ProcessId: text('proc.pid'),
    ParentProcessId: text('proc.ppid'),
    User: text('user.name'),
    TargetFilename: text('fd.name', 'fs.path.name'),
    DestinationIp: text('fd.rip', 'fd.sip'),
    DestinationPort: text('fd.rport', 'fd.sport'),
  };
}
