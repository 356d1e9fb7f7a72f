import type { EventReference } from './behavior.js';
import type { Reading } from './reading.js';

export const MAX_EVIDENCE = 5;
const MAX_FIELD_LENGTH = 512;

/** What is kept of an event: its place and the fields that counted. */
export function refer(reading: Reading, names: readonly string[]): EventReference {
  const { time, host, user, source, record, logsource } = reading.event;
  const fields: Record<string, string> = {};
  if (logsource.eventId !== undefined) fields['EventID'] = String(logsource.eventId);
  for (const name of names) {
    const value = reading.text(name);
    if (value !== '') fields[name] = value.slice(0, MAX_FIELD_LENGTH);
  }
  return { time, host, user, source, record, fields };
}
