import type { CellKey } from '../layers/layer-tab.js';
import { breakable } from './breakable.js';
import type { CellLook } from './cell-look.js';
import { type GridCell, type GridHead, type GridModel, hasSameStructure } from './grid-model.js';
import type { GridFocus } from './grid-moves.js';

interface Drawn {
  readonly element: HTMLElement;
  readonly score: HTMLElement;
  /** Mark of its sub-techniques. */
  readonly chip: HTMLElement | undefined;
  look: CellLook | undefined;
}

/** What the grid says of each cell. */
export type LookOf = (cell: GridCell) => CellLook;

function element(role: string, className: string): HTMLDivElement {
  const made = document.createElement('div');
  made.setAttribute('role', role);
  made.className = className;
  return made;
}

function span(className: string, text = ''): HTMLSpanElement {
  const made = document.createElement('span');
  made.className = className;
  made.textContent = text;
  return made;
}

/** A name, with hyphens that are no part of its text: labels must have the text that is seen. */
function nameSpan(className: string, name: string): HTMLSpanElement {
  const made = span(className);
  for (const [index, part] of breakable(name).entries()) {
    if (index > 0) made.append(span('shy'));
    const [first = '', ...afterSlash] = part.split(/(?<=\/)/);
    made.append(first);
    for (const rest of afterSlash) made.append(document.createElement('wbr'), rest);
  }
  return made;
}

/** A number that is drawn by the style sheet; the label of the cell says it in words. */
function numberSpan(className: string, number: string): HTMLSpanElement {
  const made = span(className);
  made.setAttribute('aria-hidden', 'true');
  made.dataset['number'] = number;
  return made;
}

/** Name of a head among elements: the stretch of columns begins there. */
const headName = (column: number): string => `head-${column}`;

/**
 * The elements of the matrix. React renders the box they are in, and nothing of what is inside: new colours are written
 * to elements that are kept, so that they cost no rendering.
 */
