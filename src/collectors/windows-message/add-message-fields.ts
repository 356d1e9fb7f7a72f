import type { FieldValue } from '../event.js';
import { addAliases, SECURITY_4688 } from '../field-aliases.js';
import type { ShapedEvent } from '../json-record.js';
import { userOf } from '../json-windows-event.js';
import { parseWindowsMessage } from './parse-windows-message.js';

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Adds the fields that only the rendered message of a Windows event tells. The process and thread of a record are those
 * of its writer, so the message's `ProcessId` wins; else what is there is kept. An event that has the fields itself is
 * left as it is.
 */
export function addMessageFields(event: ShapedEvent): ShapedEvent {
  const message = event.fields.get('Message') ?? event.fields.get('message');
  const { eventId, services } = event.logsource;
  if (typeof message !== 'string' || !message.includes('\n')) return event;
  const isClassic = services.includes('powershell-classic');
  const told = isClassic ? NONE : parseWindowsMessage(message, eventId);
  if ([...told.keys()].some((name) => name !== 'ProcessId' && event.fields.has(name))) return event;
  const fields = new Map<string, FieldValue>(event.fields);
  for (const [name, value] of told) fields.set(name, value);
  // Classic PowerShell's one text, which its rules look into.
  if (isClassic && !fields.has('Data')) fields.set('Data', message);
  if (services.includes('security') && eventId === 4688) addAliases(fields, SECURITY_4688);
  return { ...event, fields, user: userOf(fields) ?? event.user };
}
