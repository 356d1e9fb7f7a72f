import type { SceneItem } from './scene.js';

/** A straight stroke: x1, y1, x2, y2. */
export type Segment = readonly [number, number, number, number];

type Hatch = Extract<SceneItem, { kind: 'hatch' }>;

// A hatch finer than this is a grey area and costs memory; wider cells get wider hatches.
const MAX_SEGMENTS = 2000;

/**
 * Strokes of a hatch, cut at the edges of its rectangle, so that a medium needs neither patterns nor clipping.
 * Dots are strokes as long as they are thick.
 */
export function hatchSegments(hatch: Hatch): readonly Segment[] {
  const area = hatch.width * hatch.height;
  const least = Math.max(
    (hatch.width + hatch.height) / MAX_SEGMENTS,
    Math.sqrt(area / MAX_SEGMENTS),
    0.5,
  );
  const spacing = Math.max(hatch.spacing, least);
  return hatch.pattern === 'dots' ? dots(hatch, spacing) : diagonals(hatch, spacing);
}

function diagonals({ x, y, width, height, pattern }: Hatch, spacing: number): readonly Segment[] {
  const segments: Segment[] = [];
  // Along the top edge, prolonged to the right by the height, each line falls to the left at 45°.
  for (let offset = spacing / 2; offset < width + height; offset += spacing) {
    const fromX = Math.min(offset, width);
    const fromY = offset - fromX;
    const toY = Math.min(offset, height);
    const toX = offset - toY;
    if (fromX <= toX) continue;
    segments.push(
      pattern === 'rising'
        ? [x + fromX, y + fromY, x + toX, y + toY]
        : [x + width - fromX, y + fromY, x + width - toX, y + toY],
    );
  }
  return segments;
}

function dots({ x, y, width, height, strokeWidth }: Hatch, spacing: number): readonly Segment[] {
  const segments: Segment[] = [];
  let row = 0;
  for (let down = spacing / 2; down < height; down += spacing, row += 1) {
    const shift = row % 2 === 0 ? spacing / 2 : spacing;
    for (let across = shift; across + strokeWidth < width; across += spacing) {
      segments.push([x + across, y + down, x + across + strokeWidth, y + down]);
    }
  }
  return segments;
}
