import {
  EXPORTERS,
  type ExportInput,
  type GivenRenderOptions,
  type PaintContext,
  paintScene,
  renderScene,
  renderWorkbook,
  resolveRenderOptions,
} from '../../../src/exporters/index.js';
import { type Layer, writeLayers } from '../../../src/layers/index.js';
import type { Issue } from '../../../src/model/index.js';

// Loaded when something is exported for the first time: the same code as the command line's, which is large.

/** Formats of the export dialog. */
export type FileFormat = 'json' | 'svg' | 'png' | 'xlsx' | 'csv' | 'markdown';

/** A file that was made in this page. */
export interface RenderedFile {
  readonly content: string | Uint8Array | Blob;
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
  readonly issues: readonly Issue[];
}

// Browsers give up on larger canvases.
const MAX_PIXELS = 64_000_000;

const FONT_STACKS = {
  sans: 'system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
  serif: '"Times New Roman", "Liberation Serif", serif',
  mono: '"Courier New", "Liberation Mono", monospace',
} as const;

async function renderPng(input: ExportInput): Promise<RenderedFile> {
  const { scale } = resolveRenderOptions(input.options ?? {});
  const { scene, issues } = renderScene(input);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(scene.width * scale);
  canvas.height = Math.ceil(scene.height * scale);
  if (canvas.width * canvas.height > MAX_PIXELS) {
    throw new RangeError(
      `expected a picture of at most ${MAX_PIXELS} pixels, found ${canvas.width} × ${canvas.height}; choose a smaller scale`,
    );
  }
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives no canvas to draw on');
  context.scale(scale, scale);
  paintScene(context as PaintContext, scene, FONT_STACKS[scene.family]);
  const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (content === null) throw new Error('this browser could not make the picture');
  return { content, mediaType: 'image/png', extension: '.png', issues };
}

/** Renders a layer in one format. @throws AppError USAGE when an option is wrong. */
export async function renderFile(format: FileFormat, input: ExportInput): Promise<RenderedFile> {
  if (format === 'png') return renderPng(input);
  const exporter = EXPORTERS.find((each) => each.format === format);
  if (exporter === undefined) throw new RangeError(`expected a format, found ${format}`);
  const { content, issues } = await exporter.render(input);
  return { content, mediaType: exporter.mediaType, extension: exporter.extension, issues };
}

/** One file of several layers: a JSON list, or a workbook with a sheet each. */
export async function renderAll(
  format: 'json' | 'xlsx',
  inputs: readonly ExportInput[],
  options: GivenRenderOptions,
): Promise<RenderedFile> {
  if (format === 'json') {
    const layers: readonly Layer[] = inputs.map(({ layer }) => layer);
    const content = writeLayers(layers, { pretty: true });
    return { content, mediaType: 'application/json', extension: '.json', issues: [] };
  }
  const { content, issues } = await renderWorkbook(inputs.map((input) => ({ ...input, options })));
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { content, mediaType, extension: '.xlsx', issues };
}
