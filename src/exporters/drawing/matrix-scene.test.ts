import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankLayer, busyLayer, layerEntry } from '../../../test/contract/exporter-layers.js';
import { tinyAttack } from '../../../test/contract/tiny-attack.js';
import { fuzzRuns } from '../../../test/fuzz-runs.js';
import { openShipped } from '../../attack/index.js';
import { emptyLayer, type Layer, readLayer } from '../../layers/index.js';
import { renderScene } from '../export-svg.js';
import { EXPORTERS } from '../exporters.js';
import type { GivenRenderOptions } from '../render-options.js';
import type { MatrixScene } from './matrix-scene.js';
import type { SceneItem } from './scene.js';
import { textWidth } from './text-width.js';

function draw(options: GivenRenderOptions = {}, layer: Layer = busyLayer()): MatrixScene {
  return renderScene({ layer, knowledgeBase: tinyAttack(), options });
}

function flat(items: readonly SceneItem[]): readonly SceneItem[] {
  return items.flatMap((item) => (item.kind === 'group' ? flat(item.items) : [item]));
}

function itemsOf({ scene }: MatrixScene): readonly SceneItem[] {
  return flat(scene.items);
}

type OfKind<K extends SceneItem['kind']> = Extract<SceneItem, { kind: K }>;

function ofKind<K extends SceneItem['kind']>(drawing: MatrixScene, kind: K): readonly OfKind<K>[] {
  return itemsOf(drawing).filter((item): item is OfKind<K> => item.kind === kind);
}

function words(drawing: MatrixScene): string {
  return ofKind(drawing, 'text')
    .map(({ lines }) => lines.join(' '))
    .join('\n');
}

const overflows = ({ issues }: MatrixScene): readonly string[] =>
  issues.filter(({ code }) => code === 'RENDER_OVERFLOW').map(({ message }) => message);

function enterprise(options: GivenRenderOptions): MatrixScene {
  const knowledgeBase = openShipped({ domain: 'enterprise-attack', version: '19.1' });
  const layer = emptyLayer({ name: 'E', domain: 'enterprise-attack', attackVersion: '19.1' });
  return renderScene({ layer, knowledgeBase, options });
}

