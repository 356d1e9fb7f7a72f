import type { Issue } from '../../model/index.js';
import type { Frame } from './frame.js';
import { legendLines, legendScene } from './legend-scene.js';
import { PIXELS_PER } from './page-size.js';
import { overflowIssue } from './render-overflow.js';
import type { SceneItem } from './scene.js';

/** An undocked legend, and how far down and right it reaches; 0 without one. */
export interface FreeLegend {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  readonly right: number;
  readonly issues: readonly Issue[];
}

/** Shares of its size that text in a box of given height shrinks through before it is cut. */
export const TEXT_SHRINK = [1, 0.9, 0.8, 0.7, 0.6, 0.5] as const;

/** A legend that stands where it was asked for, over whatever is below. */
export function freeLegend({ view, options, theme, textSize, page }: Frame): FreeLegend {
  const none = { items: [], bottom: 0, right: 0, issues: [] };
  if (options.legend === 'docked' || !options.showLegend || !options.showHeader) return none;
  const lines = legendLines(view, options, theme);
  if (lines.length === 0) return none;
  const per = PIXELS_PER[options.unit];
  const { x, y, width, height } = options.legend;
  const box = { x: x * per, y: y * per, width: width * per, height: height * per };
  const pad = Math.min(0.5 * textSize, box.width / 8, box.height / 8);
  const inner = {
    x: box.x + pad,
    y: box.y + pad,
    width: box.width - 2 * pad,
    height: box.height - 2 * pad,
  };
  const draw = (size: number) => legendScene(lines, inner, { size, options, theme });
  let drawn = draw(textSize);
  for (const share of TEXT_SHRINK) {
    if (drawn.leftOut.length === 0) break;
    drawn = draw(textSize * share);
  }
  const isOutside =
    page !== undefined && (box.x + box.width > page.width || box.y + box.height > page.height);
  return {
    items: [
      { kind: 'rect', ...box, fill: theme.page, stroke: theme.rule, strokeWidth: 1 },
      ...drawn.items,
    ],
    bottom: box.y + box.height,
    right: box.x + box.width,
    issues: [
      ...leftOutIssues(drawn.leftOut),
      ...(isOutside ? [overflowIssue('the legend stands partly outside of the page')] : []),
    ],
  };
}

function leftOutIssues(labels: readonly string[]): readonly Issue[] {
  const [first] = labels;
  if (first === undefined) return [];
  const more = labels.length === 1 ? '' : ` and ${labels.length - 1} more`;
  return [overflowIssue(`the legend has no room for "${first.slice(0, 60)}"${more}`)];
}
