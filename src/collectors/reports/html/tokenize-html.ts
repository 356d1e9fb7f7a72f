import { decodeEntities } from './decode-entities.js';

/** Attributes by name in lower case, entities decoded. */
export type HtmlAttributes = ReadonlyMap<string, string>;

/** Receives a page in the order of its text. */
export interface HtmlSink {
  /** @param name in lower case. */
  open(name: string, attributes: HtmlAttributes): void;
  close(name: string): void;
  /** Entities decoded; white space as in the page. */
  text(text: string): void;
  /** What stands in `script` and `style`; only `script` of type `application/ld+json` is told of. */
  jsonLd?(text: string): void;
}

/** Elements whose content is no markup. Source: WHATWG HTML, "13.2.5 Tokenization". */
const RAW = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
]);
const DECODED_RAW = new Set(['textarea', 'title']);
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr keygen command'.split(' '),
);
const NO_ATTRIBUTES: HtmlAttributes = new Map();
const NAME = /[a-zA-Z][^\s/>\0]*/y;
const ATTRIBUTE =
  /[\s/]*([^\s/>=\0][^\s/>=\0]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;
/** What more of a tag's attributes there is, is passed over. */
const MAX_ATTRIBUTES = 50;
const MAX_NAME_LENGTH = 40;

/**
 * Cuts HTML into tags and text, in one pass and without a tree: linear in the length, whatever the page holds. Comments,
 * declarations, scripts and styles are left out. A tag that never ends is text no more than what follows it.
 */
export function tokenizeHtml(html: string, sink: HtmlSink): void {
  let at = 0;
  while (at < html.length) {
    const tag = html.indexOf('<', at);
    if (tag === -1) {
      emitText(html, { start: at, end: html.length }, sink);
      return;
    }
    if (tag > at) emitText(html, { start: at, end: tag }, sink);
    at = readMarkup(html, tag, sink);
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function emitText(html: string, { start, end }: Span, sink: HtmlSink): void {
  sink.text(decodeEntities(html.slice(start, end)));
}

/** Reads what a `<` begins; returns where it ends. */
function readMarkup(html: string, at: number, sink: HtmlSink): number {
  const next = html.charAt(at + 1);
  if (next === '!') return endOfDeclaration(html, at);
  if (next === '?') return endOr(html, '>', at);
  if (next === '/') return readEndTag(html, at, sink);
  if (/[a-zA-Z]/.test(next)) return readStartTag(html, at, sink);
  // `a < b`
  sink.text('<');
  return at + 1;
}

function endOfDeclaration(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    if (html.startsWith('<!-->', at)) return at + 5;
    return endOr(html, '-->', at + 4);
  }
  if (html.startsWith('<![CDATA[', at)) return endOr(html, ']]>', at);
  return endOr(html, '>', at);
}

/** After a mark; the end of the page when it never comes. */
function endOr(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

function tagName(html: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(html)?.[0] ?? '';
}

function readEndTag(html: string, at: number, sink: HtmlSink): number {
  const name = tagName(html, at + 2);
  const end = endOr(html, '>', at + 2 + name.length);
  if (name !== '' && name.length <= MAX_NAME_LENGTH) sink.close(name.toLowerCase());
  return end;
}

function readStartTag(html: string, at: number, sink: HtmlSink): number {
  const written = tagName(html, at + 1);
  const name = written.slice(0, MAX_NAME_LENGTH).toLowerCase();
  const { attributes, end, isSelfClosing } = readAttributes(html, at + 1 + written.length);
  if (RAW.has(name)) return readRaw(html, { name, attributes, end }, sink);
  sink.open(name, attributes);
  if (isSelfClosing || VOID.has(name)) sink.close(name);
  return end;
}

function readAttributes(html: string, from: number) {
  let at = from;
  let attributes: Map<string, string> | undefined;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(html);
    if (found === null) break;
    at = ATTRIBUTE.lastIndex;
    const [, name = '', double, single, bare] = found;
    attributes ??= new Map();
    const key = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
    if (attributes.size < MAX_ATTRIBUTES && !attributes.has(key)) {
      attributes.set(key, decodeEntities(double ?? single ?? bare ?? ''));
    }
  }
  const close = html.indexOf('>', at);
  const end = close === -1 ? html.length : close + 1;
  const isSelfClosing = close > 0 && html.charAt(close - 1) === '/';
  return { attributes: attributes ?? NO_ATTRIBUTES, end, isSelfClosing };
}

interface RawElement {
  readonly name: string;
  readonly attributes: HtmlAttributes;
  readonly end: number;
}

function readRaw(html: string, { name, attributes, end }: RawElement, sink: HtmlSink): number {
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  closing.lastIndex = end;
  const found = closing.exec(html);
  const stop = found?.index ?? html.length;
  if (DECODED_RAW.has(name)) {
    sink.open(name, attributes);
    emitText(html, { start: end, end: stop }, sink);
    sink.close(name);
  } else if (name === 'xmp') {
    sink.open('pre', attributes);
    sink.text(html.slice(end, stop));
    sink.close('pre');
  } else if (name === 'script' && /\bld\+json\b/i.test(attributes.get('type') ?? '')) {
    sink.jsonLd?.(html.slice(end, stop));
  }
  return found === null ? html.length : endOr(html, '>', stop + name.length + 2);
}
