import type { FieldValue } from '../event.js';
import { addValue, MAX_FIELDS } from '../flatten-fields.js';
import type { ShapedEvent } from '../json-record.js';
import { lookUp } from '../route-logsource.js';
import { parseSocketAddress } from './decode-audit-hex.js';
import type { AuditRecord } from './parse-audit-record.js';
import { SYSCALL_NAMES } from './syscalls.table.js';

/** The records of one event as one, in auditd's names; `type` lists the types, and names that repeat are lists. */
export function shapeAuditEvent(
  records: readonly Pick<AuditRecord, 'type' | 'fields' | 'node'>[],
): Omit<ShapedEvent, 'time'> {
  const fields = new Map<string, FieldValue>();
  // Arguments of a command before the registers of the system call, which have the same names.
  const ordered = [...records].sort((a, b) => rank(a.type) - rank(b.type));
  const types = new Set<string>();
  fields.set('type', []);
  let isComplete = true;
  for (const record of ordered) {
    types.add(record.type);
    for (const [name, value] of record.fields) {
      if (fields.size >= MAX_FIELDS) isComplete = false;
      else for (const one of listOf(value)) addUnlessSame(fields, name, one);
    }
  }
  const [onlyType] = types;
  fields.set('type', types.size === 1 && onlyType !== undefined ? onlyType : [...types]);
  nameSyscall(fields);
  const categories = addTaxonomy(fields, records);
  return {
    host: records.find(({ node }) => node !== undefined)?.node,
    user: userOf(fields),
    logsource: {
      product: 'linux',
      categories,
      services: ['auditd'],
      channel: undefined,
      provider: 'auditd',
      eventId: undefined,
    },
    fields,
    isComplete,
  };
}

function rank(type: string): number {
  return type === 'EXECVE' ? 0 : 1;
}

function listOf(value: FieldValue): readonly (string | number | boolean | null)[] {
  return Array.isArray(value) ? value : [value as string | number | boolean | null];
}

/** Records of one event repeat its process; an argument or a path may well occur twice. */
function addUnlessSame(
  fields: Map<string, FieldValue>,
  name: string,
  value: string | number | boolean | null,
): void {
  if (fields.get(name) !== value) addValue(fields, name, value);
}

/** The first value of a field as text; empty texts and audit's words for nothing are none. */
export function auditText(
  fields: ReadonlyMap<string, FieldValue>,
  name: string,
): string | undefined {
  const value = fields.get(name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (first === undefined || first === null) return undefined;
  const text = String(first);
  return ['', '?', 'unset', '4294967295', '-1', '(none)', '(null)'].includes(text)
    ? undefined
    : text;
}

/** The name of the system call, which only interpreted and enriched logs have. */
function nameSyscall(fields: Map<string, FieldValue>): void {
  if (fields.has('SYSCALL')) return;
  const call = auditText(fields, 'syscall');
  if (call === undefined) return;
  const arch = (auditText(fields, 'arch') ?? '').replace(/^0x/, '').toLowerCase();
  const names = lookUp(SYSCALL_NAMES, arch);
  const name = /^\d{1,4}$/.test(call) ? splitNames(names)[Number(call)] : call;
  if (name !== undefined && name !== '-') fields.set('SYSCALL', name);
}

const splitTables = new WeakMap<readonly string[], readonly string[]>();

function splitNames(lines: readonly string[] | undefined): readonly string[] {
  if (lines === undefined) return [];
  const found = splitTables.get(lines) ?? lines.join(' ').split(' ');
  splitTables.set(lines, found);
  return found;
}

/** Adds Sigma's names of what happened; the categories that it is of. */
function addTaxonomy(
  fields: Map<string, FieldValue>,
  records: readonly Pick<AuditRecord, 'type' | 'fields'>[],
): readonly string[] {
  const categories: string[] = [];
  const call = auditText(fields, 'SYSCALL');
  const failed = ['no', 'false'].includes(auditText(fields, 'success') ?? '');
  const isStart =
    records.some(({ type }) => type === 'EXECVE') || /^execve(?:at)?$/.test(call ?? '');
  addProcess(fields, { isStart, records });
  if (isStart && !failed) categories.push('process_creation');
  if (call === undefined) return categories;
  if (addConnection(fields, call)) categories.push('network_connection');
  if (failed) return categories;
  const paths = records.filter(({ type }) => type === 'PATH');
  if (addPaths(fields, { paths, nametype: 'CREATE' })) categories.push('file_event');
  else if (addPaths(fields, { paths, nametype: 'DELETE' })) categories.push('file_delete');
  return categories;
}

interface ProcessOptions {
  readonly isStart: boolean;
  readonly records: readonly Pick<AuditRecord, 'type' | 'fields'>[];
}

const PROCESS_NAMES = [
  ['exe', 'Image'],
  ['pid', 'ProcessId'],
  ['ppid', 'ParentProcessId'],
  ['cwd', 'CurrentDirectory'],
  ['ses', 'LogonId'],
] as const;

function addProcess(fields: Map<string, FieldValue>, { isStart, records }: ProcessOptions): void {
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && !fields.has(name)) fields.set(name, value);
  };
  for (const [from, to] of PROCESS_NAMES) add(to, auditText(fields, from));
  const id = auditText(fields, 'UID') ?? auditText(fields, 'uid');
  add('User', id === '0' ? 'root' : id);
  const execve = records.find(({ type }) => type === 'EXECVE');
  const title = auditText(fields, 'proctitle');
  if (isStart)
    add('CommandLine', execve === undefined ? title : (commandLineOf(execve.fields) ?? title));
  else add('CommandLine', title ?? auditText(fields, 'cmd'));
}

