import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READING_EXPORTERS } from '../../src/exporters/index.js';
import type { ReportReading } from '../../src/reports/index.js';
import {
  HOSTILE_TEXTS,
  hostileReading,
  sampleAttack,
  sampleReading,
} from '../contract/sample-readings.js';

const CHROMIUM = '/usr/bin/chromium';

describe.skipIf(!existsSync(CHROMIUM))(`the HTML of read in a browser (needs ${CHROMIUM})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-reading-'));
  let context: BrowserContext;

  beforeAll(async () => {
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
    await context.setOffline(true);
  });

  afterAll(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(name: string, readings: readonly ReportReading[]) {
    const exporter = READING_EXPORTERS.find(({ format }) => format === 'html');
    const rendering = await exporter?.render({
      readings,
      knowledgeBase: sampleAttack(),
      issues: [],
      options: {
        includeReview: false,
        includeText: false,
        now: '2026-11-24T12:00:00.000Z',
        creator: undefined,
        tlp: undefined,
      },
    });
    const path = join(folder, `${name}.html`);
    writeFileSync(path, rendering?.content ?? '');
    const url = pathToFileURL(path).href;
    const page = await context.newPage();
    const events: string[] = [];
    page.on('console', (message) => events.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => events.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      events.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== url) events.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, events };
  }

  const count = (page: Page, selector: string) => page.locator(selector).count();

  it('shows the text as it was, with its marks, and asks no network', async () => {
    const { page, events } = await open('sample', [sampleReading()]);
    const text = ((await page.locator('.text').textContent()) ?? '').replace(/\s+/g, ' ');
    expect(text).toContain('APT29 sent a document that ran PowerShell');
    expect(
      await page.locator('mark', { hasText: 'T1041' }).first().getAttribute('title'),
    ).toContain('Exfiltration Over C2 Channel');
    expect(await count(page, '.found li:visible')).toBeGreaterThan(5);
    expect(events).toEqual([]);
    await page.close();
  });

  it('chooses lanes, shows what waits when asked to, goes from mark to mark', async () => {
    const { page, events } = await open('lanes', [sampleReading()]);
    const scheduled = page.locator('mark', { hasText: 'scheduled tasks' });
    expect(await scheduled.getAttribute('class')).toContain('off');
    await page.check('#lane-review');
    expect(await scheduled.getAttribute('class')).not.toContain('off');
    await page.uncheck('#lane-explicit');
    expect(await page.locator('mark', { hasText: /^T1041$/ }).getAttribute('class')).toContain(
      'off',
    );
    await page.click('#next');
    expect(await count(page, 'mark.now')).toBe(1);
    await page.keyboard.press('n');
    expect(await page.locator('#place').textContent()).toMatch(/^2 of \d+/);
    await page.locator('.found a[href^="#r1-"]').first().click();
    expect(page.url()).toMatch(/#r1-\d+$/);
    expect(events).toEqual([]);
    await page.close();
  });

  it('runs nothing of a report and shows it as it was written', async () => {
    const { page, events } = await open('hostile', [hostileReading(), sampleReading()]);
    expect(await count(page, 'script')).toBe(1);
    expect(
      await count(page, 'img, iframe, base, svg, [onload], [onerror], [onfocus], [autofocus]'),
    ).toBe(0);
    expect(await page.title()).toBe('Threat reports');
    const text = (await page.locator('.text').first().textContent()) ?? '';
    for (const hostile of HOSTILE_TEXTS.slice(0, -1)) expect(text).toContain(hostile);
    expect(text).toContain('\\u202egnp.exe');
    expect(events).toEqual([]);
    await page.close();
  });

  it('fits a narrow screen', async () => {
    const { page } = await open('narrow', [sampleReading(), hostileReading()]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.close();
  });
});
