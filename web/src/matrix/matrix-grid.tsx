import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { CellKey } from '../layers/layer-tab.js';
import type { SelectMode } from '../layers/select-cells.js';
import { type GridCommand, gridCommand } from './grid-keys.js';
import type { GridModel } from './grid-model.js';
import { cellsBetween, type GridFocus, moveFocus, typeAhead } from './grid-moves.js';
import { GridPainter, type LookOf } from './grid-painter.js';

/** What the user does in the grid. */
export interface GridActions {
  readonly onOpen: (key: CellKey) => void;
  readonly onOpenTactic: (tactic: string, mode: SelectMode) => void;
  readonly onSelect: (cells: ReadonlySet<CellKey>, mode: SelectMode) => void;
  readonly onSelectAll: () => void;
  readonly onExpand: (key: CellKey, open: boolean) => void;
  readonly onMenu: (key: CellKey, place: { readonly x: number; readonly y: number }) => void;
  /** The cell under the pointer or the keyboard; undefined when there is none. */
  readonly onPoint: (key: CellKey | undefined) => void;
}

interface MatrixGridProps extends GridActions {
  readonly model: GridModel;
  readonly lookOf: LookOf;
  readonly selection: ReadonlySet<CellKey>;
  /** Cells that are pointed out, by a hovered search result. */
  readonly marked: ReadonlySet<CellKey>;
  /** Comes into view and gets the Tab stop when it changes. */
  readonly shownKey: CellKey | undefined;
  readonly label: string;
}

/** Typed letters count as one word when they come this fast. */
const TYPING_MS = 700;

const keyOf = (target: EventTarget): CellKey | undefined => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
  return cell?.dataset['key'] as CellKey | undefined;
};

const headOf = (target: EventTarget): HTMLElement | undefined =>
  (target instanceof Element ? target.closest<HTMLElement>('[data-tactic]') : null) ?? undefined;

const clickMode = (event: MouseEvent): SelectMode | undefined =>
  event.ctrlKey || event.metaKey ? 'toggle' : undefined;

/** Where the keyboard is, kept outside of React: a move renders nothing. */
interface Walker {
  focus: GridFocus | undefined;
  anchor: CellKey | undefined;
  typed: string;
  typedAt: number;
}

function firstFocus(model: GridModel): GridFocus | undefined {
  const key = model.rows[0]?.[0]?.key;
  return key === undefined ? undefined : { kind: 'cell', key };
}

function placeBelow(element: HTMLElement | undefined): { readonly x: number; readonly y: number } {
  const box = element?.getBoundingClientRect();
  return { x: box?.left ?? 0, y: box?.bottom ?? 0 };
}

