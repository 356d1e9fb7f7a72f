import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webSize } from '../../scripts/web-size.mjs';
import { parseCatalogue } from '../../src/attack/lookup.js';
import { EXPORTERS } from '../../src/exporters/index.js';
import { readLayers, writeLayers } from '../../src/layers/index.js';
import { layerEntry } from '../contract/exporter-layers.js';
import {
  button,
  cellAt,
  FILES,
  fileOf,
  layerOf,
  openFile,
  openMatrix,
  press,
} from './matrix-kit.js';
import { CHROMIUM, type OpenedPortolan, openPortolan } from './open-portolan.js';

describe.skipIf(!existsSync(CHROMIUM))(`the matrix in a browser (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan({ example: true });
  });
  afterAll(async () => portolan?.close());

  const focused = (page: Page): Promise<string | null> =>
    page.locator(':focus').getAttribute('data-key');
  const colorOf = (target: Locator): Promise<string> =>
    target.evaluate((element) => getComputedStyle(element).backgroundColor);
  async function bytesOf(download: Download): Promise<Buffer> {
    return readFileSync(await download.path());
  }
  async function exportAs(page: Page, format: RegExp): Promise<Buffer> {
    const download = page.waitForEvent('download');
    await button(page, 'Export').click();
    await page.getByRole('radio', { name: format }).check();
    await button(page, 'Save file').click();
    const bytes = await bytesOf(await download);
    if ((await page.getByRole('dialog').count()) > 0) await press(page, 'Escape');
    return bytes;
  }

  it('is walked by the keyboard: arrows, Home, End, type-ahead, Enter, Escape', async () => {
    const page = await openMatrix(portolan);
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await press(page, 'Control+Home');
    const first = await focused(page);
    await press(page, 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp');
    expect(await focused(page)).toBe(first);
    await press(page, 'End');
    expect(await focused(page)).toMatch(/\^impact$/);
    await press(page, 'Home', 'ArrowUp');
    expect(await page.locator(':focus').getAttribute('role')).toBe('columnheader');
    await press(page, 'ArrowDown');
    await page.keyboard.type('os cred');
    expect(await focused(page)).toBe('T1003^credential-access');
    await press(page, '+');
    expect(await cellAt(page, 'T1003.001^credential-access').getAttribute('aria-label')).toMatch(
      /^T1003\.001 LSASS Memory, sub-technique of OS Credential Dumping, score \d+, \d+ matches/,
    );
    await press(page, 'ArrowRight', 'Enter');
    const drawer = page.getByRole('complementary');
    expect(await drawer.getByRole('heading', { level: 2 }).textContent()).toMatch(/^T1003\.\d+/);
    await press(page, 'Escape');
    expect(await drawer.count()).toBe(0);
    expect(await focused(page)).toMatch(/^T1003\.\d+\^credential-access$/);
    await page.context().close();
  });

  it('shows why a cell has its colour, with the events that say so', async () => {
    const page = await openMatrix(portolan, '?cell=T1003.001');
    const drawer = page.getByRole('complementary');
    await drawer.getByText(/score = 100 × 0\.\d+/).waitFor();
    expect(await drawer.locator('li').first().textContent()).toContain('observed');
    expect(await cellAt(page, 'T1003.001^credential-access').isVisible()).toBe(true);
    expect(await page.locator('.status-bar').textContent()).toContain('evidence: observed');
    await page.context().close();
  });

  it('has as many columns and rows as it says, each cell in its place', async () => {
    const page = await openMatrix(portolan);
    const grid = page.getByRole('grid');
    expect(await grid.getByRole('columnheader').count()).toBe(15);
    expect(await grid.getAttribute('aria-colcount')).toBe('15');
    expect(await grid.getAttribute('aria-rowcount')).toBe(
      String(await grid.getByRole('row').count()),
    );
    expect(await grid.getByRole('gridcell').count()).toBe(254);
    await button(page, 'View').click();
    await page.getByRole('menuitem', { name: 'Open all' }).click();
    await page.locator('[data-key="T1059.001^execution"]').waitFor();
    expect(await grid.getByRole('gridcell').count()).toBe(872);
    await page.context().close();
  });

  it('selects by Space, Shift, Ctrl and tactic, and undoes it', async () => {
    const page = await openMatrix(portolan);
    const selected = page.locator('[role=gridcell][aria-selected=true]');
    await page.locator('[role=grid] [tabindex="0"]').focus();
    await press(page, 'Control+Home', 'Space');
    expect(await selected.count()).toBe(1);
    await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
    expect(await selected.count()).toBe(3);
    await cellAt(page, 'T1486^impact').click({ modifiers: ['Control'] });
    expect(await selected.count()).toBe(4);
    await page.getByRole('columnheader', { name: /^Impact/ }).click();
    expect(await selected.count()).toBe(15);
    expect(await page.locator('.status-bar').textContent()).toContain('selected');
    await press(page, 'Control+z');
    expect(await selected.count()).toBe(0);
    await press(page, 'Control+y');
    expect(await selected.count()).toBe(15);
    await page.context().close();
  });

  it('scores and colours what is selected; undo and redo go over every step; a reload keeps it', async () => {
    const page = await openMatrix(portolan);
    await button(page, '+ New').click();
    const target = cellAt(page, 'T1486^impact');
    const blank = await colorOf(target);
    await target.click({ modifiers: ['Control'] });
    await button(page, 'Annotate').click();
    await page.getByLabel('Score', { exact: true }).fill('100');
    await page.waitForFunction(
      () => document.querySelector('[data-key="T1486^impact"]')?.getAttribute('data-band') === '5',
    );
    expect(await colorOf(target)).toBe('rgb(19, 54, 111)');
    expect(await target.evaluate((element) => getComputedStyle(element).color)).toBe(
      'rgb(255, 255, 255)',
    );
    await button(page, 'Colour #31a354').click();
    expect(await colorOf(target)).toBe('rgb(49, 163, 84)');
    await button(page, 'By score').focus();
    await press(page, 'Control+z');
    expect(await colorOf(target)).toBe('rgb(19, 54, 111)');
    await press(page, 'Control+z');
    expect(await colorOf(target)).toBe(blank);
    await press(page, 'Control+y', 'Control+y');
    expect(await colorOf(target)).toBe('rgb(49, 163, 84)');
    await page.waitForTimeout(700);
    await page.reload();
    await page.getByRole('tab', { name: 'New layer', selected: true }).waitFor();
    await page.locator('[role=tabpanel][aria-busy=false] .matrix-cell').first().waitFor();
    expect(await colorOf(target)).toBe('rgb(49, 163, 84)');
    await page.context().close();
  });

  it('exports the same bytes as the command line: SVG, CSV, Markdown, JSON; and a workbook that opens', async () => {
    const page = await openMatrix(portolan);
    const layer = layerOf('Export me', { T1059: 40, 'T1059.001': 90, T1486: 0 });
    const path = fileOf(layer);
    await openFile(page, path, 'Export me');
    const text = readFileSync('data/attack/enterprise-attack-19.1.tsv', 'utf8');
    const { knowledgeBase } = parseCatalogue(text);
    const [read] = readLayers(readFileSync(path, 'utf8')).layers;
    if (knowledgeBase === undefined || read === undefined) throw new Error('expected both');
    for (const [format, label] of [
      ['svg', /^SVG/],
      ['csv', /^CSV/],
      ['markdown', /^Markdown/],
      ['json', /^JSON/],
    ] as const) {
      const exporter = EXPORTERS.find((each) => each.format === format);
      const expected = await exporter?.render({ layer: read, knowledgeBase });
      expect((await exportAs(page, label)).toString('utf8'), format).toBe(expected?.content);
    }
    const workbook = unzipSync(await exportAs(page, /^XLSX/));
    const strings = Object.entries(workbook)
      .filter(([name]) => /sharedStrings|sheet\d/.test(name))
      .map(([, bytes]) => strFromU8(bytes))
      .join('');
    expect(strings).toContain('PowerShell');
    const picture = await exportAs(page, /^PNG/);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    await page.context().close();
  });

  it('combines two layers by an expression', async () => {
    const page = await openMatrix(portolan);
    await openFile(
      page,
      fileOf(layerOf('One', { T1486: 30 }), layerOf('Two', { T1486: 12 })),
      'One',
    );
    await button(page, 'Combine').click();
    await page.getByLabel('Score', { exact: true }).fill('b + 2 * c');
    await page.getByLabel('Name of the result').fill('Sum');
    await page.locator('form').getByRole('button', { name: 'Combine' }).click();
    await page.getByRole('tab', { name: 'Sum', selected: true }).waitFor();
    await page.waitForFunction(
      () => document.querySelector('[data-key="T1486^impact"] [data-number="54"]') !== null,
    );
    await page.getByLabel('Score', { exact: true }).fill('b +');
    expect(await page.locator('#expression-help').textContent()).toMatch(/expected/);
    await page.context().close();
  });

  it('compares two layers side by side and as a layer', async () => {
    const page = await openMatrix(portolan);
    const before = layerOf('Before', { T1486: 30, T1059: 50, T1190: 10 });
    const after = layerOf('After', { T1486: 60, T1059: 20, T1133: 5 });
    await openFile(page, fileOf(before, after), 'Before');
    await button(page, 'Compare').click();
    await page
      .getByRole('combobox', { name: 'Before', exact: true })
      .selectOption({ label: 'Before' });
    await page
      .getByRole('combobox', { name: 'After', exact: true })
      .selectOption({ label: 'After' });
    await page.getByText('1 better').waitFor();
    const counts = await page.locator('.side .chip').allTextContents();
    expect(
      counts
        .map((count) => count.trim())
        .slice(0, 4)
        .sort(),
    ).toEqual(expect.arrayContaining(['1 better', '1 new', '1 worse']));
    expect(await page.getByRole('grid').count()).toBe(2);
    const changed = page.getByRole('grid', { name: /^After/ }).locator('[data-key="T1486^impact"]');
    expect(await changed.getAttribute('aria-label')).toMatch(/score 60, better$/);
    expect(page.url()).toMatch(/compare=tab-\d+,tab-\d+/);
    await button(page, 'Open as a layer').click();
    await page.getByRole('tab', { name: 'Before to After', selected: true }).waitFor();
    await page.context().close();
  });

  it('shares a layer by a link that another browser opens, and sends it to nobody', async () => {
    const page = await openMatrix(portolan);
    await openFile(page, fileOf(layerOf('Secret plan', { T1486: 77 })), 'Secret plan');
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Share by link …' }).click();
    const link = await page.getByLabel('Link', { exact: true }).inputValue();
    expect(new URL(link).hash).toMatch(/^#layer=/);
    const other = await portolan.newPage();
    const asked: string[] = [];
    other.on('request', (request) => asked.push(request.url()));
    await other.goto(link);
    await other.getByRole('tab', { name: 'Secret plan', selected: true }).waitFor();
    await cellAt(other, 'T1486^impact').locator('[data-number="77"]').waitFor();
    expect(asked.some((url) => url.includes('layer='))).toBe(false);
    await page.context().close();
    await other.context().close();
  });

  it('moves a layer of ATT&CK 14 to 19 with its list of steps, and back by undo', async () => {
    const page = await openMatrix(portolan);
    const old = layerOf('Old', { 'T1562.001': 8, 'T1059.001': 5 }, '14');
    await openFile(page, fileOf(old), 'Old');
    await page.locator('.status-bar', { hasText: 'ATT&CK 14.1' }).waitFor();
    expect(await page.getByRole('columnheader', { name: /^Defense Evasion/ }).count()).toBe(1);
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: /ATT&CK version/ }).click();
    await page.getByText('T1562.001').first().waitFor({ timeout: 30_000 });
    await button(page, 'Accept all').first().click();
    await button(page, 'Change to 19.1').click();
    await page.getByRole('columnheader', { name: /^Defense Impairment/ }).waitFor();
    await cellAt(page, 'T1685^defense-impairment').locator('[data-number="8"]').waitFor();
    await press(page, 'Control+z');
    await page.getByRole('columnheader', { name: /^Defense Evasion/ }).waitFor();
    await page.context().close();
  });

  it('goes back in time by a slider over the days with evidence', async () => {
    const page = await portolan.newPage();
    const days = ['2026-03-01', '2026-03-02', '2026-03-03'];
    await page.route('**/api/matrix/timeline*', (route) =>
      route.fulfill({
        json: {
          domain: 'enterprise-attack',
          changeCounter: 1,
          first: days[0],
          last: days[2],
          undated: 0,
          days: days.map((day, index) => ({ day, count: index + 1, techniques: [] })),
        },
      }),
    );
    await page.goto(`${portolan.url}/matrix`);
    await page.getByRole('button', { name: /^observed [1-9]/ }).waitFor();
    const asked = page.waitForRequest((request) => /\/api\/matrix\?.*until=/.test(request.url()));
    await page.getByLabel('Evidence up to').press('ArrowLeft');
    expect(new URL((await asked).url()).searchParams.get('until')).toBe('2026-03-03T00:00:00.000Z');
    await page.getByRole('button', { name: /^observed 0/ }).waitFor();
    expect(page.url()).toContain('until=2026-03-02');
    expect(await page.locator('.status-bar').textContent()).toContain('up to 2026-03-02');
    await page.locator('.matrix-cell').first().click();
    await press(page, 'Control+z');
    await page.getByRole('button', { name: /^observed [1-9]/ }).waitFor();
    await page.context().close();
  });

  it('takes over comments and links of all layers, and exports all layers in one file', async () => {
    const page = await openMatrix(portolan);
    const [one, two] = ['One', 'Two'].map((name) => ({
      ...layerOf(name, {}),
      techniques: [layerEntry('T1486', { score: 5, comment: `of ${name}` })],
    }));
    if (one === undefined || two === undefined) throw new Error('expected two layers');
    await openFile(page, fileOf(one, two), 'One');
    await button(page, 'Combine').click();
    await page.getByLabel('Score', { exact: true }).fill('b + c');
    await page.getByText('Take over from a layer').click();
    await page.getByLabel('Comments').selectOption('all');
    await page.locator('form').getByRole('button', { name: 'Combine' }).click();
    await page.getByRole('tab', { name: 'b + c', selected: true }).waitFor();
    const download = page.waitForEvent('download');
    await button(page, 'Export').click();
    await page.getByRole('radio', { name: /^JSON/ }).check();
    await page.getByLabel('All layers in one file').check();
    await button(page, 'Save file').click();
    const { layers } = readLayers((await bytesOf(await download)).toString('utf8'));
    expect(layers.map(({ name }) => name)).toEqual(['One', 'b + c', 'Two']);
    expect(layers[1]?.techniques[0]).toMatchObject({
      score: 10,
      comment: 'One: of One\nTwo: of Two',
    });
    await page.context().close();
  });

  it('finds by the palette what an old id has become, and opens it', async () => {
    const page = await openMatrix(portolan);
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: /Search ATT&CK/ }).fill('T1562.001');
    const option = page.getByRole('option', { name: /now T1685/ });
    await option.waitFor({ timeout: 30_000 });
    await press(page, 'Enter');
    await page.getByRole('complementary', { name: /^T1685/ }).waitFor();
    expect(page.url()).toContain('cell=T1685');
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: /Search ATT&CK/ }).fill('mimikats');
    await page.getByRole('option', { name: /Mimikatz/ }).waitFor();
    await page.context().close();
  });

  it('finds and selects the techniques of a group, a log source and a detection strategy', async () => {
    const page = await openMatrix(portolan);
    await button(page, 'Find').click();
    const among = page.getByLabel('Among');
    for (const [kind, words] of [
      ['group', 'APT29'],
      ['software', 'Mimikatz'],
      ['campaign', 'SolarWinds'],
      ['mitigation', 'Multi-factor'],
      ['data-component', 'Process Creation'],
      ['detection-strategy', 'DET00'],
      ['log-source', 'Sysmon'],
    ] as const) {
      await among.selectOption(kind);
      await page.getByLabel('Words to find').fill(words);
      await page.locator('.found button[aria-pressed]').first().click();
      await page.locator('.found button[aria-pressed="true"]').first().waitFor();
      await button(page, 'Deselect all').click();
      await page
        .locator('.found button[aria-pressed="true"]')
        .first()
        .waitFor({ state: 'detached' });
    }
    await page.context().close();
  });

  it('filters with and, or, not; shows the selection alone in one step; says what it cannot read', async () => {
    const page = await openMatrix(portolan, '?filter=id:T1059 not platform:windows');
    const cells = page.locator('[role=gridcell]');
    expect(await cells.count()).toBe(1);
    const filter = page.getByLabel('Filter');
    await filter.fill('score>');
    expect(await page.locator('#filter-error').textContent()).toContain('expected a value');
    await filter.fill('');
    await cellAt(page, 'T1486^impact').click({ modifiers: ['Control'] });
    await button(page, 'Select').click();
    await page.getByRole('menuitem', { name: 'Show only the selection' }).click();
    await page.waitForFunction(() => document.querySelectorAll('[role=gridcell]').length === 1);
    await press(page, 'Control+z');
    await page.waitForFunction(() => document.querySelectorAll('[role=gridcell]').length === 254);
    await page.context().close();
  });

  it('has the same techniques as a table that sorts', async () => {
    const page = await openMatrix(portolan);
    await button(page, 'View').click();
    await page.getByRole('menuitem', { name: /^Table/ }).click();
    const rows = page.locator('.matrix-table tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(872);
    await button(page, 'Technique').click();
    expect(await rows.first().textContent()).toContain('Abuse Elevation Control Mechanism');
    await page.context().close();
  });

  it('opens more than ten layers, and stands alone when it is embedded', async () => {
    const page = await openMatrix(portolan);
    const layers = Array.from({ length: 12 }, (_, index) =>
      layerOf(`L${index + 1}`, { T1486: index }),
    );
    await openFile(page, fileOf(...layers), 'L1');
    expect(await page.getByRole('tab').count()).toBe(13);
    await page.getByRole('tab', { name: 'L1', exact: true }).press('End');
    await page.getByRole('tab', { name: 'L12', selected: true }).waitFor();
    await page.context().close();
    const embedded = await openMatrix(portolan, '?embed=1');
    expect(await embedded.getByRole('grid').count()).toBe(1);
    expect(await embedded.getByRole('navigation').count()).toBe(0);
    expect(await embedded.getByRole('tablist').count()).toBe(0);
    await embedded.context().close();
  });

  it('shows hostile layers as text', async () => {
    const page = await openMatrix(portolan);
    const hostile = layerOf('<img src=x onerror=alert(1)>', { T1486: 1 });
    const entry = layerEntry('T1059', {
      comment: '"><script>document.title="owned"</script>',
      links: [{ kind: 'link', label: 'go', url: 'javascript:alert(1)', unknown: {} }],
    });
    const path = join(FILES, 'hostile.json');
    writeFileSync(path, writeLayers([{ ...hostile, techniques: [entry] }]));
    await openFile(page, path, hostile.name);
    await cellAt(page, 'T1059^execution').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /attack.mitre.org/ }).waitFor();
    expect(await page.getByRole('menuitem', { name: /^go/ }).count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await page.context().close();
  });

  it('loads 250 kB of scripts at most, asks nobody else, and breaks no policy', () => {
    expect(webSize(portolan.webFolder).js).toBeLessThanOrEqual(250_000);
    expect(portolan.strangers).toEqual([]);
    expect(portolan.faults).toEqual([]);
  });
});
