import type { HtmlElement } from './html-node.js';
import type { HtmlSink } from './tokenize-html.js';

const TABLE_PARTS = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);
const MAX_CELL_LENGTH = 2_000;

/**
 * Tells a sink of an element and all in it.
 *
 * @param isLeftOut elements to pass over.
 */
export function emitTree(
  element: HtmlElement,
  sink: HtmlSink,
  isLeftOut: (element: HtmlElement) => boolean,
): void {
  const emit = (node: HtmlElement, isLayout: boolean): void => {
    const laysOut = node.name === 'table' ? isLayoutTable(node) : isLayout;
    const name = laysOut && TABLE_PARTS.has(node.name) ? 'div' : node.name;
    sink.open(name, node.attributes);
    for (const child of node.children) {
      if (child.kind === 'text') sink.text(child.text);
      else if (!isLeftOut(child)) emit(child, laysOut);
    }
    sink.close(name);
  };
  emit(element, false);
}

/** A table that places paragraphs, code or other tables on a page; one of cells has short ones. */
function isLayoutTable(table: HtmlElement): boolean {
  if (/^(?:presentation|none)$/.test(table.attributes.get('role') ?? '')) return true;
  const inner = [...elementsIn(table, 8)];
  if (inner.some(({ name }) => /^(?:table|h[1-3]|pre)$/.test(name))) return true;
  const cells = inner.filter(({ name }) => name === 'td' || name === 'th');
  return (
    cells.length <= 1 || cells.some((cell) => lengthOf(cell, MAX_CELL_LENGTH) > MAX_CELL_LENGTH)
  );
}

function* elementsIn(element: HtmlElement, depth: number): Generator<HtmlElement> {
  for (const child of element.children) {
    if (child.kind !== 'element') continue;
    yield child;
    if (depth > 0) yield* elementsIn(child, depth - 1);
  }
}

function lengthOf(element: HtmlElement, most: number): number {
  let length = 0;
  for (const child of element.children) {
    length += child.kind === 'text' ? child.text.length : lengthOf(child, most - length);
    if (length > most) return length;
  }
  return length;
}