const MAX_ARGUMENTS = 10_000;

/** `a0 a1 …`; arguments longer than a record are in parts: `a1[0]`, `a1[1]`. */
function commandLineOf(fields: ReadonlyMap<string, FieldValue>): string | undefined {
  const parts: string[] = [];
  for (let index = 0; index < MAX_ARGUMENTS; index += 1) {
    const whole = fields.get(`a${index}`);
    const argument = whole === undefined ? joinParts(fields, `a${index}`) : listOf(whole).join(' ');
    if (argument === undefined) break;
    parts.push(argument);
  }
  return parts.length === 0 ? undefined : parts.join(' ');
}

function joinParts(fields: ReadonlyMap<string, FieldValue>, name: string): string | undefined {
  const parts: string[] = [];
  for (let index = 0; index < MAX_ARGUMENTS; index += 1) {
    const part = fields.get(`${name}[${index}]`);
    if (part === undefined) break;
    parts.push(listOf(part).join(''));
  }
  return parts.length === 0 ? undefined : parts.join('');
}

function addConnection(fields: Map<string, FieldValue>, call: string): boolean {
  const isOutgoing = call === 'connect';
  if (!isOutgoing && !/^accept4?$/.test(call)) return false;
  const text = auditText(fields, 'saddr') ?? auditText(fields, 'SADDR');
  const address = text === undefined ? undefined : parseSocketAddress(text);
  if (address === undefined) return false;
  fields.set('Initiated', isOutgoing ? 'true' : 'false');
  fields.set(isOutgoing ? 'DestinationIp' : 'SourceIp', address.address);
  fields.set(isOutgoing ? 'DestinationPort' : 'SourcePort', address.port);
  return true;
}

interface PathOptions {
  readonly paths: readonly Pick<AuditRecord, 'fields'>[];
  readonly nametype: string;
}

function addPaths(fields: Map<string, FieldValue>, { paths, nametype }: PathOptions): boolean {
  const folder = auditText(fields, 'cwd');
  const found = paths.flatMap((path) => {
    const name = auditText(path.fields, 'name');
    return auditText(path.fields, 'nametype') === nametype && name !== undefined
      ? [absolute(name, folder)]
      : [];
  });
  const [first] = found;
  if (first === undefined) return false;
  fields.set('TargetFilename', found.length === 1 ? first : found);
  return true;
}

function absolute(name: string, folder: string | undefined): string {
  if (name.startsWith('/') || folder === undefined) return name;
  return `${folder === '/' ? '' : folder}/${name.replace(/^\.\//, '')}`;
}

/** The account that logged in, whatever it became since; else the one in the message, else the process's. */
function userOf(fields: ReadonlyMap<string, FieldValue>): string | undefined {
  for (const name of ['AUID', 'acct', 'UID', 'auid', 'uid']) {
    const text = auditText(fields, name);
    if (text !== undefined) return text === '0' ? 'root' : text;
  }
  return undefined;
}
