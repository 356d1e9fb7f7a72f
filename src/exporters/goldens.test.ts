import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blankLayer, busyLayer, layerEntry } from '../../test/contract/exporter-layers.js';
import { tinyAttack } from '../../test/contract/tiny-attack.js';
import { openShipped } from '../attack/index.js';
import { emptyLayer, type Layer, safeGradient } from '../layers/index.js';
import {
  CSV_EXPORTER,
  type GivenRenderOptions,
  MARKDOWN_EXPORTER,
  renderScene,
  renderWorkbook,
  SVG_EXPORTER,
  sceneToSvg,
} from './index.js';

// Reviewed by eye, as pictures. `npx vitest run src/exporters -u` writes them anew; look at them again before you commit.
const FOLDER = '../../test/golden/exporters';

/** One score for each of the five bands, and one technique without. */
function bandLayer(): Layer {
  const ids = ['T9004', 'T9002', 'T9006', 'T9003', 'T9005'];
  const entries = ids.map((id, index) => layerEntry(id, { score: index * 20 + 10 }));
  return { ...blankLayer('Five bands'), gradient: safeGradient(0, 100), techniques: entries };
}

/** Scores for every third technique of Enterprise, the same every time. */
function enterpriseLayer(): Layer {
  const blank = emptyLayer({
    name: 'Every third technique',
    domain: 'enterprise-attack',
    attackVersion: '19.1',
  });
  const entries = openShipped({ domain: 'enterprise-attack', version: '19.1' })
    .ofKind('technique')
    .filter((_technique, index) => index % 3 === 0)
    .map(({ attackId }, index) => layerEntry(attackId, { score: (index * 37) % 101 }));
  return { ...blank, gradient: safeGradient(0, 100), techniques: entries };
}

const TINY: readonly (readonly [string, Layer, GivenRenderOptions])[] = [
  ['light-flat', busyLayer(), {}],
  ['dark-side', busyLayer(), { theme: 'dark', layout: 'side', showId: true, showScore: true }],
  ['mini', busyLayer(), { layout: 'mini', secondChannel: 'glyph' }],
  ['bands-glyph', bandLayer(), { secondChannel: 'glyph', showScore: true }],
  ['bands-pattern', bandLayer(), { secondChannel: 'pattern' }],
  [
    'letter-portrait-serif',
    busyLayer(),
    {
      size: 'letter',
      orientation: 'portrait',
      font: 'serif',
      fontSize: 9,
      headerHeight: 1.2,
      borderColor: '#336699',
      legend: { x: 5.2, y: 8, width: 2.8, height: 1 },
    },
  ],
];

describe('drawings', () => {
  it.each(TINY)('look as they were reviewed: %s', async (name, layer, options) => {
    const { content } = await SVG_EXPORTER.render({ layer, knowledgeBase: tinyAttack(), options });
    await expect(content).toMatchFileSnapshot(`${FOLDER}/${name}.svg`);
  });

  it.each<readonly [string, GivenRenderOptions]>([
    ['enterprise-a4', { size: 'a4', subtechniques: 'none', showTooltips: false }],
    ['enterprise-all', { subtechniques: 'all', layout: 'flat', showTooltips: false }],
  ])('look as they were reviewed: %s', async (name, options) => {
    const knowledgeBase = openShipped({ domain: 'enterprise-attack', version: '19.1' });
    const { scene, issues } = renderScene({ layer: enterpriseLayer(), knowledgeBase, options });
    expect(issues).toEqual([]);
    await expect(sceneToSvg(scene)).toMatchFileSnapshot(`${FOLDER}/${name}.svg`);
  });
});

describe('tables', () => {
  const input = { layer: busyLayer(), knowledgeBase: tinyAttack() };

  it('are the CSV that was reviewed', async () => {
    const { content } = await CSV_EXPORTER.render(input);
    await expect(content).toMatchFileSnapshot(`${FOLDER}/busy.csv`);
  });

  it('are the Markdown that was reviewed', async () => {
    const { content } = await MARKDOWN_EXPORTER.render(input);
    await expect(content).toMatchFileSnapshot(`${FOLDER}/busy.md`);
  });

  it('are the workbook that was reviewed, its sheets and strings one after the other', async () => {
    const { content } = await renderWorkbook([input, { ...input, layer: bandLayer() }]);
    const files = Object.entries(unzipSync(content as Uint8Array));
    const parts = files.filter(([name]) =>
      /sheet\d+\.xml$|sharedStrings|styles|workbook\.xml$/.test(name),
    );
    const text = parts.map(([name, bytes]) => `== ${name}\n${strFromU8(bytes)}\n`).join('');
    const lines = text.replace(/<(?:row|si|xf|fill|sheet) ?/g, '\n$&');
    await expect(lines).toMatchFileSnapshot(`${FOLDER}/busy-and-bands.xlsx.txt`);
  });
});
