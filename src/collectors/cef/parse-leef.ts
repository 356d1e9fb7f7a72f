import type { FieldValue } from '../event.js';
import { addValue, MAX_FIELDS } from '../flatten-fields.js';
import type { ParsedMessage } from '../lines/parsed-message.js';
import { shapeSecurityEvent } from './shape-security-event.js';

const HEADER =
  /^LEEF:\s?([12])(?:\.\d)?\|([^|]{0,200})\|([^|]{0,200})\|([^|]{0,200})\|([^|]{0,200})\|/;

/**
 * Reads a QRadar LEEF event, 1.0 (attributes between tabs) or 2.0 (which names its delimiter, as a character or `x09`);
 * undefined for anything else.
 */
export function parseLeef(text: string): ParsedMessage | undefined {
  const header = HEADER.exec(text);
  if (header === null) return undefined;
  const [whole, version, vendor = '', product = '', deviceVersion = '', signature = ''] = header;
  const { delimiter, attributes } = splitDelimiter(version === '2', text.slice(whole.length));
  const fields = new Map<string, FieldValue>([
    ['deviceVendor', vendor],
    ['deviceProduct', product],
    ['deviceVersion', deviceVersion],
    ['eventId', signature],
  ]);
  let isComplete = true;
  for (const attribute of attributes.split(delimiter)) {
    const equals = attribute.indexOf('=');
    if (equals <= 0) continue;
    if (fields.size >= MAX_FIELDS) isComplete = false;
    else
      addValue(
        fields,
        attribute.slice(0, equals).trim().slice(0, 1_000),
        attribute.slice(equals + 1).trim(),
      );
  }
  return { ...shapeSecurityEvent({ vendor, signature }, fields), isComplete };
}

function splitDelimiter(isSecond: boolean, rest: string) {
  const [found, text = ''] = (isSecond ? /^([^|=]{0,6})\|/.exec(rest) : null) ?? [];
  if (found === undefined) return { delimiter: '\t', attributes: rest };
  const code = /^(?:0x|x|\\x)([0-9a-f]{2,4})$/i.exec(text)?.[1];
  const delimiter = code === undefined ? text : String.fromCharCode(Number.parseInt(code, 16));
  return { delimiter: delimiter || '\t', attributes: rest.slice(found.length) };
}
