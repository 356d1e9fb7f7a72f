import { SaxesParser } from 'saxes';
import type { JsonObject } from '../json-record.js';

const MAX_DEPTH = 64;

interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** What an XML text holds, or why it cannot be read. */
export type ParsedXml =
  | { readonly kind: 'record'; readonly record: JsonObject }
  | { readonly kind: 'invalid'; readonly message: string };

/**
 * Reads one `<Event>` element into the form that evtx_dump gives it as JSON: `{Event: {System, EventData}}`, attributes
 * under `#attributes`, a text beside them under `#text`, `<Data Name="a">` as `a`. Entities other than XML's own five
 * are not expanded.
 */
export function parseEventXml(text: string): ParsedXml {
  const first = parseElement(text);
  if (typeof first !== 'string') return { kind: 'record', record: toRecord(first) };
  // Windows and its exporters write control characters and lone ampersands, which XML does not allow.
  const second = parseElement(repair(text));
  return typeof second === 'string'
    ? { kind: 'invalid', message: first }
    : { kind: 'record', record: toRecord(second) };
}

function toRecord(element: XmlElement): JsonObject {
  return { [element.name]: toValue(element) };
}

/** The element, or what is wrong with the text. */
function parseElement(text: string): XmlElement | string {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: XmlElement[] = [root];
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH) throw new Error(`nested deeper than ${MAX_DEPTH} elements`);
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  try {
    parser.write(text).close();
  } catch (error) {
    return wordsOf(error);
  }
  return root.children[0] ?? 'expected an element';
}

/** The parser's messages start with a position or a blank. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message.replace(/^\d*:?\d*:?\s*/, '').slice(0, 200) || 'cannot be read';
}

function repair(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(
        /&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]|d[89a-f]..)|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi,
        '\ufffd',
      )
      .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;')
  );
}

function toValue(element: XmlElement): unknown {
  const { attributes, children, text } = element;
  const hasAttributes = Object.keys(attributes).length > 0;
  if (children.length === 0)
    return hasAttributes ? { '#attributes': attributes, '#text': text } : text;
  const members = new Map<string, unknown>();
  if (hasAttributes) members.set('#attributes', attributes);
  for (const child of children) {
    const name = nameOf(child);
    const value = child.name === 'Data' ? textOrValue(child) : toValue(child);
    const before = members.get(name);
    if (before === undefined) members.set(name, value);
    else if (Array.isArray(before)) before.push(value);
    else members.set(name, [before, value]);
  }
  return Object.fromEntries(members);
}

/** `<Data Name="Image">` is `Image`; a name that is empty or that of an attribute list is none. */
function nameOf({ name, attributes }: XmlElement): string {
  const given = name === 'Data' ? attributes['Name'] : undefined;
  return given === undefined || given === '' || given.startsWith('#') ? name : given;
}

function textOrValue(element: XmlElement): unknown {
  return element.children.length === 0 ? element.text : toValue(element);
}
