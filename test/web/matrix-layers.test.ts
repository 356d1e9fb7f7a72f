import { existsSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  button,
  cellAt,
  choose,
  fileOf,
  layerOf,
  openFile,
  openMatrix,
  press,
} from './matrix-kit.js';
import { CHROMIUM, type OpenedPortolan, openPortolan } from './open-portolan.js';

describe.skipIf(!existsSync(CHROMIUM))(`layers in the matrix (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan();
  });
  afterAll(async () => portolan?.close());

  const scored = layerOf('Scored', { T1486: 90, T1490: 10, T1059: 50, 'T1059.001': 70 });
  async function openScored(): Promise<Page> {
    const page = await openMatrix(portolan);
    await openFile(page, fileOf(scored), 'Scored');
    return page;
  }
  const selected = (page: Page): Locator => page.locator('[role=gridcell][aria-selected=true]');
  const styleOf = (target: Locator, name: 'backgroundColor' | 'color'): Promise<string> =>
    target.evaluate((element, property) => getComputedStyle(element)[property], name);

  it('writes comment, links, metadata and state of the selection, and clears them', async () => {
    const page = await openScored();
    await cellAt(page, 'T1486^impact').click({ modifiers: ['Control'] });
    await button(page, 'Annotate').click();
    await page.getByLabel('Comment').fill('Backups were tested');
    const links = page.getByRole('group', { name: 'Links' });
    await links.getByRole('button', { name: 'Add', exact: true }).click();
    await links.getByPlaceholder('Label').fill('Report');
    await links.getByPlaceholder('https://…').fill('https://example.com/report');
    const metadata = page.getByRole('group', { name: 'Metadata' });
    await metadata.getByRole('button', { name: 'Add', exact: true }).click();
    await metadata.getByPlaceholder('Name').fill('owner');
    await metadata.getByPlaceholder('Value').fill('mara');
    await page.getByLabel('Enabled').uncheck();
    const cell = cellAt(page, 'T1486^impact');
    expect(await cell.getAttribute('aria-label')).toMatch(
      /disabled, no score, has a comment, has links, has metadata$/,
    );
    await cell.click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Report/ }).waitFor();
    await page.getByRole('menuitem', { name: 'Enable T1486' }).click();
    await cell.click();
    await page.getByRole('complementary').getByText('Backups were tested').waitFor();
    await page.getByRole('complementary').getByText('mara').waitFor();
    await button(page, 'Annotate').click();
    await button(page, 'Clear annotations').click();
    expect(await cell.getAttribute('aria-label')).toMatch(/no score$/);
    await page.context().close();
  });

  it('lays out, sorts, shows ids, aggregates and hides what is disabled', async () => {
    const page = await openScored();
    await choose(page, 'View', 'Sub-techniques below');
    await choose(page, 'View', 'Open annotated');
    await cellAt(page, 'T1059.001^execution').waitFor();
    expect(await cellAt(page, 'T1003.001^credential-access').count()).toBe(0);
    await choose(page, 'View', 'IDs');
    expect(await cellAt(page, 'T1486^impact').locator('.matrix-id').isVisible()).toBe(true);
    await choose(page, 'Sort', 'Score, highest first');
    const impact = page.locator('[data-key$="^impact"]');
    expect(await impact.first().getAttribute('data-key')).toBe('T1486^impact');
    await choose(page, 'View', 'Show aggregate scores');
    await choose(page, 'View', 'Highest');
    expect(await cellAt(page, 'T1059^execution').getAttribute('aria-label')).toContain('score 70');
    await choose(page, 'View', 'Mini');
    expect(await page.getByRole('grid').getAttribute('data-layout')).toBe('mini');
    await cellAt(page, 'T1490^impact').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Disable T1490' }).click();
    await choose(page, 'Platforms', 'Hide disabled techniques');
    await cellAt(page, 'T1490^impact').waitFor({ state: 'detached' });
    await press(page, 'Control+z');
    await cellAt(page, 'T1490^impact').waitFor();
    await page.context().close();
  });

  it('filters by platform, each sub-technique by its own', async () => {
    const page = await openScored();
    await choose(page, 'View', 'Open all');
    await choose(page, 'Platforms', 'macOS');
    await cellAt(page, 'T1059.001^execution').waitFor({ state: 'detached' });
    await cellAt(page, 'T1059.002^execution').waitFor();
    await choose(page, 'Platforms (1)', 'All platforms');
    await cellAt(page, 'T1059.001^execution').waitFor();
    await page.context().close();
  });

  it('changes gradient, its colours and range, legend, tactic row, name and description', async () => {
    const page = await openScored();
    const cell = cellAt(page, 'T1486^impact');
    const before = await styleOf(cell, 'backgroundColor');
    await button(page, 'Layer').click();
    await page.getByLabel('Preset').selectOption('redgreen');
    const coloured = await styleOf(cell, 'backgroundColor');
    expect(coloured).not.toBe(before);
    await page.getByLabel('Highest score').fill('90');
    await page.getByLabel('Highest score').blur();
    await page.waitForFunction(
      () =>
        getComputedStyle(document.querySelector('[data-key="T1486^impact"]') ?? document.body)
          .backgroundColor === 'rgb(142, 200, 67)',
    );
    await button(page, 'Add a colour').click();
    expect(await page.getByLabel(/^Colour \d of 4$/).count()).toBe(4);
    const legend = page.getByRole('group', { name: 'Legend' });
    await legend.getByRole('button', { name: 'Add', exact: true }).click();
    await legend.getByPlaceholder('Label').fill('tested');
    await page.locator('.status-bar').getByText('tested').waitFor();
    await page.getByLabel('Colour the row of tactics').check();
    const head = page.getByRole('columnheader').first();
    expect(await styleOf(head, 'backgroundColor')).toBe('rgb(221, 221, 221)');
    await page.getByLabel('Name', { exact: true }).fill('Renamed');
    await page.getByRole('tab', { name: 'Renamed', selected: true }).waitFor();
    await page.context().close();
  });

  it('makes a layer of another domain and version, and shows the evidence of another domain', async () => {
    const page = await openMatrix(portolan);
    await button(page, 'Open …').click();
    await page.getByLabel('Domain and version').selectOption({ label: 'ICS 18.1' });
    await button(page, 'Create').click();
    await page.getByRole('columnheader', { name: /^Impair Process Control/ }).waitFor();
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await page.getByLabel('Domain', { exact: true }).selectOption('Mobile');
    await page.locator('[data-key="T1430^collection"]').waitFor();
    await press(page, 'Control+z');
    await cellAt(page, 'T1486^impact').waitFor();
    await page.context().close();
  });

  it('renames, moves, duplicates and closes tabs, and undo brings them back', async () => {
    const page = await openScored();
    const names = (): Promise<string[]> => page.getByRole('tab').allTextContents();
    const tab = page.getByRole('tab', { name: 'Scored', exact: true });
    await tab.dblclick();
    await page.getByLabel('Name of the layer').fill('Mine');
    await press(page, 'Enter');
    expect(await names()).toEqual(['Evidence', 'Mine']);
    await choose(page, 'More', 'Duplicate');
    expect(await names()).toEqual(['Evidence', 'Mine', 'Mine 2']);
    await page.getByRole('tab', { name: 'Mine 2' }).press('Control+Shift+ArrowLeft');
    expect(await names()).toEqual(['Evidence', 'Mine 2', 'Mine']);
    await button(page, 'Close Mine 2').click();
    expect(await names()).toEqual(['Evidence', 'Mine']);
    await press(page, 'Control+z');
    expect(await names()).toEqual(['Evidence', 'Mine 2', 'Mine']);
    await page.context().close();
  });

  it('selects by its menus and by the three behaviours', async () => {
    const page = await openScored();
    await choose(page, 'Select', 'Select annotated');
    expect(await selected(page).count()).toBe(3);
    await choose(page, 'Select', 'Invert the selection');
    expect(await page.locator('.status-bar').textContent()).toContain('868 selected');
    await choose(page, 'Select', 'Select none');
    await cellAt(page, 'T1486^impact').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Select all in this tactic' }).click();
    expect(
      await page.locator('.matrix [aria-selected=true]:not([data-key$="^impact"])').count(),
    ).toBe(0);
    await choose(page, 'Select', 'Select none');
    await choose(page, 'Select', /^Techniques in all their tactics/);
    await cellAt(page, 'T1078^persistence').click({ modifiers: ['Control'] });
    expect(await selected(page).count()).toBe(1);
    await choose(page, 'Select', /^Techniques in all their tactics/);
    await choose(page, 'Select', /^Sub-techniques with their technique/);
    await cellAt(page, 'T1003^credential-access').click({ modifiers: ['Control'] });
    expect(await page.locator('.status-bar').textContent()).toContain('10 selected');
    await page.context().close();
  });

  it('points out in the matrix what is hovered in the results', async () => {
    const page = await openScored();
    await button(page, 'Find').click();
    await page.getByLabel('Among').selectOption('group');
    await page.getByLabel('Words to find').fill('APT29');
    await page.locator('.found').first().hover();
    await page.locator('[data-marked]').first().waitFor();
    expect(await page.locator('[data-marked]').count()).toBeGreaterThan(20);
    await page.context().close();
  });

  it('fetches by address through the server, which refuses its own network and says so', async () => {
    const page = await portolan.newPage();
    await page.goto(`${portolan.url}/matrix#layerURL=http://127.0.0.1:9/layer.json`);
    const problem = page.getByRole('alert');
    await problem.waitFor();
    expect(await problem.textContent()).toMatch(/127\.0\.0\.1/);
    expect(page.url()).not.toContain('layerURL');
    portolan.faults.length = 0;
    await page.context().close();
  });

  it('keeps a layer in the workspace, from where another browser opens it', async () => {
    const page = await openScored();
    await button(page, 'Layer').click();
    await button(page, 'Save to the workspace').click();
    await page.getByText('Saved.').waitFor();
    const other = await openMatrix(portolan);
    await button(other, 'Open …').click();
    await other.getByRole('dialog').getByRole('button', { name: 'Scored' }).click();
    await other.getByRole('tab', { name: 'Scored', selected: true }).waitFor();
    await cellAt(other, 'T1486^impact').locator('[data-number="90"]').waitFor();
    await page.context().close();
    await other.context().close();
  });

  it('asks nobody else and breaks no policy', () => {
    expect(portolan.strangers).toEqual([]);
    expect(portolan.faults).toEqual([]);
  });
});
