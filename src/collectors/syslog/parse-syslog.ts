import { parseStructuredData } from './parse-structured-data.js';

/** A line of syslog, cut into its parts; each that the line has. */
export interface SyslogLine {
  /** 0..191 */
  readonly priority: number | undefined;
  readonly timeText: string | undefined;
  readonly host: string | undefined;
  /** Program, or RFC 5424's APP-NAME. */
  readonly app: string | undefined;
  readonly processId: string | undefined;
  readonly messageId: string | undefined;
  /** `id.name` → value. */
  readonly structured: ReadonlyMap<string, string>;
  readonly message: string;
}

const PRIORITY = /^<(\d{1,3})>/;
const RFC_5424 =
  /^[1-9]\d{0,2} (\S{1,64}) (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,128}) (?=-|\[)/;
const CLOCK = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
// RFC 3164's time and its kin: rsyslog's ISO form; Cisco's with a year before or behind the day, a zone, a mark in front.
const TIME = new RegExp(
  String.raw`^[*.]?(\d{4}-\d{2}-\d{2}T${CLOCK}(?:Z|[+-]\d{2}:?\d{2})?` +
    String.raw`|[A-Z][a-z]{2} [ \d]\d(?: \d{4})? ${CLOCK}(?: [A-Z]{3,4}(?=[:\s]))?` +
    String.raw`|\d{4} [A-Z][a-z]{2} [ \d]\d ${CLOCK}(?: [A-Z]{3,4}(?=[:\s]))?)(:?)(?:\s+|$)`,
);
const TAG = /^([^\s:[\]%<>{}"=,]{1,128})(?:\[([^\]\s]{0,64})\])?:(?:\s+|$)/;
const CISCO = /^:?\s*%[A-Z0-9_]{2,40}(?:-[A-Z0-9_]{1,40})*-\d-[A-Z0-9_]{2,60}:/;
// Words that stand where a host would in the logs of programs.
const LEVEL = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)$/i;

/** Reads a line of RFC 5424, RFC 3164 or a form near to that; undefined when it has none of priority, time and host. */
export function parseSyslog(text: string): SyslogLine | undefined {
  // RFC 6587 puts the length in front over TCP.
  const line = text.replace(/^\d{1,6} (?=<\d{1,3}>)/, '');
  const [priorityText, digits] = PRIORITY.exec(line) ?? ['', undefined];
  const priority = digits === undefined || Number(digits) > 191 ? undefined : Number(digits);
  const rest = priority === undefined ? line : line.slice(priorityText.length);
  const modern = priority === undefined ? undefined : parseModern(rest);
  if (modern !== undefined) return { ...modern, priority };
  return parseClassic(rest, priority);
}

function parseModern(text: string): Omit<SyslogLine, 'priority'> | undefined {
  const header = RFC_5424.exec(text);
  if (header === null) return undefined;
  const [whole, ...parts] = header;
  const [timeText, host, app, processId, messageId] = parts.map((part) =>
    part === '-' ? undefined : part,
  );
  const { structured, rest } = parseStructuredData(text.slice(whole.length));
  const message = rest.replace(/^ ?\ufeff?/, '');
  return { timeText, host, app, processId, messageId, structured, message };
}

const NO_STRUCTURE: ReadonlyMap<string, string> = new Map();

function parseClassic(text: string, priority: number | undefined): SyslogLine | undefined {
  // Cisco's sequence number, and the colon that some devices put after the priority.
  const start = text.replace(/^(?:\d{1,10}: |: ?)(?=[*.]?(?:[A-Z][a-z]{2} |\d{4} |\d{4}-))/, '');
  const time = TIME.exec(start);
  const afterTime = time === null ? start : start.slice(time[0].length);
  const hasHost = time !== null && time[2] === '';
  const { host, rest } = hasHost ? splitHost(afterTime) : { host: undefined, rest: afterTime };
  const [tag, app, processId] = TAG.exec(rest) ?? ['', undefined, undefined];
  const isCisco = CISCO.test(rest);
  const isPlain = time === null || (host === undefined && app === undefined);
  if (priority === undefined && isPlain && !isCisco) return undefined;
  if (priority === undefined && host !== undefined && LEVEL.test(host)) return undefined;
  return {
    priority,
    timeText: time?.[1],
    host,
    app: isCisco ? undefined : app,
    processId: processId === '' ? undefined : processId,
    messageId: undefined,
    structured: NO_STRUCTURE,
    message: isCisco ? rest.replace(/^:?\s*/, '') : rest.slice(tag.length),
  };
}

/** A first word that is no tag is the host. */
function splitHost(text: string): { readonly host: string | undefined; readonly rest: string } {
  const [whole, host] =
    /^([^\s%:{}<>"=]{1,255}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?:\s+|$)/.exec(text) ?? [];
  if (whole === undefined || host === undefined || /\[\d+\]$/.test(host))
    return { host: undefined, rest: text };
  return { host, rest: text.slice(whole.length) };
}
