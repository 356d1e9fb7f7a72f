import { textColorOn } from '../../layers/index.js';
import { opaqueColor } from '../opaque-color.js';
import type { Frame } from './frame.js';
import { LINE_HEIGHT, type PlacedHead, SIDE_PADDING } from './place-cells.js';
import type { HexColor, SceneItem } from './scene.js';
import { textWidth } from './text-width.js';

/** Draws the head of a column: the tactic, and how many techniques stand below. */
export function headItems(head: PlacedHead, { view, theme }: Frame): readonly SceneItem[] {
  const { x, y, width, height, size, techniques } = head;
  const { layer } = view;
  const own = layer.showTacticRowBackground
    ? opaqueColor(layer.tacticRowBackground, theme.page)
    : undefined;
  const fill = own ?? theme.head;
  const ink: HexColor = own === undefined ? theme.text : textColorOn(own);
  const left = x + SIDE_PADDING * size;
  const text = { lineHeight: LINE_HEIGHT * size, fill: ink, anchor: 'start' } as const;
  const count = techniques === 1 ? '1 technique' : `${techniques} techniques`;
  const small = size * 0.8;
  const countFits =
    textWidth(count, { family: 'sans', bold: false, size: small }) <=
    width - 2 * SIDE_PADDING * size;
  return [
    { kind: 'rect', x, y, width, height, fill, stroke: undefined, strokeWidth: 0 },
    { kind: 'text', x: left, y: y + 1.2 * size, lines: head.lines, ...text, size, bold: true },
    {
      kind: 'text',
      x: left,
      y: y + height - 0.45 * size,
      lines: [countFits ? count : String(techniques)],
      ...text,
      size: small,
      bold: false,
    },
  ];
}