export class GridPainter {
  readonly #root: HTMLElement;
  readonly #cells = new Map<CellKey, Drawn>();
  readonly #heads = new Map<string, HTMLElement>();
  #model: GridModel | undefined;
  #selection: ReadonlySet<CellKey> = new Set();
  #marked: ReadonlySet<CellKey> = new Set();
  #focused: HTMLElement | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Draws a model anew where its structure changed, and gives every cell its look. */
  draw(model: GridModel, lookOf: LookOf): void {
    if (this.#model === undefined || !hasSameStructure(this.#model, model)) this.#build(model);
    this.#model = model;
    for (const [key, drawn] of this.#cells) {
      const cell = model.byKey.get(key);
      if (cell !== undefined) this.#paint(drawn, lookOf(cell));
    }
  }

  /** Marks the cells that are selected. */
  select(selection: ReadonlySet<CellKey>): void {
    for (const key of this.#selection) {
      if (!selection.has(key)) this.#cells.get(key)?.element.setAttribute('aria-selected', 'false');
    }
    for (const key of selection) {
      this.#cells.get(key)?.element.setAttribute('aria-selected', 'true');
    }
    this.#selection = selection;
  }

  /** Rings the cells of one technique in its other tactics; undefined rings none. */
  mark(keys: ReadonlySet<CellKey>): void {
    this.#marked = keys;
    for (const [key, { element: cell }] of this.#cells) {
      const isMarked = keys.has(key);
      if (cell.hasAttribute('data-marked') !== isMarked) {
        cell.toggleAttribute('data-marked', isMarked);
      }
    }
  }

  /** Makes one element the stop of the Tab key. @param moves also gives it the focus. */
  focus(focus: GridFocus, moves: boolean): void {
    const next =
      focus.kind === 'cell'
        ? this.#cells.get(focus.key)?.element
        : this.#heads.get(headName(focus.column));
    if (next === undefined) return;
    if (this.#focused !== next) {
      this.#focused?.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      this.#focused = next;
    }
    if (moves) next.focus({ preventScroll: false });
  }

  /** The element of a cell. */
  elementOf(key: CellKey): HTMLElement | undefined {
    return this.#cells.get(key)?.element;
  }

  #build(model: GridModel): void {
    const held = this.#root.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['key']
      : undefined;
    this.#cells.clear();
    this.#heads.clear();
    this.#focused = undefined;
    const root = this.#root;
    root.dataset['layout'] = model.layout;
    root.style.setProperty('--tracks', tracksOf(model));
    root.style.setProperty('--columns', String(model.columnCount));
    root.setAttribute('aria-rowcount', String(model.rows.length + 1));
    root.setAttribute('aria-colcount', String(model.columnCount));
    const rows = model.rows.map((cells, index) => this.#row(cells, index));
    root.replaceChildren(this.#headRow(model.heads), ...rows);
    this.select(this.#selection);
    this.mark(this.#marked);
    if (held !== undefined) this.focus({ kind: 'cell', key: held as CellKey }, true);
  }

  #headRow(heads: readonly GridHead[]): HTMLElement {
    const row = element('row', 'matrix-row matrix-heads');
    row.setAttribute('aria-rowindex', '1');
    for (const head of heads) {
      const cell = element('columnheader', 'matrix-head');
      cell.dataset['tactic'] = head.tactic.shortname;
      cell.dataset['column'] = String(head.column);
      cell.tabIndex = -1;
      cell.style.gridColumn = `${head.column + 1} / span ${head.span}`;
      cell.setAttribute('aria-colindex', String(head.column + 1));
      if (head.span > 1) cell.setAttribute('aria-colspan', String(head.span));
      const id = head.tactic.attackId ?? '';
      cell.append(
        nameSpan('matrix-head-name', head.tactic.name),
        numberSpan('matrix-head-count', `${head.shown}`),
      );
      cell.setAttribute('aria-label', `${head.tactic.name}, tactic ${id}, ${head.shown} shown`);
      this.#heads.set(headName(head.column), cell);
      row.append(cell);
    }
    return row;
  }

  #row(cells: readonly GridCell[], index: number): HTMLElement {
    const row = element('row', 'matrix-row');
    row.setAttribute('aria-rowindex', String(index + 2));
    for (const cell of cells) row.append(this.#cell(cell));
    return row;
  }

  #cell(grid: GridCell): HTMLElement {
    const { technique } = grid.cell;
    const cell = element('gridcell', 'matrix-cell');
    cell.dataset['key'] = grid.key;
    cell.tabIndex = -1;
    cell.style.gridColumn = String(grid.column + 1);
    cell.setAttribute('aria-colindex', String(grid.column + 1));
    cell.setAttribute('aria-selected', 'false');
    if (grid.parent !== undefined) cell.dataset['sub'] = grid.isLast ? 'last' : 'mid';
    const score = numberSpan('matrix-score', '');
    const name = nameSpan('matrix-name', technique.name);
    name.prepend(span('matrix-id', `${technique.attackId} `));
    cell.append(name, score);
    let chip: HTMLElement | undefined;
    if (grid.subtechniqueCount > 0) {
      cell.setAttribute('aria-expanded', String(grid.isOpen));
      chip = numberSpan('matrix-more', String(grid.subtechniqueCount));
      cell.append(chip);
    }
    this.#cells.set(grid.key, { element: cell, score, chip, look: undefined });
    return cell;
  }

  #paint(drawn: Drawn, next: CellLook): void {
    const { element: cell, look } = drawn;
    // Written one by one and not as custom properties, which every element within would have to be styled anew for.
    if (look?.color !== next.color) cell.style.backgroundColor = next.color;
    if (look?.ink !== next.ink) cell.style.color = next.ink;
    if (drawn.chip !== undefined && look?.chip !== next.chip) {
      drawn.chip.style.borderLeftColor = next.chip;
    }
    if (look?.band !== next.band) cell.dataset['band'] = String(next.band);
    if (look?.state !== next.state) cell.dataset['state'] = next.state;
    if (look?.isAggregate !== next.isAggregate) {
      cell.toggleAttribute('data-aggregate', next.isAggregate);
    }
    if (look?.notes !== next.notes) cell.dataset['notes'] = next.notes;
    if (look?.score !== next.score) drawn.score.dataset['number'] = next.score;
    if (look?.label !== next.label) cell.setAttribute('aria-label', next.label);
    drawn.look = next;
  }
}

/** Widths of the columns: those of techniques share what is there, those of sub-techniques come beside. */
function tracksOf({ columnCount, subColumns, layout }: GridModel): string {
  if (layout === 'mini') return `repeat(${columnCount}, var(--square))`;
  return Array.from({ length: columnCount }, (_, column) =>
    subColumns.has(column) ? 'minmax(var(--sub-width), 1fr)' : 'minmax(var(--column-width), 1fr)',
  ).join(' ');
}
