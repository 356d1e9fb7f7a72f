import { MAX_FIELDS } from '../flatten-fields.js';

// Each part begins and ends with a character that the others do not hold, so that no text takes more than linear time.
const ELEMENT = /\[([^\s\]="]{1,64})((?: +[^\s\]="]{1,64}="(?:\\[\s\S]|[^"\\])*")*) *\]/y;
const PARAMETER = / +([^\s\]="]{1,64})="((?:\\[\s\S]|[^"\\])*)"/g;

/** Reads RFC 5424's STRUCTURED-DATA from the start of a text: `[id name="value"][…]`, or `-` for none. */
export function parseStructuredData(text: string): {
  readonly structured: ReadonlyMap<string, string>;
  readonly rest: string;
} {
  const structured = new Map<string, string>();
  if (text.startsWith('-')) return { structured, rest: text.slice(1) };
  ELEMENT.lastIndex = 0;
  let end = 0;
  for (let match = ELEMENT.exec(text); match !== null; match = ELEMENT.exec(text)) {
    end = ELEMENT.lastIndex;
    const [, id = '', parameters = ''] = match;
    for (const [, name = '', value = ''] of parameters.matchAll(PARAMETER))
      if (structured.size < MAX_FIELDS)
        structured.set(`${id}.${name}`, value.replace(/\\(["\\\]])/g, '$1'));
  }
  return { structured, rest: text.slice(end) };
}
