/** A text or attribute of an XML document. */
export interface XmlValue {
  /** `Event/System/Provider/@Name` */
  readonly path: string;
  readonly value: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The texts of childless elements and all attributes, in the order of the document. For well-formed XML of a known writer. */
export function flattenXml(xml: string): readonly XmlValue[] {
  const values: XmlValue[] = [];
  const open: string[] = [];
  const tags = /<(\/?)([^\s/>]+)([^>]*?)(\/?)>([^<]*)/g;
  let isLeaf = false;
  let text = '';
  for (const [, closing, name = '', attributes = '', empty, after = ''] of xml.matchAll(tags)) {
    if (closing === '/') {
      if (isLeaf) values.push({ path: open.join('/'), value: unescapeXml(text) });
      open.pop();
      isLeaf = false;
      continue;
    }
    open.push(name);
    const path = open.join('/');
    for (const [, key, value = ''] of attributes.matchAll(/([^\s=]+)="([^"]*)"/g))
      values.push({ path: `${path}/@${key}`, value: unescapeXml(value) });
    isLeaf = empty === '';
    text = after;
    if (empty !== '') {
      values.push({ path, value: '' });
      open.pop();
    }
  }
  return values;
}

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}
