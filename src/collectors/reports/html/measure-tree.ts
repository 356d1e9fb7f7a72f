import { UNREAD_ELEMENTS } from './html-elements.table.js';
import type { HtmlElement, HtmlNode } from './html-node.js';

/** How much text an element holds, in characters without white space. */
export interface TextMeasure {
  readonly all: number;
  /** Within links. */
  readonly linked: number;
  /** Within what the article was voted to be. */
  readonly voted: number;
  readonly links: number;
}

const NOTHING: TextMeasure = { all: 0, linked: 0, voted: 0, links: 0 };

/**
 * Measures every element.
 *
 * @param voted elements, by index, that are part of the article; empty when nobody voted.
 * @returns by the index of the element.
 */
export function measureTree(root: HtmlElement, voted: ReadonlySet<number>): readonly TextMeasure[] {
  const measures: TextMeasure[] = [];
  const visit = (node: HtmlElement, isLink: boolean): TextMeasure => {
    if (UNREAD_ELEMENTS.has(node.name)) return NOTHING;
    const isInLink = isLink || (node.name === 'a' && node.attributes.has('href'));
    const own = ownText(node, isInLink, voted);
    const inner = node.children
      .filter((child) => child.kind === 'element')
      .map((child) => visit(child, isInLink));
    const measure = inner.reduce(addMeasures, own);
    measures[node.index] = measure;
    return measure;
  };
  visit(root, false);
  return measures;
}

/** What stands in an element itself, and not in those within it. */
function ownText(node: HtmlElement, isLink: boolean, voted: ReadonlySet<number>): TextMeasure {
  let all = 0;
  for (const child of node.children) all += textLength(child);
  return {
    all,
    linked: isLink ? all : 0,
    voted: all > 0 && isVoted(node, voted) ? all : 0,
    links: node.name === 'a' ? 1 : 0,
  };
}

const addMeasures = (a: TextMeasure, b: TextMeasure): TextMeasure => ({
  all: a.all + b.all,
  linked: a.linked + b.linked,
  voted: a.voted + b.voted,
  links: a.links + b.links,
});

const textLength = (node: HtmlNode): number =>
  node.kind === 'text' ? node.text.replace(/\s+/g, '').length : 0;

/** Text belongs to the nearest element that a vote can name: inline ones are sometimes renamed. */
function isVoted(node: HtmlElement, voted: ReadonlySet<number>): boolean {
  let at: HtmlElement | undefined = node;
  for (let up = 0; up < 4 && at !== undefined; up += 1) {
    if (voted.has(at.index)) return true;
    if (
      !/^(?:a|abbr|b|code|em|i|small|span|strong|sub|sup|u|mark|font|tt|kbd|samp)$/.test(at.name)
    ) {
      return false;
    }
    at = at.parent;
  }
  return false;
}
