import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { emptyLayer, type Layer, safeGradient, writeLayers } from '../../src/layers/index.js';
import { layerEntry } from '../contract/exporter-layers.js';
import type { OpenedPortolan, PageOptions } from './open-portolan.js';

/** A folder for the files of a test run; the system clears it. */
export const FILES = mkdtempSync(join(tmpdir(), 'portolan-layers-'));

/** A layer with scores by technique. @param attack its version of ATT&CK. */
export function layerOf(
  name: string,
  scores: Readonly<Record<string, number>>,
  attack = '19.1',
): Layer {
  return {
    ...emptyLayer({ name, domain: 'enterprise-attack', attackVersion: attack }),
    gradient: safeGradient(0, 100),
    techniques: Object.entries(scores).map(([id, score]) => layerEntry(id, { score })),
  };
}

/** A file of layers. */
export function fileOf(...layers: readonly Layer[]): string {
  const path = join(FILES, `${layers.length} ${layers[0]?.name.replaceAll(/\W/g, '-') ?? ''}.json`);
  writeFileSync(path, writeLayers(layers));
  return path;
}

/** The matrix in a browser that has kept nothing, once its cells are there. */
export async function openMatrix(
  portolan: OpenedPortolan,
  query = '',
  options: PageOptions = {},
): Promise<Page> {
  const page = await portolan.newPage(options);
  await page.goto(`${portolan.url}/matrix${query}`);
  await page.locator('[role=tabpanel][aria-busy=false] .matrix-cell').first().waitFor();
  return page;
}

export const cellAt = (page: Page, key: string): Locator => page.locator(`[data-key="${key}"]`);

export const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Chooses a line of a menu of the toolbar. */
export async function choose(page: Page, menu: string, line: string | RegExp): Promise<void> {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: line }).click();
}

/** Opens a file of layers. @param name of the one that comes to the front. */
export async function openFile(page: Page, path: string, name: string): Promise<void> {
  await button(page, 'Open …').click();
  await page.getByLabel('Layer files').setInputFiles(path);
  await page.getByRole('tab', { name, exact: true, selected: true }).waitFor();
}
