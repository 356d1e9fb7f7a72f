import type { FieldValue } from './event.js';

/** A log's name of a field → Sigma's, so that one rule works on every representation. */
export type AliasTable = readonly (readonly [from: string, to: string])[];

/** Windows Security 4688 in the words of Sysmon 1. `ProcessId` is left: in 4688 it is the parent's. */
export const SECURITY_4688: AliasTable = [
  ['NewProcessName', 'Image'],
  ['ProcessCommandLine', 'CommandLine'],
  ['ParentProcessName', 'ParentImage'],
  ['SubjectUserName', 'User'],
  ['SubjectLogonId', 'LogonId'],
];

/** Source: Elastic Common Schema 8, the fields that Sigma's taxonomy has a name for. */
export const ECS_FIELDS: AliasTable = [
  ['process.command_line', 'CommandLine'],
  ['process.executable', 'Image'],
  ['process.pid', 'ProcessId'],
  ['process.working_directory', 'CurrentDirectory'],
  ['process.pe.original_file_name', 'OriginalFileName'],
  ['process.pe.company', 'Company'],
  ['process.pe.description', 'Description'],
  ['process.pe.product', 'Product'],
  ['process.parent.command_line', 'ParentCommandLine'],
  ['process.parent.executable', 'ParentImage'],
  ['process.parent.pid', 'ParentProcessId'],
  ['user.name', 'User'],
  ['file.path', 'TargetFilename'],
  ['dll.path', 'ImageLoaded'],
  ['destination.ip', 'DestinationIp'],
  ['destination.port', 'DestinationPort'],
  ['destination.domain', 'DestinationHostname'],
  ['source.ip', 'SourceIp'],
  ['source.port', 'SourcePort'],
  ['dns.question.name', 'QueryName'],
  ['registry.path', 'TargetObject'],
  ['registry.data.strings', 'Details'],
  ['powershell.file.script_block_text', 'ScriptBlockText'],
];

/** Adds Sigma's name beside the log's; a field that is there already is kept. */
export function addAliases(fields: Map<string, FieldValue>, table: AliasTable): void {
  for (const [from, to] of table) {
    const value = fields.get(from);
    if (value !== undefined && !fields.has(to)) fields.set(to, value);
  }
}

/** Sigma writes names of Windows fields without blanks: `Threat Name` is also `ThreatName`. */
export function addNamesWithoutBlanks(fields: Map<string, FieldValue>): void {
  // What is added is met as well, and has no blank.
  for (const [name, value] of fields) {
    if (!name.includes(' ')) continue;
    const short = name.replaceAll(' ', '');
    if (!fields.has(short)) fields.set(short, value);
  }
}
