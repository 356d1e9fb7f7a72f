import { isRecord } from '../../model/index.js';
import type { FieldValue } from '../event.js';
import type { ShapedEvent } from '../json-record.js';
import { WINDOWS_EVENT } from '../json-windows-event.js';
import { parseEventXml } from './parse-event-xml.js';

/** An event read from XML, or why it is none. */
export type ShapedXml =
  | { readonly kind: 'event'; readonly event: ShapedEvent }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads one `<Event>` of Windows or of Sysmon for Linux; a rendered message is the field `Message`. */
export function shapeEventXml(text: string): ShapedXml {
  const parsed = parseEventXml(text);
  if (parsed.kind === 'invalid') return parsed;
  if (!WINDOWS_EVENT.fits(parsed.record))
    return { kind: 'invalid', message: 'expected an event with System, found none' };
  const event = WINDOWS_EVENT.toEvent(parsed.record);
  const message = renderedMessage(parsed.record['Event']);
  if (message === undefined || event.fields.has('Message')) return { kind: 'event', event };
  const fields = new Map<string, FieldValue>(event.fields).set('Message', message);
  return { kind: 'event', event: { ...event, fields } };
}

/** Whether a text is an event in XML. */
export function isEventXml(text: string): boolean {
  return /^\s*<Event[\s>]/.test(text);
}

function renderedMessage(event: unknown): string | undefined {
  const info = isRecord(event) ? event['RenderingInfo'] : undefined;
  const message = isRecord(info) ? info['Message'] : undefined;
  return typeof message === 'string' && message !== '' ? message : undefined;
}
