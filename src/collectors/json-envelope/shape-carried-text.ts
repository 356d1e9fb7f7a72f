import type { FieldValue } from '../event.js';
import type { ShapedEvent } from '../json-record.js';
import { parseTime } from '../parse-time.js';
import { parseSyslog } from '../syslog/parse-syslog.js';
import { type SyslogEvent, shapeSyslogMessage } from '../syslog/shape-syslog-message.js';
import { addAroundField } from './add-outer.js';

// Where shippers put a line that they did not take apart.
const TEXT = [
  'message',
  'Message',
  'MESSAGE',
  'SyslogMessage',
  'body',
  '_raw',
  'log',
  '@message',
  'textPayload',
  'event.original',
  'full_log',
];
const PROGRAM = [
  'process.name',
  'ProcessName',
  'log.syslog.appname',
  'syslog.identifier',
  'predecoder.program_name',
  'program',
  'ident',
  'appname',
];

/**
 * Reads the line of another log that a record of no known logsource carries: syslog and what that may hold, CEF, LEEF,
 * an access log, an event in XML. What the record itself says stays; other events come back as they are.
 */
export function shapeCarriedText(event: ShapedEvent): ShapedEvent {
  const { product, categories, services, channel } = event.logsource;
  if (product === 'windows' || channel !== undefined) return event;
  if (categories.length > 0 || services.length > 0) return event;
  const text = firstText(event.fields, TEXT);
  if (text === undefined) return event;
  const line = parseSyslog(text);
  const program = line?.app ?? firstText(event.fields, PROGRAM);
  const carried = shapeSyslogMessage(program, line?.message ?? text);
  const isKnown = line !== undefined || program !== undefined || !isPlain(carried);
  return isKnown ? merge(event, { carried, host: line?.host, timeText: line?.timeText }) : event;
}

function firstText(
  fields: ReadonlyMap<string, FieldValue>,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** Whether nothing but that it is a text was found out. */
function isPlain({ logsource, timeText }: SyslogEvent): boolean {
  const { product, categories, services } = logsource;
  const isSyslog = services.every((service) => service === 'syslog');
  return product === undefined && categories.length === 0 && isSyslog && timeText === undefined;
}

function merge(
  event: ShapedEvent,
  line: {
    readonly carried: SyslogEvent;
    readonly host: string | undefined;
    readonly timeText: string | undefined;
  },
): ShapedEvent {
  const { timeText, ...carried } = line.carried;
  const fields = new Map(carried.fields);
  for (const [name, value] of event.fields) addAroundField(fields, name, value);
  return {
    time: event.time ?? carried.time ?? parseTime(timeText) ?? parseTime(line.timeText),
    zone: event.zone ?? carried.zone,
    host: line.host ?? carried.host ?? event.host,
    user: carried.user ?? event.user,
    logsource: {
      ...carried.logsource,
      product: carried.logsource.product ?? event.logsource.product,
      provider: carried.logsource.provider ?? event.logsource.provider,
    },
    fields,
    isComplete: event.isComplete && carried.isComplete,
  };
}
