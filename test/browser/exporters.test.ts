import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../src/attack/lookup.js';
import { EXPORTERS, type GivenRenderOptions } from '../../src/exporters/index.js';
import { layerToJson, readLayer, safeGradient, writeLayer } from '../../src/layers/index.js';
import { blankLayer, busyLayer, hostileLayer, layerEntry } from '../contract/exporter-layers.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHROMIUM = '/usr/bin/chromium';
const CATALOGUE = readFileSync(join(ROOT, 'data/attack/enterprise-attack-19.1.tsv'), 'utf8');

/** What the page gets and gives back; bytes travel as lists of numbers. */
type RenderInPage = (
  format: string,
  catalogue: string,
  layer: unknown,
  options: GivenRenderOptions,
) => Promise<string | number[]>;

const ENTRY = `
import { parseCatalogue } from './src/attack/lookup.js';
import { EXPORTERS, paintScene, renderScene } from './src/exporters/index.js';
import { readLayer } from './src/layers/index.js';

globalThis.renderInPage = async (format, catalogue, value, options) => {
  const { knowledgeBase } = parseCatalogue(catalogue);
  const { layer } = readLayer(value);
  const exporter = EXPORTERS.find((each) => each.format === format);
  const { content } = await exporter.render({ layer, knowledgeBase, options });
  return typeof content === 'string' ? content : [...content];
};
globalThis.paintInPage = (catalogue, value, options) => {
  const { knowledgeBase } = parseCatalogue(catalogue);
  const { layer } = readLayer(value);
  const { scene } = renderScene({ layer, knowledgeBase, options });
  const canvas = document.createElement('canvas');
  canvas.width = scene.width;
  canvas.height = scene.height;
  const context = canvas.getContext('2d');
  paintScene(context, scene, 'sans-serif');
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const colors = {};
  for (let at = 0; at < data.length; at += 4) {
    const color = '#' + [...data.slice(at, at + 3)].map((v) => v.toString(16).padStart(2, '0')).join('');
    colors[color] = (colors[color] ?? 0) + 1;
  }
  return colors;
};
`;

/** The browser's code as one script: fails when anything in it needs Node. */
async function bundleForBrowser(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

describe.skipIf(!existsSync(CHROMIUM))(`exporters in a browser (needs ${CHROMIUM})`, () => {
  const profile = mkdtempSync(join(tmpdir(), 'portolan-chromium-'));
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await context.newPage();
    await page.addScriptTag({ content: await bundleForBrowser() });
  });

  afterAll(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const scored = {
    ...blankLayer('Browser and command line'),
    gradient: safeGradient(0, 10),
    techniques: ['T1059', 'T1059.001', 'T1566', 'T1486', 'T1003.001', 'T9999'].map((id, index) =>
      layerEntry(id, { score: index * 2, comment: `note ${index} – ü` }),
    ),
  };
  const layers = { scored, busy: busyLayer(), hostile: hostileLayer() };
  const cases: readonly (readonly [string, keyof typeof layers, GivenRenderOptions])[] = [
    ['svg', 'scored', {}],
    ['svg', 'scored', { size: 'a4', subtechniques: 'all', layout: 'flat', showId: true }],
    [
      'svg',
      'scored',
      { theme: 'dark', layout: 'mini', subtechniques: 'all', secondChannel: 'glyph' },
    ],
    ['svg', 'busy', { layout: 'side', showScore: true, secondChannel: 'pattern' }],
    ['svg', 'hostile', { subtechniques: 'all' }],
    ['json', 'hostile', {}],
    ['csv', 'hostile', {}],
    ['markdown', 'hostile', {}],
    ['xlsx', 'scored', { subtechniques: 'all' }],
    ['xlsx', 'hostile', {}],
  ];

  it.each(cases)('makes the same %s of the %s layer as Node, %j', async (format, name, options) => {
    const value: unknown = JSON.parse(writeLayer(layers[name]));
    const { layer } = readLayer(value);
    const { knowledgeBase } = parseCatalogue(CATALOGUE);
    const exporter = EXPORTERS.find((each) => each.format === format);
    if (layer === undefined || knowledgeBase === undefined || exporter === undefined) {
      throw new Error('the case does not hold together');
    }
    const { content } = await exporter.render({ layer, knowledgeBase, options });
    const drawn = await page.evaluate(
      async ([f, c, l, o]) => {
        const { renderInPage } = globalThis as unknown as { renderInPage: RenderInPage };
        return renderInPage(f, c, l, o);
      },
      [format, CATALOGUE, value, options] as const,
    );
    const bytes = typeof drawn === 'string' ? drawn : Buffer.from(drawn).toString('base64');
    expect(bytes).toBe(
      typeof content === 'string' ? content : Buffer.from(content).toString('base64'),
    );
  });

  it('paints the scene on a canvas of the browser', async () => {
    const value = layerToJson({ ...scored, techniques: [layerEntry('T1486', { score: 10 })] });
    const colors = await page.evaluate(
      ([catalogue, layer]) => {
        type Paint = (c: string, l: unknown, o: GivenRenderOptions) => Record<string, number>;
        const { paintInPage } = globalThis as unknown as { paintInPage: Paint };
        return paintInPage(catalogue, layer, { showHeader: false });
      },
      [CATALOGUE, value] as const,
    );
    expect(colors['#13366f'] ?? 0).toBeGreaterThan(500);
    expect(colors['#ffffff'] ?? 0).toBeGreaterThan(100_000);
  });

  it('shows the hostile layer as an SVG without running anything of it', async () => {
    const value: unknown = JSON.parse(writeLayer(hostileLayer()));
    const { layer } = readLayer(value);
    const { knowledgeBase } = parseCatalogue(CATALOGUE);
    const svg = EXPORTERS.find(({ format }) => format === 'svg');
    if (layer === undefined || knowledgeBase === undefined || svg === undefined) throw new Error();
    const { content } = await svg.render({ layer, knowledgeBase });
    const other = await context.newPage();
    const dialogs: string[] = [];
    other.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    // Once as a document of its own, once put into a page as it is.
    await other.goto(`data:image/svg+xml;base64,${Buffer.from(content).toString('base64')}`);
    expect(await other.evaluate('document.documentElement.tagName')).toBe('svg');
    expect(await other.evaluate("document.querySelectorAll('parsererror').length")).toBe(0);
    await other.goto('about:blank');
    await other.setContent(String(content).replace(/^<\?xml[^>]*\?>/, ''));
    const active = 'script, img, a, [onload], [onerror], [href], foreignObject';
    const found = await other.evaluate(`document.querySelectorAll('${active}').length`);
    expect(await other.evaluate("document.querySelectorAll('svg g title').length")).toBeGreaterThan(
      0,
    );
    expect(found).toBe(0);
    expect(dialogs).toEqual([]);
    await other.close();
  });
});
