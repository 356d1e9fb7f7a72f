import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import {
  type Exporter,
  type ExportInput,
  paintScene,
  type Rendering,
  renderScene,
  resolveRenderOptions,
} from '../exporters/index.js';
import { AppError } from '../model/index.js';

// Roboto comes with the package, so that a machine without any font draws text too.
const FAMILY = 'Portolan Roboto';
const FILES = ['Roboto_400Regular.ttf', 'Roboto_700Bold.ttf'] as const;

/** Serif and mono are the machine's, where it has them. */
const FONT_STACKS = {
  sans: `"${FAMILY}"`,
  serif: `"Times New Roman", "Liberation Serif", serif, "${FAMILY}"`,
  mono: `"Courier New", "Liberation Mono", monospace, "${FAMILY}"`,
} as const;

// A picture of this many pixels takes 256 MB; past it viewers give up as well.
const MAX_PIXELS = 64_000_000;

function registerFonts(): void {
  if (GlobalFonts.has(FAMILY)) return;
  const resolve = createRequire(import.meta.url).resolve;
  const folder = dirname(resolve('@expo-google-fonts/roboto/package.json'));
  for (const file of FILES) {
    if (GlobalFonts.registerFromPath(join(folder, file), FAMILY) === null) {
      throw new AppError('SOURCE_UNREADABLE', `cannot read font ${join(folder, file)}`);
    }
  }
}

/**
 * The drawing of a layer as a PNG picture.
 *
 * @param input `options.scale` pixels of the picture per pixel of the drawing; 2 by default, 3.125 is 300 dpi on paper.
 * @throws AppError USAGE when the picture would have more than 64 million pixels, or an option is wrong.
 */
export async function renderPng(input: ExportInput): Promise<Rendering> {
  const { scale } = resolveRenderOptions(input.options ?? {});
  const { scene, issues } = renderScene(input);
  const width = Math.ceil(scene.width * scale);
  const height = Math.ceil(scene.height * scale);
  if (width * height > MAX_PIXELS) {
    throw new AppError(
      'USAGE',
      `expected a picture of at most ${MAX_PIXELS} pixels, found ${width} × ${height}; choose a smaller scale or size`,
    );
  }
  registerFonts();
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  paintScene(context, scene, FONT_STACKS[scene.family]);
  return { content: await canvas.encode('png'), issues };
}

/** A picture for chats, slides and documents that take no SVG. */
export const PNG_EXPORTER: Exporter = {
  format: 'png',
  mediaType: 'image/png',
  extension: '.png',
  render: renderPng,
};
