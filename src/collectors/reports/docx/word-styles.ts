import type { XmlSink } from '../xml/parse-xml.js';

/** What a paragraph style makes of its paragraphs. */
export type WordRole =
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'list-item' | 'quote' | 'caption' | 'code' | 'contents' };

interface Style {
  name: string;
  basedOn: string | undefined;
  outline: number | undefined;
  isNumbered: boolean;
  isMono: boolean;
}

/** Role of a paragraph style by its id; undefined for plain text. */
export type WordStyles = (styleId: string | undefined) => WordRole | undefined;

const MONO = /courier|consolas|mono|menlo|lucida console|terminal|fixed/i;
const MAX_CHAIN = 20;

export const isMonoFont = (name: string | undefined): boolean => MONO.test(name ?? '');

/** Reads `word/styles.xml`. */
export function createStyleReader(): { readonly sink: XmlSink; readonly styles: WordStyles } {
  const byId = new Map<string, Style>();
  let open: Style | undefined;
  const sink: XmlSink = {
    open(name, attributes) {
      const value = attributes.get('val');
      if (name === 'style') {
        open = {
          name: '',
          basedOn: undefined,
          outline: undefined,
          isNumbered: false,
          isMono: false,
        };
        byId.set(attributes.get('styleId') ?? '', open);
      } else if (open !== undefined) note(open, name, value ?? attributes.get('ascii'));
    },
    close(name) {
      if (name === 'style') open = undefined;
    },
    text() {},
  };
  return { sink, styles: (id) => (id === undefined ? undefined : roleOf(id, byId)) };
}

function note(style: Style, name: string, value: string | undefined): void {
  if (name === 'name') style.name = (value ?? '').toLowerCase();
  else if (name === 'basedOn') style.basedOn = value;
  else if (name === 'outlineLvl') style.outline = Number(value);
  else if (name === 'numPr') style.isNumbered = true;
  else if (name === 'rFonts') style.isMono = isMonoFont(value);
}

function roleOf(id: string, byId: ReadonlyMap<string, Style>): WordRole | undefined {
  let at = byId.get(id);
  // Documents without a table of styles still name Word's own.
  if (at === undefined) return namedRole(id.toLowerCase().replace(/(\d)$/, ' $1'));
  for (let steps = 0; at !== undefined && steps < MAX_CHAIN; steps += 1) {
    const role = ownRole(at);
    if (role !== undefined) return role;
    at = at.basedOn === undefined ? undefined : byId.get(at.basedOn);
  }
  return undefined;
}

function ownRole({ name, outline, isNumbered, isMono }: Style): WordRole | undefined {
  const named = namedRole(name);
  if (named !== undefined) return named;
  if (outline !== undefined && outline >= 0 && outline < 9) {
    return { kind: 'heading', level: Math.min(6, outline + 1) };
  }
  if (isNumbered) return { kind: 'list-item' };
  return isMono ? { kind: 'code' } : undefined;
}

function namedRole(name: string): WordRole | undefined {
  const heading = /^heading (\d)$/.exec(name);
  if (heading !== null)
    return { kind: 'heading', level: Math.min(6, Math.max(1, Number(heading[1]))) };
  if (name === 'title') return { kind: 'heading', level: 1 };
  if (/^toc(?: |$)|^table of (?:figures|authorities)/.test(name)) return { kind: 'contents' };
  if (/^caption/.test(name)) return { kind: 'caption' };
  if (/quote|quotation|block text/.test(name)) return { kind: 'quote' };
  if (/\b(?:code|source|preformatted|listing|macro text|plain text)\b/.test(name))
    return { kind: 'code' };
  return /^list (?:bullet|number)/.test(name) ? { kind: 'list-item' } : undefined;
}