/** The matrix as one grid for mouse, keyboard and screen reader. */
export function MatrixGrid(props: MatrixGridProps): ReactNode {
  const { model, lookOf, selection, marked, shownKey, label } = props;
  const root = useRef<HTMLDivElement>(null);
  const [painter, setPainter] = useState<GridPainter>();
  const walker = useRef<Walker>({ focus: undefined, anchor: undefined, typed: '', typedAt: 0 });

  useLayoutEffect(() => {
    if (root.current !== null) setPainter(new GridPainter(root.current));
  }, []);
  useLayoutEffect(() => {
    if (painter === undefined) return;
    painter.draw(model, lookOf);
    const { focus } = walker.current;
    const stays = focus !== undefined && (focus.kind === 'head' || model.byKey.has(focus.key));
    const next = stays ? focus : firstFocus(model);
    walker.current.focus = next;
    if (next !== undefined) painter.focus(next, false);
  }, [painter, model, lookOf]);
  useLayoutEffect(() => painter?.select(selection), [painter, selection]);
  useLayoutEffect(() => painter?.mark(marked), [painter, marked]);
  useEffect(() => {
    if (painter === undefined || shownKey === undefined || !model.byKey.has(shownKey)) return;
    const cell = painter.elementOf(shownKey);
    if (cell === undefined) return;
    walker.current.focus = { kind: 'cell', key: shownKey };
    painter.focus({ kind: 'cell', key: shownKey }, false);
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [painter, shownKey, model]);

  const goTo = (focus: GridFocus): void => {
    walker.current.focus = focus;
    painter?.focus(focus, true);
    props.onPoint(focus.kind === 'cell' ? focus.key : undefined);
  };
  const selectTo = (key: CellKey): void => {
    const anchor = walker.current.anchor ?? key;
    props.onSelect(cellsBetween(model, anchor, key), 'replace');
  };
  const runMove = ({ move, selects }: Extract<GridCommand, { kind: 'move' }>): void => {
    const focus = walker.current.focus ?? firstFocus(model);
    const next = focus === undefined ? undefined : moveFocus(model, focus, move);
    if (next === undefined) return;
    if (selects && focus?.kind === 'cell') walker.current.anchor ??= focus.key;
    if (!selects) walker.current.anchor = undefined;
    goTo(next);
    if (selects && next.kind === 'cell') selectTo(next.key);
  };
  const runType = (letter: string): void => {
    const now = performance.now();
    const { typed, typedAt, focus } = walker.current;
    const word = now - typedAt < TYPING_MS ? typed + letter : letter;
    walker.current.typed = word;
    walker.current.typedAt = now;
    const key = typeAhead(model, focus?.kind === 'cell' ? focus.key : undefined, word);
    if (key !== undefined) goTo({ kind: 'cell', key });
  };
  const runOnHead = (command: GridCommand, target: EventTarget): void => {
    const tactic = headOf(target)?.dataset['tactic'];
    if (tactic === undefined) return;
    if (command.kind === 'open') props.onOpenTactic(tactic, 'replace');
    if (command.kind === 'select') props.onOpenTactic(tactic, 'toggle');
  };
  const runOnCell = (command: GridCommand, key: CellKey): void => {
    switch (command.kind) {
      case 'open':
        props.onOpen(key);
        return;
      case 'select':
        if (command.extends) selectTo(key);
        else props.onSelect(new Set([key]), 'toggle');
        walker.current.anchor = key;
        return;
      case 'expand':
        props.onExpand(key, command.open);
        return;
      case 'menu':
        props.onMenu(key, placeBelow(painter?.elementOf(key)));
        return;
      default:
        return;
    }
  };

  /** A space within a word that is being typed belongs to the word. */
  const commandOf = (event: KeyboardEvent): GridCommand | undefined => {
    const { typed, typedAt } = walker.current;
    const isTyping = typed !== '' && performance.now() - typedAt < TYPING_MS;
    return event.key === ' ' && isTyping ? { kind: 'type', letter: ' ' } : gridCommand(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (command === undefined) return;
    event.preventDefault();
    if (command.kind === 'move') runMove(command);
    else if (command.kind === 'type') runType(command.letter);
    else if (command.kind === 'select-all') props.onSelectAll();
    else {
      const key = keyOf(event.target);
      if (key === undefined) runOnHead(command, event.target);
      else runOnCell(command, key);
    }
  };

  const onClick = (event: MouseEvent): void => {
    const head = headOf(event.target);
    const tactic = head?.dataset['tactic'];
    if (tactic !== undefined) {
      walker.current.focus = { kind: 'head', column: Number(head?.dataset['column']) };
      props.onOpenTactic(tactic, clickMode(event) ?? 'replace');
      return;
    }
    const key = keyOf(event.target);
    if (key === undefined) return;
    walker.current.focus = { kind: 'cell', key };
    painter?.focus({ kind: 'cell', key }, true);
    if (event.target instanceof Element && event.target.closest('.matrix-more') !== null) {
      props.onExpand(key, model.byKey.get(key)?.isOpen === false);
      return;
    }
    if (event.shiftKey) {
      selectTo(key);
      return;
    }
    walker.current.anchor = key;
    const mode = clickMode(event);
    if (mode !== undefined) props.onSelect(new Set([key]), mode);
    else props.onOpen(key);
  };

  const onContextMenu = (event: MouseEvent): void => {
    const key = keyOf(event.target);
    if (key === undefined) return;
    event.preventDefault();
    walker.current.focus = { kind: 'cell', key };
    props.onMenu(key, { x: event.clientX, y: event.clientY });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be a grid with selection and its own keys
    <div
      ref={root}
      role="grid"
      className="matrix"
      aria-label={label}
      aria-multiselectable="true"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onPointerOver={(event) => props.onPoint(keyOf(event.target))}
      onPointerLeave={() => props.onPoint(undefined)}
    />
  );
}
