import type { IocSink } from './found-ioc.js';

const YARA = /(?:(?:private|global)\s+)*rule\s+[A-Za-z_]\w{0,127}(?:\s*:\s*[\w ]{1,200})?\s*\{/y;
const SNORT =
  /(?:alert|drop|reject|block|log)\s+(?:tcp|udp|icmp|ip|http|dns|tls|ssh|smb|ftp)\s+\S{1,200}\s+\S{1,200}\s+(?:->|<>)\s+\S{1,200}\s+\S{1,200}\s*\(/y;
const LONGEST = 65_536;

/** First letters of rules, in small letters. */
export const RULE_LEADS = [
  'rule',
  'private',
  'global',
  'title',
  'alert',
  'drop',
  'reject',
  'block',
  'log',
] as const;

/**
 * A YARA, Sigma or Snort rule that starts at `at`, at the head of a line.
 *
 * @returns whether something began like a rule: the reader gives up after many that come to nothing.
 */
export function findRule(text: string, at: number, sink: IocSink): boolean {
  if (!/(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 8), at))) return false;
  const put = (type: 'yara-rule' | 'sigma-rule' | 'snort-rule', end: number | undefined): void => {
    if (end !== undefined)
      sink({ type, value: text.slice(at, end), start: at, end, wasDefanged: false });
  };
  YARA.lastIndex = at;
  const yara = YARA.exec(text);
  if (yara !== null) put('yara-rule', yaraEnd(text, at + yara[0].length));
  SNORT.lastIndex = at;
  const snort = SNORT.exec(text);
  if (snort !== null) put('snort-rule', snortEnd(text, at + snort[0].length));
  const isSigma = text.startsWith('title:', at);
  if (isSigma) put('sigma-rule', sigmaEnd(text, at));
  return yara !== null || snort !== null || isSigma;
}

/** After the brace that closes the rule; strings may hold braces, hex strings do in pairs. */
function yaraEnd(text: string, at: number): number | undefined {
  const limit = Math.min(text.length, at + LONGEST);
  const body = text.slice(at, limit);
  const marks = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|[{}]/g;
  let depth = 1;
  for (const match of body.matchAll(marks)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (depth === 0)
      return /\bcondition\s*:/.test(body.slice(0, match.index)) ? at + match.index + 1 : undefined;
  }
  return undefined;
}

/** After the bracket that closes the options; `sid` is among them. */
function snortEnd(text: string, at: number): number | undefined {
  const newline = text.indexOf('\n', at);
  const line = text.slice(at, Math.min(newline === -1 ? text.length : newline, at + LONGEST));
  const close = line.lastIndexOf(')');
  return close !== -1 && /\bsid\s*:\s*\d+/.test(line) ? at + close + 1 : undefined;
}

const SIGMA_KEYS =
  /^(?:title|id|related|name|taxonomy|status|description|license|author|references|date|modified|logsource|detection|fields|falsepositives|level|tags|scope|correlation|action)\s*:/;

/** The lines that a Sigma rule has: its keys, and what is indented or listed below them. */
function sigmaEnd(text: string, at: number): number | undefined {
  const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
  const limit = Math.min(text.length, at + LONGEST);
  let [end, hasLogsource, hasDetection] = [at, false, false];
  for (let lineStart = at; lineStart < limit; ) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(lineStart === at ? at : lineStart + indent, Math.min(lineEnd, limit));
    if (line.trim() !== '' && !SIGMA_KEYS.test(line) && !/^(?:\s|- )/.test(line)) break;
    hasLogsource ||= line.startsWith('logsource');
    hasDetection ||= line.startsWith('detection');
    if (line.trim() !== '') end = lineEnd;
    lineStart = lineEnd + 1;
  }
  return hasLogsource && hasDetection ? end : undefined;
}
