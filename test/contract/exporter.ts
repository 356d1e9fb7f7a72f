import { describe, expect, it } from 'vitest';
import { openShipped } from '../../src/attack/index.js';
import type { Exporter, Rendering } from '../../src/exporters/index.js';
import { emptyLayer, type Layer } from '../../src/layers/index.js';
import { blankLayer, busyLayer, hostileLayer, layerEntry } from './exporter-layers.js';
import { tinyAttack } from './tiny-attack.js';

/** What the contract has to know of a format to look into what it made. */
export interface FormatReading {
  /** All words in the content, as a reader of the format sees them; undefined = the format has none to read. */
  readonly words: ((content: Rendering['content']) => string) | undefined;
  /** Throws when text of a layer became markup, script, formula or link. */
  readonly expectInert: (content: Rendering['content']) => void;
}

function bytesOf({ content }: Rendering): Buffer {
  return Buffer.from(content);
}

/** The contract of `Exporter`, run for every one of them. */
export function describeExporter(exporter: Exporter, { words, expectInert }: FormatReading): void {
  const render = (layer: Layer, knowledgeBase = tinyAttack()): Promise<Rendering> =>
    Promise.resolve(exporter.render({ layer, knowledgeBase }));

  describe(`${exporter.format} exporter`, () => {
    it('has a format, a media type and an extension', () => {
      expect(exporter.format).toMatch(/^[a-z]+$/);
      expect(exporter.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+(?:; charset=utf-8)?$/);
      expect(exporter.extension).toMatch(/^\.[a-z]+$/);
    });

    it('makes the same bytes of the same layer', async () => {
      const [first, second] = [await render(busyLayer()), await render(busyLayer())];
      expect(bytesOf(first).equals(bytesOf(second))).toBe(true);
    });

    it('makes other bytes of another layer', async () => {
      const layer = busyLayer();
      const other = { ...layer, techniques: [layerEntry('T9005', { score: 90 })] };
      const [first, second] = [await render(layer), await render(other)];
      expect(bytesOf(first).equals(bytesOf(second))).toBe(false);
    });

    it('renders a layer that says nothing, without a remark', async () => {
      const rendering = await render({ ...blankLayer(''), techniques: [] });
      expect(rendering.issues).toEqual([]);
      expect(rendering.content.length).toBeGreaterThan(0);
    });

    it('leaves the layer as it was', async () => {
      const layer = busyLayer();
      await render(layer);
      expect(layer).toEqual(busyLayer());
    });

    it('names every id without a cell in the issues and, where it has words, in the content', async () => {
      const rendering = await render(busyLayer());
      const messages = rendering.issues
        .filter(({ code }) => code === 'ENTRY_NOT_DRAWN')
        .map(({ message }) => message);
      expect(messages).toEqual([
        'T9008 is not drawn: revoked, now T9004',
        'T9009 is not drawn: deprecated',
        'T7777 is not drawn: unknown in v99.1',
      ]);
      const seen = words?.(rendering.content);
      for (const id of ['T9008', 'T9009', 'T7777'])
        if (seen !== undefined) expect(seen).toContain(id);
    });

    it('lets no text of a layer become markup, script, formula or link', async () => {
      const { content } = await render(hostileLayer());
      expectInert(content);
    });

    it('shows all 697 techniques of Enterprise 19.1', async () => {
      const knowledgeBase = openShipped({ domain: 'enterprise-attack', version: '19.1' });
      const techniques = knowledgeBase.ofKind('technique');
      expect(techniques).toHaveLength(697);
      const blank = emptyLayer({
        name: 'All',
        domain: 'enterprise-attack',
        attackVersion: knowledgeBase.version,
      });
      const entries = techniques.map(({ attackId }, index) =>
        layerEntry(attackId, { score: index % 101, comment: `note ${index}` }),
      );
      const layout = { ...blank.layout, expandedSubtechniques: 'all' } as const;
      const rendering = await render({ ...blank, layout, techniques: entries }, knowledgeBase);
      expect(rendering.issues).toEqual([]);
      const seen = words?.(rendering.content);
      if (seen === undefined) return;
      const ids = new Set(seen.match(/T\d{4}(?:\.\d{3})?/g));
      expect(techniques.filter(({ attackId }) => !ids.has(attackId))).toEqual([]);
    });

    it('refuses a layer of another domain than the knowledge base', async () => {
      const layer: Layer = { ...blankLayer(), domain: 'ics-attack' };
      await expect(async () =>
        exporter.render({ layer, knowledgeBase: tinyAttack() }),
      ).rejects.toThrow(expect.objectContaining({ code: 'USAGE' }));
    });

    it('refuses an option that it does not know the meaning of', async () => {
      const options = { size: 'a9' } as unknown as { size: 'a4' };
      const input = { layer: blankLayer(), knowledgeBase: tinyAttack(), options };
      await expect(async () => exporter.render(input)).rejects.toThrow(
        expect.objectContaining({ code: 'USAGE' }),
      );
    });
  });
}