describe('matrixScene', () => {
  it.each<readonly [keyof GivenRenderOptions, string]>([
    ['showAbout', 'What the made-up site A detects.'],
    ['showDomain', 'ATT&CK v99.1'],
    ['showFilters', 'platforms: all'],
    ['showLegend', 'accepted risk'],
    ['showGradient', '\n50\n'],
    ['showHeader', 'What the made-up site A detects.'],
  ])('shows or hides: %s', (option, text) => {
    const wide = { size: 'a3' } as const;
    expect(words(draw(wide))).toContain(text);
    expect(words(draw({ ...wide, [option]: false }))).not.toContain(text);
  });

  it('shows ids, names and scores in the cells as asked', () => {
    const all = words(draw({ showId: true, showName: true, showScore: true, size: 'a3' }));
    expect(all).toContain('T9001.001 Power Shell\n100');
    const ids = words(draw({ showId: true, showName: false, size: 'a3' }));
    expect(ids).toContain('T9001.001');
    expect(ids).not.toContain('Power Shell');
    const none = words(draw({ showId: false, showName: false, size: 'a3' }));
    expect(none).not.toMatch(/Power Shell|T9001.001/);
  });

  it('stands on the page that was asked for, in its units', () => {
    const { scene } = draw({ size: 'custom', width: 30, height: 20, unit: 'cm' });
    expect([scene.pageWidth, scene.pageHeight]).toEqual(['30cm', '20cm']);
    expect(scene.width / scene.height).toBeCloseTo(1.5);
    expect(scene.width).toBeCloseTo((30 / 2.54) * 96);
  });

  it.each<GivenRenderOptions>([
    {},
    { size: 'letter', orientation: 'portrait' },
    { size: 'a4', layout: 'side' },
    { size: 'a4', layout: 'mini' },
    { size: 'custom', width: 3, height: 2 },
    { layout: 'mini', secondChannel: 'glyph' },
    { size: 'large', secondChannel: 'pattern', showScore: true, font: 'mono' },
  ])('draws nothing outside of the page: %j', (options) => {
    const drawing = draw(options);
    const { width, height } = drawing.scene;
    for (const item of ofKind(drawing, 'rect')) {
      expect(item.x >= 0 && item.x + item.width <= width + 0.1).toBe(true);
      expect(item.y >= 0 && item.y + item.height <= height + 0.1).toBe(true);
    }
  });

  it.each<GivenRenderOptions>([
    { size: 'a4', subtechniques: 'none' },
    { size: 'large', subtechniques: 'all', layout: 'flat' },
    { size: 'large', subtechniques: 'all', layout: 'side', orientation: 'portrait' },
    { subtechniques: 'all' },
  ])('keeps the text of every cell in its cell: Enterprise, %j', (options) => {
    const drawing = enterprise({ ...options, showHeader: false, showTooltips: false });
    const { family, items } = drawing.scene;
    let checked = 0;
    for (const item of items) {
      if (item.kind !== 'group') continue;
      const box = item.items.find((each) => each.kind === 'rect');
      const text = item.items.find((each) => each.kind === 'text');
      if (box?.kind !== 'rect' || text?.kind !== 'text') continue;
      for (const line of text.lines) {
        const width = textWidth(line, { family, bold: text.bold, size: text.size });
        expect(text.x + width).toBeLessThanOrEqual(box.x + box.width + 0.01);
      }
      const last = text.y + (text.lines.length - 1) * text.lineHeight;
      expect(last).toBeLessThanOrEqual(box.y + box.height);
      expect(text.y - 0.7 * text.size).toBeGreaterThanOrEqual(box.y);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(200);
  });

  it('fits a page at the largest text, and says when that cannot be read', () => {
    expect(overflows(enterprise({ size: 'a3', subtechniques: 'none' }))).toEqual([]);
    const [tiny] = overflows(enterprise({ size: 'a4', subtechniques: 'all', layout: 'flat' }));
    expect(tiny).toMatch(/^the text is [\d.]+ points high so that it fits the page/);
  });

  it('says when a font size does not fit the page', () => {
    const [message] = overflows(enterprise({ size: 'a4', subtechniques: 'none', fontSize: 12 }));
    expect(message).toMatch(/^the columns are higher than the page by \d+ % of it at 12 points/);
    expect(overflows(enterprise({ size: 'a4', subtechniques: 'none', fontSize: 4 }))).toEqual([]);
  });

  it('says when words had to be broken', () => {
    const narrow = {
      size: 'custom',
      width: 1.2,
      height: 9,
      fontSize: 8,
      showHeader: false,
    } as const;
    expect(overflows(draw(narrow)).join()).toContain('words are broken');
  });

  it('sets text at the font size asked for, and tactics a little larger', () => {
    const sizes = ofKind(draw({ fontSize: 9, size: 'large' }), 'text')
      .filter(({ lines }) => lines.join(' ') === 'Drive-by Compromise')
      .map(({ size }) => size);
    expect(sizes).toEqual([12]);
  });

  it('keeps the header as high as asked, and says what it has no room for', () => {
    const description = 'word '.repeat(400);
    const layer = { ...busyLayer(), description };
    const drawing = draw({ size: 'a4', headerHeight: 1, unit: 'cm' }, layer);
    const [box] = ofKind(drawing, 'rect');
    expect(box?.height).toBeCloseTo(96 / 2.54);
    expect(overflows(drawing).join()).toContain('the header has no room for all of its about');
  });

  it('draws the legend at its own place, in the unit of the page', () => {
    const legend = { x: 2, y: 3, width: 4, height: 1 };
    const drawing = draw({ size: 'letter', legend });
    const boxes = ofKind(drawing, 'rect').filter(({ x, y }) => x === 192 && y === 288);
    expect(boxes[0]).toMatchObject({ width: 384, height: 96 });
    expect(words(drawing).match(/accepted risk/g)).toHaveLength(1);
    const small = draw({ size: 'letter', legend: { ...legend, width: 0.3, height: 0.1 } });
    expect(overflows(small).join()).toContain('the legend has no room for "accepted risk"');
  });

  it('grows with a legend beyond its edge, and says when a page cannot', () => {
    const legend = { x: 20, y: 10, width: 4, height: 1 };
    expect(draw({ legend }).scene.width).toBe(24 * 96 + 16);
    expect(draw({ legend }).scene.height).toBe(11 * 96 + 16);
    expect(overflows(draw({ legend, size: 'a4' }))).toEqual([
      'the legend stands partly outside of the page',
    ]);
  });

  it('hatches what is disabled and dots what has a comment but neither colour nor score', () => {
    const hatches = ofKind(draw({ showHeader: false }), 'hatch').map(({ pattern }) => pattern);
    expect(hatches).toEqual(['dots', 'falling']);
  });

  it.each([2, 3, 4, 5])('shows a different sign for each of %d bands', (bands) => {
    const ids = ['T9004', 'T9006', 'T9003', 'T9005', 'T9002'].slice(0, bands);
    const entries = ids.map((id, index) =>
      layerEntry(id, { score: ((index + 0.5) * 100) / bands }),
    );
    const layer = { ...blankLayer(), techniques: entries };
    const signs = (secondChannel: 'glyph' | 'pattern'): number => {
      const options = { secondChannel, bands, showHeader: false, subtechniques: 'none' } as const;
      const shapes = renderScene({
        layer,
        knowledgeBase: tinyAttack(),
        options,
      }).scene.items.flatMap((item) => {
        const [first] = item.kind === 'group' ? item.items : [];
        if (item.kind !== 'group' || first?.kind !== 'rect' || first.fill === '#ffffff') return [];
        const { x, y, width, height } = first;
        const sign = item.items.map((each) => {
          if (each.kind === 'hatch') return each.spacing / height;
          if (each.kind !== 'polygon') return '';
          return each.points
            .map((value, at) => (at % 2 === 0 ? value - x - width : (value - y) / 1).toFixed(1))
            .join();
        });
        return [sign.join('|')];
      });
      return new Set(shapes).size;
    };
    expect(signs('glyph')).toBe(bands);
    expect(signs('pattern')).toBe(bands);
  });

  it('takes the border colour, the theme and the tactic row of the layer', () => {
    const layer = { ...busyLayer(), showTacticRowBackground: true, tacticRowBackground: '#205b8f' };
    const drawing = draw({ borderColor: '#ff0000', theme: 'dark' }, layer);
    expect(drawing.scene.background).toBe('#15181c');
    const rects = ofKind(drawing, 'rect');
    expect(rects.some(({ stroke }) => stroke === '#ff0000')).toBe(true);
    expect(rects.filter(({ fill }) => fill === '#205b8f')).toHaveLength(3);
  });

  it('has the words of a cell as its tooltip', () => {
    const titles = draw().scene.items.flatMap((item) =>
      item.kind === 'group' ? [item.title] : [],
    );
    expect(titles).toContain(
      'T9001.001 Power Shell\nscore 100\nScript block logging,\n"4104"\nevidence: atomic test 12, 2026-03-01\n—\nanalyst: J. Doe\nrule: https://example.com/r?a=1&b=2',
    );
    const none = draw({ showTooltips: false }).scene.items;
    expect(none.some((item) => item.kind === 'group' && item.title?.startsWith('T9001'))).toBe(
      false,
    );
  });

  it('says what it shows to those who do not see it', () => {
    const { scene } = draw();
    expect(scene.title).toBe('Detection coverage, site A – Enterprise ATT&CK v99.1');
    expect(scene.description).toContain('3 tactics, 6 techniques, 4 sub-techniques');
    expect(scene.description).toContain('Scores from 0 to 100.');
    expect(scene.description).toContain('Not drawn: T9008 (revoked, now T9004)');
  });
});

describe('every exporter', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('T9001', 'T9001.001', 'T9002', 'execution', '#ff0000', '', '\u0000'),
  );
  const value = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.integer());
  const entry = fc.record(
    {
      techniqueID: text,
      tactic: text,
      score: fc.oneof(fc.double(), value),
      color: text,
      comment: value,
      enabled: value,
      metadata: fc.array(fc.record({ name: value, value })),
      links: fc.array(
        fc.oneof(fc.record({ label: value, url: value }), fc.record({ divider: value })),
      ),
      showSubtechniques: value,
    },
    { requiredKeys: ['techniqueID'] },
  );
  const layer = fc.record(
    {
      domain: fc.constant('enterprise-attack'),
      name: value,
      description: value,
      versions: fc.constant({ attack: '18', navigator: '5', layer: '4.5' }),
      techniques: fc.array(entry, { maxLength: 8 }),
      gradient: fc.record({ colors: fc.array(text), minValue: value, maxValue: value }),
      legendItems: fc.array(fc.record({ label: value, color: value }), { maxLength: 4 }),
      sorting: value,
      layout: fc.record({ layout: fc.constantFrom('side', 'flat', 'mini'), showID: value }),
      hideDisabled: fc.boolean(),
      filters: fc.record({ platforms: fc.array(text, { maxLength: 2 }) }),
      tacticRowBackground: text,
      showTacticRowBackground: fc.boolean(),
    },
    { requiredKeys: ['domain', 'versions', 'techniques'] },
  );

  it('renders whatever the reader of layers lets through', async () => {
    const knowledgeBase = tinyAttack();
    await fc.assert(
      fc.asyncProperty(layer, async (json) => {
        const { layer: read } = readLayer(json);
        if (read === undefined) return;
        for (const exporter of EXPORTERS) {
          const { content } = await exporter.render({ layer: read, knowledgeBase });
          expect(content.length).toBeGreaterThan(0);
          if (typeof content === 'string') expect(content).not.toMatch(/NaN|undefined|\[object/);
        }
      }),
      { numRuns: fuzzRuns(60) },
    );
  });
});
