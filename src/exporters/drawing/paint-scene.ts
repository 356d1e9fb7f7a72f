import { cleanText } from '../clean-text.js';
import { hatchSegments } from './hatch-segments.js';
import type { Scene, SceneItem } from './scene.js';

/** What painting asks of a canvas context; a browser's and @napi-rs/canvas's both have it. */
export interface PaintContext {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

function paintRect(context: PaintContext, item: Extract<SceneItem, { kind: 'rect' }>): void {
  if (item.fill !== undefined) {
    context.fillStyle = item.fill;
    context.fillRect(item.x, item.y, item.width, item.height);
  }
  if (item.stroke !== undefined && item.strokeWidth > 0) {
    context.strokeStyle = item.stroke;
    context.lineWidth = item.strokeWidth;
    context.strokeRect(item.x, item.y, item.width, item.height);
  }
}

function paintPolygon(context: PaintContext, item: Extract<SceneItem, { kind: 'polygon' }>): void {
  context.fillStyle = item.fill;
  context.beginPath();
  for (let at = 0; at + 1 < item.points.length; at += 2) {
    const [x, y] = [item.points[at] ?? 0, item.points[at + 1] ?? 0];
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
  context.fill();
}

function paintText(
  context: PaintContext,
  item: Extract<SceneItem, { kind: 'text' }>,
  fontStack: string,
): void {
  context.fillStyle = item.fill;
  context.font = `${item.bold ? 'bold ' : ''}${item.size}px ${fontStack}`;
  context.textAlign = ALIGN[item.anchor];
  context.textBaseline = 'alphabetic';
  item.lines.forEach((line, index) => {
    context.fillText(cleanText(line), item.x, item.y + index * item.lineHeight);
  });
}

function paintSegments(
  context: PaintContext,
  segments: readonly (readonly [number, number, number, number])[],
  { stroke, strokeWidth }: { readonly stroke: string; readonly strokeWidth: number },
): void {
  context.strokeStyle = stroke;
  context.lineWidth = strokeWidth;
  context.beginPath();
  for (const [x1, y1, x2, y2] of segments) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}

function paintItem(context: PaintContext, item: SceneItem, fontStack: string): void {
  switch (item.kind) {
    case 'rect':
      paintRect(context, item);
      return;
    case 'line':
      paintSegments(context, [[item.x1, item.y1, item.x2, item.y2]], item);
      return;
    case 'polygon':
      paintPolygon(context, item);
      return;
    case 'text':
      paintText(context, item, fontStack);
      return;
    case 'hatch':
      paintSegments(context, hatchSegments(item), item);
      return;
    case 'group':
      for (const child of item.items) paintItem(context, child, fontStack);
  }
}

/**
 * Paints a scene on a canvas context, from its origin; scale the context first for more pixels.
 *
 * @param fontStack CSS font families, best first.
 */
export function paintScene(context: PaintContext, scene: Scene, fontStack: string): void {
  context.fillStyle = scene.background;
  context.fillRect(0, 0, scene.width, scene.height);
  for (const item of scene.items) paintItem(context, item, fontStack);
}
