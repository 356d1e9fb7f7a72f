import type { FieldValue } from '../event.js';
import type { XmlAttribute, XmlElement, XmlNode } from './xml-node.js';

/** The values of a record. */
export interface SlotValues {
  readonly valueAt: (slot: number) => FieldValue;
  readonly isNull: (slot: number) => boolean;
}

/** XML text of a tree with the values of a record in its slots, on one line. */
export function renderXml(nodes: readonly XmlNode[], values: SlotValues): string {
  let text = '';
  for (const node of nodes) text += renderNode(node, values);
  return text;
}

function renderNode(node: XmlNode, values: SlotValues): string {
  switch (node.kind) {
    case 'text':
      return escapeXml(node.text);
    case 'slot':
      return textsOf(values.valueAt(node.index)).map(escapeXml).join(',');
    case 'element':
      return renderElement(node, values);
    case 'instruction':
      return `<?${xmlName(node.target)} ${escapeXml(node.text)}?>`;
  }
}

function renderElement(element: XmlElement, values: SlotValues): string {
  const { dependency, content } = element;
  if (dependency >= 0 && values.isNull(dependency)) return '';
  const name = xmlName(element.name);
  const start = `<${name}${element.attributes.map((item) => renderAttribute(item, values)).join('')}`;
  const [only] = content;
  // Source: MS-EVEN6, "Array types": the element is repeated for each element of the array.
  const texts =
    content.length === 1 && only?.kind === 'slot'
      ? textsOf(values.valueAt(only.index)).map(escapeXml)
      : [renderXml(content, values)];
  return texts.map((text) => (text === '' ? `${start}/>` : `${start}>${text}</${name}>`)).join('');
}

function renderAttribute({ name, content }: XmlAttribute, values: SlotValues): string {
  const [only] = content;
  if (content.length === 1 && only?.kind === 'slot' && only.isOptional && values.isNull(only.index))
    return '';
  return ` ${xmlName(name)}="${renderXml(content, values)}"`;
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
