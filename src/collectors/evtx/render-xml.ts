import type { FieldValue } from '../event.js';
import type { XmlAttribute, XmlElement, XmlFrame, XmlNode, XmlSlot } from './xml-node.js';

/** The values of a record. */
export interface SlotValues {
  readonly valueAt: (slot: number) => FieldValue;
  readonly isNull: (slot: number) => boolean;
}

/** XML text of a frame with the values of a record in its slots, on one line. */
export function renderXml(frame: XmlFrame, values: SlotValues): string {
  return renderNodes(frame.nodes, { frame, values });
}

const MAX_REPEATED_LENGTH = 1_000_000;

interface Place {
  readonly frame: XmlFrame;
  readonly values: SlotValues;
}

function renderNodes(nodes: readonly XmlNode[], place: Place): string {
  let text = '';
  for (const node of nodes) text += renderNode(node, place);
  return text;
}

function renderNode(node: XmlNode, place: Place): string {
  switch (node.kind) {
    case 'text':
      return escapeXml(node.text);
    case 'slot':
      return renderSlot(node, place);
    case 'element':
      return renderElement(node, place);
    case 'instance':
      return renderXml(node.frame, place.values);
    case 'instruction':
      return `<?${xmlName(node.target)} ${escapeXml(node.text)}?>`;
  }
}

function renderSlot({ index }: XmlSlot, { frame, values }: Place): string {
  const nested = frame.nested.get(index);
  if (nested !== undefined) return renderXml(nested, values);
  return textsOf(values.valueAt(frame.base + index))
    .map(escapeXml)
    .join(',');
}

function renderElement(element: XmlElement, place: Place): string {
  const { frame, values } = place;
  const { dependency, content } = element;
  if (dependency >= 0 && values.isNull(frame.base + dependency)) return '';
  const name = xmlName(element.name);
  const start = `<${name}${element.attributes.map((item) => renderAttribute(item, place)).join('')}`;
  const [only] = content;
  // Source: MS-EVEN6, "Array types": the element is repeated for each element of the array.
  const texts =
    content.length === 1 && only?.kind === 'slot' && !frame.nested.has(only.index)
      ? textsOf(values.valueAt(frame.base + only.index)).map(escapeXml)
      : [renderNodes(content, place)];
  // As one element where thousands of attributes would otherwise be repeated.
  if (texts.length * start.length > MAX_REPEATED_LENGTH)
    return `${start}>${texts.join(',')}</${name}>`;
  return texts.map((text) => (text === '' ? `${start}/>` : `${start}>${text}</${name}>`)).join('');
}

function renderAttribute({ name, content }: XmlAttribute, place: Place): string {
  const { frame, values } = place;
  const [only] = content;
  if (content.length === 1 && only?.kind === 'slot' && only.isOptional)
    if (values.isNull(frame.base + only.index)) return '';
  // An attribute holds no elements, whatever the record puts there.
  const flat: XmlFrame = { ...frame, nested: new Map() };
  return ` ${xmlName(name)}="${renderNodes(content, { frame: flat, values })}"`;
}

function textsOf(value: FieldValue): readonly string[] {
  return typeof value === 'object' && value !== null ? value.map(String) : [String(value)];
}

// Source: XML 1.0, "Char": what no document may hold, not even as a reference.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (found) => ESCAPES[found] ?? found).replace(FORBIDDEN, '\ufffd');
}

/** A name that can hurt no reader of the XML. */
function xmlName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}_.:-]/gu, '_');
  return /^[\p{L}_:]/u.test(safe) ? safe : `_${safe}`;
}
