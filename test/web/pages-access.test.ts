import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe-violations.js';
import { CHROMIUM, type OpenedPortolan, openPortolan } from './open-portolan.js';

// Address, and words that stand there once the page has read what it shows.
const PAGES = [
  ['/home', 'What to do next'],
  ['/imports', 'What was brought in'],
  ['/investigation', 'First seen'],
  ['/techniques/T1003.001', 'matched fields alone|all \\d+ fields|record'],
  ['/groups/G0016', 'Our evidence, our gaps'],
  ['/rules', 'Logsource'],
  ['/rules/86691c34-12ab-4458-a721-4aa8f3b02f28', 'When it errs'],
  ['/reports', 'No report was read yet'],
  ['/versions', 'Renamed|New|In other tactics'],
  ['/settings', 'portolan.yaml'],
  ['/guide', 'Follow the attacker'],
  ['/nowhere', 'No such page'],
] as const;

describe.skipIf(!existsSync(CHROMIUM))(`access to the pages (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan({ example: true });
  });
  afterAll(async () => portolan?.close());

  it.each(PAGES)('axe finds nothing in %s, light and dark', async (path, words) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await portolan.newPage({ colorScheme });
      await page.goto(`${portolan.url}${path}`);
      await page.locator('main').getByText(new RegExp(words)).first().waitFor();
      expect(await axeViolations(page), colorScheme).toEqual([]);
      await page.context().close();
    }
  });

  it('needs no scrolling to the side at 390 pixels', async () => {
    const page = await portolan.newPage({ width: 390 });
    for (const [path, words] of PAGES) {
      await page.goto(`${portolan.url}${path}`);
      await page.locator('main').getByText(new RegExp(words)).first().waitFor();
      const wide = await page.evaluate<number>(
        'document.querySelector(".frame-content").scrollWidth - document.querySelector(".frame-content").clientWidth',
      );
      expect([path, wide]).toEqual([path, 0]);
    }
    await page.context().close();
  });
});
