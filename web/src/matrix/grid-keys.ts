import type { GridMove } from './grid-moves.js';

/** What a key pressed in the grid asks for. */
export type GridCommand =
  | { readonly kind: 'move'; readonly move: GridMove; readonly selects: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'select'; readonly extends: boolean }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'expand'; readonly open: boolean }
  | { readonly kind: 'menu' }
  | { readonly kind: 'type'; readonly letter: string };

/** The part of a keyboard event that counts. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const MOVES: Readonly<Record<string, GridMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'row-start',
  End: 'row-end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

const WITH_CONTROL: Readonly<Record<string, GridMove>> = { Home: 'start', End: 'end' };

function controlCommand({ key, shiftKey }: KeyPress): GridCommand | undefined {
  if (key.toLowerCase() === 'a' && !shiftKey) return { kind: 'select-all' };
  const move = WITH_CONTROL[key];
  return move === undefined ? undefined : { kind: 'move', move, selects: shiftKey };
}

/** What a key means in the grid; undefined when it is not the grid's. */
export function gridCommand(press: KeyPress): GridCommand | undefined {
  const { key, shiftKey } = press;
  if (press.altKey) return undefined;
  if (press.ctrlKey || press.metaKey) return controlCommand(press);
  const move = MOVES[key];
  if (move !== undefined) return { kind: 'move', move, selects: shiftKey };
  switch (key) {
    case 'Enter':
      return { kind: 'open' };
    case ' ':
      return { kind: 'select', extends: shiftKey };
    case '+':
      return { kind: 'expand', open: true };
    case '-':
      return { kind: 'expand', open: false };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return shiftKey ? { kind: 'menu' } : undefined;
    default:
      return key.length === 1 ? { kind: 'type', letter: key.toLowerCase() } : undefined;
  }
}
