import { flattenColor, formatColor, parseColor } from '../layers/index.js';
import type { HexColor } from './drawing/scene.js';

/**
 * A colour of a layer as it looks on a background: `#rrggbb`, so safe to write anywhere.
 *
 * @returns undefined when the text names no colour.
 */
export function opaqueColor(text: string, background: HexColor): HexColor | undefined {
  const color = parseColor(text);
  const under = parseColor(background);
  if (color === undefined || under === undefined) return undefined;
  return formatColor(flattenColor(color, under)) as HexColor;
}
