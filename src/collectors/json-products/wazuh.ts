import { isRecord } from '../../model/index.js';
import { declareShape, timeOf, toLogsource } from '../declare-shape.js';
import type { FieldValue } from '../event.js';
import { flattenFields } from '../flatten-fields.js';
import { addFields } from '../json-endpoints/endpoint-names.js';
import {
  firstText,
  type JsonObject,
  type JsonShape,
  valueAt,
  wholeNumber,
} from '../json-record.js';
import { finishWindowsEvent } from '../json-windows-event.js';
import { SERVICES_OF_IDENTIFIER } from '../logsource.table.js';
import { lookUp } from '../route-logsource.js';

const TIME = ['data.win.system.systemTime', 'timestamp', '@timestamp'];
const HOST = ['data.win.system.computer', 'predecoder.hostname', 'agent.name', 'manager.name'];

/** Windows events within Wazuh's alerts and archives. What Wazuh made of them stays under `rule`. */
export const WAZUH_WINDOWS: JsonShape = {
  name: 'wazuh-windows',
  fits: (record) => isRecord(valueAt(record, 'data.win.system')),
  toEvent(record) {
    const fields = new Map<string, FieldValue>();
    addNamed(valueAt(record, 'data.win.eventdata'), fields);
    const system = 'data.win.system.';
    const origin = {
      channel: firstText(record, [`${system}channel`]),
      provider: firstText(record, [`${system}providerName`]),
      eventId: wholeNumber(firstText(record, [`${system}eventID`])),
    };
    addFields(fields, {
      Provider_Name: origin.provider,
      Channel: origin.channel,
      EventID: origin.eventId,
      Computer: firstText(record, [`${system}computer`]),
      Level: firstText(record, [`${system}level`]),
      Task: firstText(record, [`${system}task`]),
      Keywords: firstText(record, [`${system}keywords`]),
    });
    const isComplete = flattenFields(record, fields, { prefix: '' });
    const finished = finishWindowsEvent(fields, origin);
    return { ...finished, ...timeOf(record, TIME), host: firstText(record, HOST), isComplete };
  },
};

/** Wazuh writes the first letter of each name small, and every backslash twice. */
function addNamed(payload: unknown, fields: Map<string, FieldValue>): void {
  if (!isRecord(payload)) return;
  for (const [key, value] of Object.entries(payload)) {
    const name = key.charAt(0).toUpperCase() + key.slice(1);
    flattenFields(typeof value === 'string' ? singleBackslashes(value) : value, fields, {
      prefix: name,
    });
  }
}

/** Halves runs of backslashes when all of them are even, so that a text that has single ones stays. */
function singleBackslashes(text: string): string {
  const runs = text.match(/\\+/g) ?? [];
  return runs.every((run) => run.length % 2 === 0) ? text.replaceAll('\\\\', '\\') : text;
}

/** Other alerts and archived events of Wazuh. */
export const WAZUH: JsonShape = declareShape({
  name: 'wazuh',
  fits: (record) =>
    isRecord(record['agent']) &&
    isRecord(record['decoder']) &&
    ('rule' in record || 'full_log' in record),
  time: TIME,
  host: HOST,
  user: ['data.dstuser', 'data.srcuser', 'data.audit.acct', 'data.user'],
  logsource: (record) => ({
    ...logsourceOf(record),
    provider: firstText(record, ['decoder.name']),
  }),
  derive(record, fields) {
    addAudit(record, fields);
    addFields(fields, {
      src_ip: firstText(record, ['data.srcip']),
      dst_ip: firstText(record, ['data.dstip']),
      dst_port: firstText(record, ['data.dstport']),
    });
  },
});

function logsourceOf(record: JsonObject) {
  if (valueAt(record, 'data.audit') !== undefined)
    return toLogsource({ product: 'linux', services: ['auditd'] });
  const program = firstText(record, ['predecoder.program_name'])?.toLowerCase();
  const services = program === undefined ? undefined : lookUp(SERVICES_OF_IDENTIFIER, program);
  return toLogsource(
    program === undefined ? {} : { product: 'linux', services: [...(services ?? []), 'syslog'] },
  );
}

/** auditd's fields below `data.audit`, by auditd's own names. */
function addAudit(record: JsonObject, fields: Map<string, FieldValue>): void {
  const audit = valueAt(record, 'data.audit');
  if (!isRecord(audit)) return;
  const text = (...names: readonly string[]) => firstText(audit, names);
  addFields(fields, {
    type: text('type'),
    exe: text('exe'),
    comm: text('command'),
    key: text('key'),
    name: text('file.name', 'directory.name'),
    SYSCALL: text('syscall'),
    auid: text('auid'),
    uid: text('uid'),
    euid: text('euid'),
    ...Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`a${index}`, text(`execve.a${index}`)]),
    ),
  });
}
