import { escapeXml } from '../clean-text.js';
import { hatchSegments } from './hatch-segments.js';
import type { Scene, SceneItem } from './scene.js';
import type { FontFamily } from './text-width.js';

/** Fonts asked for, best first; the text was laid out to fit the first ones. */
const FONT_STACKS: Readonly<Record<FontFamily, string>> = {
  sans: "Arial, Helvetica, 'Liberation Sans', Roboto, sans-serif",
  serif: "'Times New Roman', Times, 'Liberation Serif', serif",
  mono: "'Courier New', 'Liberation Mono', monospace",
};

/** A length with two decimals at most, the same digits on every machine. */
function px(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

function drawText(item: Extract<SceneItem, { kind: 'text' }>): string {
  const anchor = item.anchor === 'start' ? '' : ` text-anchor="${item.anchor}"`;
  const weight = item.bold ? ' font-weight="bold"' : '';
  const start = `<text x="${px(item.x)}" y="${px(item.y)}" font-size="${px(item.size)}"${weight}${anchor} fill="${item.fill}">`;
  const [first = '', ...rest] = item.lines;
  const spans = rest.map(
    (line) => `<tspan x="${px(item.x)}" dy="${px(item.lineHeight)}">${escapeXml(line)}</tspan>`,
  );
  return `${start}${escapeXml(first)}${spans.join('')}</text>`;
}

function drawRect(item: Extract<SceneItem, { kind: 'rect' }>): string {
  const stroke =
    item.stroke === undefined
      ? ''
      : ` stroke="${item.stroke}" stroke-width="${px(item.strokeWidth)}"`;
  return `<rect x="${px(item.x)}" y="${px(item.y)}" width="${px(item.width)}" height="${px(item.height)}" fill="${item.fill ?? 'none'}"${stroke}/>`;
}

function drawHatch(item: Extract<SceneItem, { kind: 'hatch' }>): string {
  const path = hatchSegments(item)
    .map(([x1, y1, x2, y2]) => `M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}`)
    .join('');
  return `<path d="${path}" fill="none" stroke="${item.stroke}" stroke-width="${px(item.strokeWidth)}"/>`;
}

function pointList(points: readonly number[]): string {
  return points.map(px).join(' ');
}

function draw(item: SceneItem): string {
  switch (item.kind) {
    case 'rect':
      return drawRect(item);
    case 'line':
      return `<line x1="${px(item.x1)}" y1="${px(item.y1)}" x2="${px(item.x2)}" y2="${px(item.y2)}" stroke="${item.stroke}" stroke-width="${px(item.strokeWidth)}"/>`;
    case 'polygon':
      return `<polygon points="${pointList(item.points)}" fill="${item.fill}"/>`;
    case 'text':
      return drawText(item);
    case 'hatch':
      return drawHatch(item);
    case 'group': {
      const title = item.title === undefined ? '' : `<title>${escapeXml(item.title)}</title>`;
      return `<g>${title}${item.items.map(draw).join('')}</g>`;
    }
  }
}

/**
 * A scene as an SVG document. Only shapes and text: no script, style sheet, link, id or outer reference can come from
 * what is drawn, so the file may be put into a page as it is.
 */
export function sceneToSvg(scene: Scene): string {
  const items = scene.items.map((item) => `${draw(item)}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${scene.pageWidth}" height="${scene.pageHeight}" viewBox="0 0 ${px(scene.width)} ${px(scene.height)}" font-family="${FONT_STACKS[scene.family]}">
<title>${escapeXml(scene.title)}</title>
<desc>${escapeXml(scene.description)}</desc>
<rect width="100%" height="100%" fill="${scene.background}"/>
${items}</svg>
`;
}
