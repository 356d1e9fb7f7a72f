import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { describeExporter } from '../../test/contract/exporter.js';
import { blankLayer, busyLayer, layerEntry } from '../../test/contract/exporter-layers.js';
import { tinyAttack } from '../../test/contract/tiny-attack.js';
import type { GivenRenderOptions } from '../exporters/index.js';
import { PNG_EXPORTER, renderPng } from './render-png.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** `#rrggbb` of every pixel, and how often. */
  readonly colors: ReadonlyMap<string, number>;
}

async function pictureOf(content: string | Uint8Array): Promise<Picture> {
  const image = await loadImage(Buffer.from(content as Uint8Array));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const colors = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const color = `#${Buffer.from(data.subarray(at, at + 3)).toString('hex')}`;
    colors.set(color, (colors.get(color) ?? 0) + 1);
  }
  return { width: image.width, height: image.height, colors };
}

async function draw(options: GivenRenderOptions, layer = busyLayer()): Promise<Picture> {
  const { content } = await renderPng({ layer, knowledgeBase: tinyAttack(), options });
  return pictureOf(content);
}

describeExporter(PNG_EXPORTER, {
  words: undefined,
  expectInert: (content) => {
    expect(Buffer.from(content).subarray(1, 4).toString('latin1')).toBe('PNG');
  },
});

describe('renderPng', () => {
  it('has as many pixels as page and scale say', async () => {
    const { width, height } = await draw({
      size: 'custom',
      width: 400,
      height: 300,
      unit: 'px',
      scale: 1.5,
    });
    expect([width, height]).toEqual([600, 450]);
  });

  it('paints cells in the colours of their scores', async () => {
    const layer = { ...busyLayer(), techniques: [layerEntry('T9005', { score: 100 })] };
    const { colors } = await draw({ showGradient: false, showLegend: false }, layer);
    expect(colors.get('#13366f') ?? 0).toBeGreaterThan(1000);
  });

  it('draws text with the font of the package', async () => {
    const words = await draw({ showHeader: false }, blankLayer());
    const none = await draw({ showHeader: false, showName: false, showId: false }, blankLayer());
    expect((words.colors.get('#111111') ?? 0) > (none.colors.get('#111111') ?? 0) + 50).toBe(true);
  });

  it('is dark where asked', async () => {
    const { colors } = await draw({ theme: 'dark' }, blankLayer());
    const [most] = [...colors].sort(([, a], [, b]) => b - a);
    expect(most?.[0]).toBe('#15181c');
  });

  it('refuses a picture that no memory holds', async () => {
    const options = { size: 'large', scale: 10 } as const;
    const input = { layer: blankLayer(), knowledgeBase: tinyAttack(), options };
    await expect(renderPng(input)).rejects.toThrow(/at most 64000000 pixels/);
  });
});
