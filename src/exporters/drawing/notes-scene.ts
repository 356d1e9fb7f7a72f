import { undrawnText } from '../describe-view.js';
import type { Frame } from './frame.js';
import type { SceneItem } from './scene.js';
import { wrapText } from './wrap-text.js';

/** Entries that no cell shows, named in a note of at most three lines. */
export function noteLines({ view, options, width, textSize }: Frame): readonly string[] {
  const { undrawn } = view;
  if (undrawn.length === 0) return [];
  const what = undrawn.length === 1 ? '1 entry' : `${undrawn.length} entries`;
  const text = `Not in the drawing, ${what} of the layer: ${undrawn.map(undrawnText).join(', ')}`;
  const font = { family: options.font, bold: false, size: textSize * 0.85 };
  return wrapText(text, width, { font, maxLines: 3 }).lines;
}

/** Draws the note, its lines below `y`; pointing at it names every entry. */
export function noteItems(lines: readonly string[], y: number, frame: Frame): readonly SceneItem[] {
  if (lines.length === 0) return [];
  const { theme, margin, textSize, view } = frame;
  const size = textSize * 0.85;
  const text: SceneItem = {
    kind: 'text',
    x: margin,
    y: y + size,
    lines,
    lineHeight: size * 1.25,
    size,
    bold: false,
    fill: theme.muted,
    anchor: 'start',
  };
  return [{ kind: 'group', title: view.undrawn.map(undrawnText).join('\n'), items: [text] }];
}
