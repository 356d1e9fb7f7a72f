import { lookUp } from '../route-logsource.js';
import { NAME_IN_SECTION, NAME_OF_LABEL, NAMES_OF_EVENT } from './message-names.table.js';

const MAX_LINES = 5_000;
const LABEL = /^(\s*)([A-Za-z][^:=\r\n]{0,79}?):(?:\s+(\S.*))?$/;

/**
 * Reads the message that Windows renders for an event into the fields of the event's XML: for exports that hold nothing
 * else (Event Viewer's and PowerShell's CSV). A line is a label, a colon and a value; a label without a value heads the
 * indented lines below.
 *
 * @param eventId some events put a text with lines of its own into the message.
 */
export function parseWindowsMessage(
  message: string,
  eventId: number | undefined,
): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (eventId === 4104) return addScriptBlock(message, fields);
  if (eventId === 4103) return addModuleLog(message, fields);
  const state: MessageState = { fields, section: '', last: undefined, names: namesOf(eventId) };
  for (const line of message.split(/\r?\n/, MAX_LINES)) readLine(line.trimEnd(), state);
  return fields;
}

interface MessageState {
  readonly fields: Map<string, string>;
  readonly names: Readonly<Record<string, string>>;
  section: string;
  /** The field that indented lines without a label go on with. */
  last: string | undefined;
}

function namesOf(eventId: number | undefined): Readonly<Record<string, string>> {
  return lookUp(NAMES_OF_EVENT, String(eventId)) ?? {};
}

function readLine(line: string, state: MessageState): void {
  const [, indent, label, value] = LABEL.exec(line) ?? [];
  if (label === undefined) {
    continueValue(line, state);
    return;
  }
  state.last = undefined;
  if (value === undefined) {
    if (indent === '') state.section = label.trim().toLowerCase();
    return;
  }
  const name = nameOf(indent === '' ? '' : state.section, label);
  const own = lookUp(state.names, name) ?? name;
  if (state.fields.has(own)) return;
  state.fields.set(own, clean(own, value));
  state.last = own;
}

/** Lists have a line a member, under the first. */
function continueValue(line: string, state: MessageState): void {
  const { fields, last } = state;
  if (line === '') state.last = undefined;
  const before = last === undefined ? undefined : fields.get(last);
  if (last !== undefined && before !== undefined && /^\s+\S/.test(line))
    fields.set(last, `${before}\r\n${line}`);
}

/** The event's XML has hexadecimal numbers in lower case. */
function clean(name: string, value: string): string {
  const text = value.trim();
  // Sysmon's addresses are in upper case there too.
  return !name.endsWith('Address') && /^0x[0-9A-F]{1,16}$/i.test(text) ? text.toLowerCase() : text;
}

function nameOf(section: string, label: string): string {
  const key = label.trim().toLowerCase();
  return (
    lookUp(NAME_IN_SECTION, `${section}/${key}`) ??
    lookUp(NAME_OF_LABEL, key) ??
    label.trim().replace(/ ID$/, 'Id').replaceAll(' ', '')
  );
}

/** PowerShell 4104: the script between a heading and two labels. */
function addScriptBlock(message: string, fields: Map<string, string>): Map<string, string> {
  const heading = /^Creating Scriptblock text \((\d+) of (\d+)\):\r?\n/i.exec(message);
  if (heading === null) return fields;
  const tail = message.lastIndexOf('ScriptBlock ID:');
  const end = tail === -1 ? message.length : tail;
  fields.set('MessageNumber', heading[1] ?? '');
  fields.set('MessageTotal', heading[2] ?? '');
  fields.set('ScriptBlockText', message.slice(heading[0].length, end).trimEnd());
  for (const [, label = '', value = ''] of message
    .slice(end)
    .matchAll(/^(ScriptBlock ID|Path): ?(.*)$/gm))
    fields.set(nameOf('', label), value.trim());
  return fields;
}

/** PowerShell 4103: what was called, and in which session. */
function addModuleLog(message: string, fields: Map<string, string>): Map<string, string> {
  const context = /(?:^|\n)Context:\r?\n/.exec(message);
  if (context === null) return fields;
  const rest = message.slice(context.index + context[0].length);
  fields.set('Payload', message.slice(0, context.index).trim());
  fields.set('ContextInfo', rest.replace(/\n\s*User Data:[\s\S]*$/, '').trimEnd());
  return fields;
}
