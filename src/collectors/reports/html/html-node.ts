import type { HtmlAttributes, HtmlSink } from './tokenize-html.js';

/** An element of a page. */
export interface HtmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: HtmlAttributes;
  readonly children: HtmlNode[];
  readonly parent: HtmlElement | undefined;
  /** Position among the elements of the page, from 0. */
  readonly index: number;
}

export interface HtmlText {
  readonly kind: 'text';
  readonly text: string;
}

export type HtmlNode = HtmlElement | HtmlText;

/** Elements that an opening tag ends, up to the nearest of `within`. Source: WHATWG HTML, "Optional tags". */
const ENDED_BY: Readonly<
  Record<string, { readonly ends: readonly string[]; readonly within: readonly string[] }>
> = {
  li: { ends: ['li'], within: ['ul', 'ol', 'menu', 'td', 'th'] },
  dt: { ends: ['dt', 'dd'], within: ['dl'] },
  dd: { ends: ['dt', 'dd'], within: ['dl'] },
  tr: { ends: ['tr'], within: ['table'] },
  td: { ends: ['td', 'th'], within: ['table', 'tr'] },
  th: { ends: ['td', 'th'], within: ['table', 'tr'] },
  tbody: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] },
  thead: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] },
  tfoot: { ends: ['thead', 'tbody', 'tfoot'], within: ['table'] },
  option: { ends: ['option'], within: ['select'] },
};

/** Elements that end a paragraph by beginning. */
const ENDS_PARAGRAPH = new Set(
  (
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul'
  ).split(' '),
);
const MAX_DEPTH = 200;
const PARAGRAPH_LIMITS = new Set([
  'td',
  'th',
  'li',
  'table',
  'button',
  'body',
  'div',
  'section',
  'article',
]);

export interface HtmlTree {
  readonly root: HtmlElement;
  readonly elements: readonly HtmlElement[];
  /** What `<script type="application/ld+json">` holds. */
  readonly jsonLd: readonly string[];
}

/** A sink that grows a tree; elements deeper than 200 become children of the 200th. */
export function createHtmlTree(): { readonly sink: HtmlSink; readonly tree: HtmlTree } {
  const root: HtmlElement = element('html', new Map(), undefined, 0);
  const elements: HtmlElement[] = [root];
  const jsonLd: string[] = [];
  const stack: HtmlElement[] = [root];
  const top = (): HtmlElement => stack.at(-1) ?? root;

  /** Closes the innermost open element that `isWanted`, and what is in it, unless a `limit` is in between. */
  const closeTo = (
    isWanted: (name: string) => boolean,
    isLimit: (name: string) => boolean,
  ): void => {
    for (let index = stack.length - 1; index > 0; index -= 1) {
      const name = stack[index]?.name ?? '';
      if (isWanted(name)) {
        stack.length = index;
        return;
      }
      if (isLimit(name)) return;
    }
  };

  const sink: HtmlSink = {
    open(name, attributes) {
      if (name === 'html') return;
      if (ENDS_PARAGRAPH.has(name)) {
        closeTo(
          (open) => open === 'p',
          (open) => PARAGRAPH_LIMITS.has(open),
        );
      }
      const ended = ENDED_BY[name];
      if (ended !== undefined) {
        closeTo(
          (open) => ended.ends.includes(open),
          (open) => ended.within.includes(open),
        );
      }
      const parent = top();
      const child = element(name, attributes, parent, elements.length);
      parent.children.push(child);
      elements.push(child);
      if (stack.length < MAX_DEPTH) stack.push(child);
    },
    close(name) {
      if (name === 'html' || name === 'body') return;
      const isCell = name === 'td' || name === 'th' || name === 'tr';
      closeTo(
        (open) => open === name,
        (open) => !isCell && name !== 'table' && (open === 'td' || open === 'th'),
      );
    },
    text(text) {
      top().children.push({ kind: 'text', text });
    },
    jsonLd: (text) => {
      jsonLd.push(text);
    },
  };
  return { sink, tree: { root, elements, jsonLd } };
}

function element(
  name: string,
  attributes: HtmlAttributes,
  ...[parent, index]: [HtmlElement | undefined, number]
): HtmlElement {
  return { kind: 'element', name, attributes, children: [], parent, index };
}
