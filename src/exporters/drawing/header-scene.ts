import type { Issue } from '../../model/index.js';
import { cleanLine } from '../clean-text.js';
import { domainTitle, layerTitle } from '../describe-view.js';
import type { MatrixView } from '../matrix-view.js';
import type { RenderOptions } from '../render-options.js';
import { gradientItems } from './gradient-scene.js';
import { legendLines, legendScene } from './legend-scene.js';
import { overflowIssue } from './render-overflow.js';
import type { SceneItem } from './scene.js';
import type { Theme } from './theme.js';
import { wrapText } from './wrap-text.js';

/** What the header is drawn from, and where; lengths in pixels. */
export interface HeaderLook {
  readonly options: RenderOptions;
  readonly theme: Theme;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of its text. */
  readonly size: number;
  /** Text below is cut. */
  readonly maxHeight: number;
  /** Height of the boxes; undefined = as high as the highest needs. */
  readonly height: number | undefined;
}

/** A drawn header. */
export interface HeaderScene {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  readonly issues: readonly Issue[];
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly bottom: number;
  readonly size: number;
}

interface Drawn {
  readonly items: readonly SceneItem[];
  readonly bottom: number;
  /** What did not fit, in words. */
  readonly cut: readonly string[];
}

interface Section {
  readonly caption: string;
  /** Share of the width beside the others. */
  readonly weight: number;
  readonly draw: (area: Area) => Drawn;
}

const LINE = 1.28;

/** Paragraphs one below the other, cut at the lower edge of the area. */
function paragraphs(
  texts: readonly { readonly text: string; readonly scale: number; readonly bold: boolean }[],
  area: Area,
  { options, theme }: HeaderLook,
): Drawn {
  const items: SceneItem[] = [];
  const cut: string[] = [];
  let { y } = area;
  for (const { text, scale, bold } of texts) {
    if (text === '') continue;
    const size = area.size * scale;
    const maxLines = Math.floor((area.bottom - y + 0.5) / (size * LINE));
    if (maxLines < 1) {
      cut.push(text);
      continue;
    }
    const font = { family: options.font, bold, size };
    const wrapped = wrapText(text, area.width, { font, maxLines });
    if (wrapped.cut) cut.push(text);
    items.push({
      kind: 'text',
      x: area.x,
      y: y + size * 0.95,
      lines: wrapped.lines,
      lineHeight: size * LINE,
      size,
      bold,
      fill: theme.text,
      anchor: 'start',
    });
    y += wrapped.lines.length * size * LINE;
  }
  return { items, bottom: y, cut };
}

function aboutSection(view: MatrixView, look: HeaderLook): Section {
  const texts = [
    { text: layerTitle(view), scale: 1.35, bold: true },
    { text: cleanLine(view.layer.description), scale: 1, bold: false },
  ];
  return { caption: 'about', weight: 3, draw: (area) => paragraphs(texts, area, look) };
}

function domainSection(view: MatrixView, look: HeaderLook): Section {
  const { attack } = view.layer.versions;
  const label = attack === undefined ? '' : cleanLine(attack);
  const isOther = label !== '' && label !== view.knowledgeBase.version;
  const texts = [
    { text: domainTitle(view), scale: 1, bold: true },
    { text: isOther ? `layer labelled v${label}` : '', scale: 0.9, bold: false },
  ];
  return { caption: 'domain', weight: 1.4, draw: (area) => paragraphs(texts, area, look) };
}

function filtersSection(view: MatrixView, look: HeaderLook): Section {
  const { filters, hideDisabled } = view.layer;
  const platforms = filters.platforms?.map(cleanLine).join(', ') ?? 'all';
  const texts = [
    { text: `platforms: ${platforms || 'none'}`, scale: 1, bold: false },
    { text: hideDisabled ? 'disabled techniques are hidden' : '', scale: 1, bold: false },
  ];
  return { caption: 'filters', weight: 1.9, draw: (area) => paragraphs(texts, area, look) };
}

function legendSection(view: MatrixView, look: HeaderLook): Section | undefined {
  const lines = legendLines(view, look.options, look.theme);
  if (lines.length === 0) return undefined;
  const draw = (area: Area): Drawn => {
    const { size } = area;
    const box = { x: area.x, y: area.y, width: area.width, height: area.bottom - area.y };
    const drawn = legendScene(lines, box, { size, options: look.options, theme: look.theme });
    return { ...drawn, cut: drawn.leftOut };
  };
  return { caption: 'legend', weight: 2.4, draw };
}

function gradientSection(view: MatrixView, look: HeaderLook): Section {
  const draw = (area: Area): Drawn => {
    const items = gradientItems(view.layer.gradient, area, look);
    return { items, bottom: area.y + 2.4 * area.size, cut: [] };
  };
  return { caption: 'score', weight: 1.9, draw };
}

function sectionsOf(view: MatrixView, look: HeaderLook): readonly Section[] {
  const { options } = look;
  const isScored = view.layer.techniques.some(({ score }) => score !== undefined);
  const legend =
    options.showLegend && options.legend === 'docked' ? legendSection(view, look) : undefined;
  return [
    ...(options.showAbout ? [aboutSection(view, look)] : []),
    ...(options.showDomain ? [domainSection(view, look)] : []),
    ...(options.showFilters ? [filtersSection(view, look)] : []),
    ...(legend === undefined ? [] : [legend]),
    ...(options.showGradient && isScored ? [gradientSection(view, look)] : []),
  ];
}

/** Draws the boxes of the header side by side. Nothing to show = no items and no height. */
export function headerScene(view: MatrixView, look: HeaderLook): HeaderScene {
  const sections = sectionsOf(view, look);
  if (sections.length === 0) return { items: [], bottom: look.y, issues: [] };
  const { size, theme, x, y } = look;
  const gap = 0.6 * size;
  const pad = 0.6 * size;
  const caption = 0.78 * size;
  const weights = sections.reduce((sum, { weight }) => sum + weight, 0);
  const unit = (look.width - gap * (sections.length - 1)) / weights;
  const limit = y + look.maxHeight - pad;
  const top = y + pad + caption * 1.5;
  let left = x;
  const drawn = sections.map((section) => {
    const width = section.weight * unit;
    const area = { x: left + pad, y: top, width: width - 2 * pad, bottom: limit, size };
    const box = { section, left, width, ...section.draw(area) };
    left += width + gap;
    return box;
  });
  const bottom = Math.max(...drawn.map((box) => box.bottom)) + pad;
  const height = look.height ?? Math.min(bottom - y, look.maxHeight);
  const items = drawn.flatMap((box): readonly SceneItem[] => [
    {
      kind: 'rect',
      x: box.left,
      y,
      width: box.width,
      height,
      fill: undefined,
      stroke: theme.rule,
      strokeWidth: 1,
    },
    {
      kind: 'text',
      x: box.left + pad,
      y: y + pad + caption * 0.75,
      lines: [box.section.caption],
      lineHeight: caption,
      size: caption,
      bold: false,
      fill: theme.muted,
      anchor: 'start',
    },
    ...box.items,
  ]);
  const issues = drawn.flatMap(({ section, cut }) => {
    const [first] = cut;
    if (first === undefined) return [];
    const more = cut.length === 1 ? '' : ` and ${cut.length - 1} more`;
    const what = `"${first.slice(0, 60)}"${more}`;
    return [overflowIssue(`the header has no room for all of its ${section.caption}: ${what}`)];
  });
  return { items, bottom: y + height, issues };
}
