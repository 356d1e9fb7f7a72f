import type { FieldValue } from '../event.js';
import { addAliases } from '../field-aliases.js';
import { firstField, type ParsedMessage } from '../lines/parsed-message.js';
import { SERVICES_OF_IDENTIFIER } from '../logsource.table.js';
import { lookUp } from '../route-logsource.js';
import { PROGRAM_MESSAGES, type ProgramMessage } from './program-messages.table.js';

/** The message of a program on Linux: its fields where the form is known, and always the whole as `message`. */
export function shapeProgramMessage(app: string | undefined, message: string): ParsedMessage {
  const fields = new Map<string, FieldValue>([['message', message]]);
  const program = (app ?? '').toLowerCase().replace(/^.*\//, '');
  const categories: string[] = [];
  const category = addKnownFields(lookUp(PROGRAM_MESSAGES, program) ?? [], message, fields);
  if (category !== undefined) categories.push(category);
  if (fields.has('COMMAND')) categories.push(...addSudoCommand(fields));
  if (program.startsWith('cron')) addAliases(fields, [['user', 'User']]);
  return {
    host: undefined,
    user: firstField(fields, ['user', 'USER']),
    logsource: {
      // Devices write no program.
      product: app === undefined ? undefined : 'linux',
      categories,
      services: [...(lookUp(SERVICES_OF_IDENTIFIER, program) ?? []), 'syslog'],
      channel: undefined,
      provider: app,
      eventId: undefined,
    },
    fields,
    timeText: undefined,
    isComplete: true,
  };
}

/** Adds the fields of the first form that fits; its category, where it has one. */
function addKnownFields(
  forms: readonly ProgramMessage[],
  message: string,
  fields: Map<string, FieldValue>,
): string | undefined {
  for (const known of forms) {
    const match = known.form.exec(message);
    if (match === null) continue;
    for (const [name, value] of Object.entries(match.groups ?? {}))
      if (value !== undefined && value !== '') fields.set(name, value);
    for (const [name, value] of Object.entries(known.fields ?? {})) fields.set(name, value);
    return known.category;
  }
  return undefined;
}

/** What sudo ran, in the words of a process start; a refusal names the command too, and nothing was started. */
function addSudoCommand(fields: Map<string, FieldValue>): readonly string[] {
  const command = fields.get('COMMAND');
  if (typeof command !== 'string' || fields.has('reason')) return [];
  fields.set('Image', command.split(' ', 1)[0] ?? '');
  fields.set('ParentImage', '/usr/bin/sudo');
  addAliases(fields, [
    ['COMMAND', 'CommandLine'],
    ['PWD', 'CurrentDirectory'],
    ['USER', 'User'],
  ]);
  return ['process_creation'];
}
