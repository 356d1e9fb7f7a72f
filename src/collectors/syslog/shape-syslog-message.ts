import { isIssue, isRecord, parseJson } from '../../model/index.js';
import { parseCef } from '../cef/parse-cef.js';
import { parseLeef } from '../cef/parse-leef.js';
import type { FieldValue } from '../event.js';
import type { ShapedEvent } from '../json-record.js';
import { shapeEvent } from '../json-shapes.js';
import type { ParsedMessage } from '../lines/parsed-message.js';
import { parseAccessLine } from '../web/parse-access-line.js';
import { isEventXml, shapeEventXml } from '../windows-xml/shape-event-xml.js';
import { parseCiscoMessage, parseFortigateMessage } from './parse-device-message.js';
import { shapeProgramMessage } from './shape-program-message.js';

/** An event in a line of syslog; a time of its own is read already, or still a text. */
export interface SyslogEvent extends ShapedEvent {
  readonly timeText: string | undefined;
}

/** Reads what a line of syslog carries: XML, JSON, CEF, LEEF, a device's own form, or a program's message. */
export function shapeSyslogMessage(app: string | undefined, message: string): SyslogEvent {
  const parsed: ParsedMessage =
    parseCef(message) ??
    parseLeef(message) ??
    parseCiscoMessage(message) ??
    parseFortigateMessage(message) ??
    parseAccessLine(message) ??
    shapeProgramMessage(app, message);
  return shapeXml(message) ?? shapeJson(message) ?? { ...parsed, time: undefined };
}

function shapeXml(message: string): SyslogEvent | undefined {
  if (!isEventXml(message)) return undefined;
  const shaped = shapeEventXml(message.trim());
  return shaped.kind === 'event' ? { ...shaped.event, timeText: undefined } : undefined;
}

function shapeJson(message: string): SyslogEvent | undefined {
  const text = message.replace(/^\s*(?:@cee:)?\s*/, '');
  if (!text.startsWith('{')) return undefined;
  const parsed = parseJson(text);
  if (isIssue(parsed) || !isRecord(parsed.value)) return undefined;
  return { ...shapeEvent(parsed.value), timeText: undefined };
}

/** Adds fields of the line around an event; its own win. */
export function addAround(
  event: SyslogEvent,
  around: ReadonlyMap<string, FieldValue>,
): SyslogEvent {
  const fields = new Map<string, FieldValue>(event.fields);
  for (const [name, value] of around) if (!fields.has(name)) fields.set(name, value);
  return { ...event, fields };
}
