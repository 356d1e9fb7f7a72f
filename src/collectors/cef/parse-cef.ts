import type { FieldValue } from '../event.js';
import { addValue, MAX_FIELDS } from '../flatten-fields.js';
import type { ParsedMessage } from '../lines/parsed-message.js';
import { shapeSecurityEvent } from './shape-security-event.js';

const HEADER = [
  'deviceVendor',
  'deviceProduct',
  'deviceVersion',
  'deviceEventClassId',
  'name',
  'severity',
] as const;
// A name starts behind a blank and has a limited length, so that no text takes more than linear time.
const KEY = /(?<=^|\s)([A-Za-z_][\w.[\]-]{0,99})=/g;

/** Reads an ArcSight CEF event: `CEF:0|vendor|product|version|id|name|severity|key=value …`; undefined for anything else. */
export function parseCef(text: string): ParsedMessage | undefined {
  const start = /^CEF:\s?\d{1,2}\|/.exec(text);
  if (start === null) return undefined;
  const { parts, rest } = splitHeader(text.slice(start[0].length));
  if (parts.length < HEADER.length) return undefined;
  const fields = new Map<string, FieldValue>();
  for (const [index, name] of HEADER.entries()) fields.set(name, parts[index] ?? '');
  const isComplete = addExtension(rest, fields);
  addLabelled(fields);
  const [vendor = '', , , signature = ''] = parts;
  const event = shapeSecurityEvent({ vendor, signature }, fields);
  return { ...event, isComplete };
}

/** Six parts between bars; `\|` is a bar and `\\` a backslash. */
function splitHeader(text: string): { readonly parts: readonly string[]; readonly rest: string } {
  const parts: string[] = [];
  let part = '';
  let index = 0;
  for (; index < text.length && parts.length < HEADER.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\') {
      part += text[index + 1] ?? '';
      index += 1;
    } else if (character === '|') {
      parts.push(part);
      part = '';
    } else part += character;
  }
  // Without an extension the last bar is often left out.
  if (parts.length === HEADER.length - 1) parts.push(part);
  return { parts, rest: text.slice(index) };
}

function addExtension(text: string, fields: Map<string, FieldValue>): boolean {
  let name: string | undefined;
  let from = 0;
  const finish = (end: number): void => {
    if (name !== undefined) addValue(fields, name, unescapeCef(text.slice(from, end).trim()));
  };
  for (const match of text.matchAll(KEY)) {
    finish(match.index);
    if (fields.size >= MAX_FIELDS) return false;
    name = match[1];
    from = match.index + match[0].length;
  }
  finish(text.length);
  return true;
}

function unescapeCef(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\=|nr])/g, (_whole, character: string) => {
    if (character === 'n') return '\n';
    return character === 'r' ? '\r' : character;
  });
}

/** `cs1Label=Command Line cs1=id` is also `CommandLine`. */
function addLabelled(fields: Map<string, FieldValue>): void {
  for (const [name, label] of [...fields]) {
    if (!name.endsWith('Label') || typeof label !== 'string') continue;
    const value = fields.get(name.slice(0, -'Label'.length));
    const own = label.replaceAll(' ', '');
    if (value !== undefined && own !== '' && !fields.has(own)) fields.set(own, value);
  }
}
