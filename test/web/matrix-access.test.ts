import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMatrix } from './matrix-kit.js';
import { CHROMIUM, type OpenedPortolan, openPortolan } from './open-portolan.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, a line a rule, with the first elements. */
async function violations(page: Page): Promise<readonly string[]> {
  // As an expression of the debugger, which the policy of the page does not hold for.
  await page.evaluate(AXE);
  const run = `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} }, resultTypes: ['violations'] })`;
  const results = await page.evaluate<AxeResults>(run);
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`)
        .join(' | ')}`,
  );
}

describe.skipIf(!existsSync(CHROMIUM))(`access to the matrix (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan({ example: true });
  });
  afterAll(async () => portolan?.close());

  it.each(['light', 'dark'] as const)(
    'axe finds nothing in the matrix with a drawer: %s',
    async (colorScheme) => {
      const page = await openMatrix(portolan, '?cell=T1003.001', { colorScheme });
      await page
        .getByText(/score = 100/)
        .first()
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
  );

  it.each(['select', 'annotate', 'layer', 'combine'] as const)(
    'axe finds nothing beside the panel to %s, in dark',
    async (panel) => {
      const page = await openMatrix(portolan, '', { colorScheme: 'dark' });
      await page.getByRole('button', { name: '+ New', exact: true }).click();
      await page.locator('[data-key="T1486^impact"]').click({ modifiers: ['Control'] });
      const names = { select: 'Find', annotate: 'Annotate', layer: 'Layer', combine: 'Combine' };
      await page.getByRole('button', { name: names[panel], exact: true }).click();
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
  );

  it('axe finds nothing in the table, the mini layout, menus, dialogs and the palette', async () => {
    const page = await openMatrix(portolan);
    const choose = async (name: RegExp): Promise<void> => {
      await page.getByRole('button', { name: 'View', exact: true }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await page.getByRole('button', { name: 'View', exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Mini' }).click();
    expect(await violations(page)).toEqual([]);
    await choose(/^Table/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search ATT&CK/ }).fill('powershell');
    await page.locator('#palette-list [role=option]').first().waitFor({ timeout: 30_000 });
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('keeps the page in its width at 390 pixels and at 200 % of the text, but for the matrix itself', async () => {
    for (const width of [390, 720]) {
      const page = await openMatrix(portolan, '', { width });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, `${width} pixels`).toBe(false);
      await page.context().close();
    }
  });

  it('moves nothing where motion is unwanted', async () => {
    const page = await openMatrix(portolan, '', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(moving).toBe(0);
    await page.context().close();
  });

  it('tells what is selected and scored without the colours of the page', async () => {
    const page = await openMatrix(portolan, '', { forcedColors: 'active' });
    const cell = page.locator('[data-key="T1486^impact"]');
    await cell.click({ modifiers: ['Control'] });
    expect(await cell.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('double');
    const edge = (band: number): Promise<string> =>
      page
        .locator(`[data-band="${band}"]`)
        .first()
        .evaluate((element) => getComputedStyle(element).borderBottomWidth);
    expect(await edge(0)).toBe('1px');
    expect(Number.parseInt(await edge(4), 10)).toBeGreaterThan(Number.parseInt(await edge(1), 10));
    await page.context().close();
  });
});
