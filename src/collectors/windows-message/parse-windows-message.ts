import { lookUp } from '../route-logsource.js';
import { NAME_IN_SECTION, NAME_OF_LABEL } from './message-names.table.js';

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
  let section = '';
  for (const line of message.split(/\r?\n/, MAX_LINES)) {
    const [, indent, label, value] = LABEL.exec(line.trimEnd()) ?? [];
    if (label === undefined) continue;
    if (value === undefined) {
      if (indent === '') section = label.toLowerCase();
      continue;
    }
    const name = nameOf(indent === '' ? '' : section, label);
    if (!fields.has(name)) fields.set(name, value.trim());
  }
  if (eventId === 7045) addServiceNames(fields);
  return fields;
}

function nameOf(section: string, label: string): string {
  const key = label.trim().toLowerCase();
  return (
    lookUp(NAME_IN_SECTION, `${section}/${key}`) ??
    lookUp(NAME_OF_LABEL, key) ??
    label.replaceAll(' ', '')
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

/** The System log's names are not those of the Security log for the same thing. */
function addServiceNames(fields: Map<string, string>): void {
  for (const [from, to] of [
    ['ServiceFileName', 'ImagePath'],
    ['ServiceStartType', 'StartType'],
    ['ServiceAccount', 'AccountName'],
  ] as const) {
    const value = fields.get(from);
    if (value !== undefined) fields.set(to, value);
  }
}
