import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapEvents } from '../../src/app/map-events.js';
import { toMapHtml } from '../../src/app/map-report.js';

const CHROMIUM = '/usr/bin/chromium';
const RULE = `title: <img src=x onerror=alert(1)>
logsource: {product: windows, category: process_creation}
detection: {a: {CommandLine|contains: whoami}, condition: a}
level: high
tags: [attack.discovery, attack.t1033]
`;
// Each breaks out of another place: text, attribute, script, style, comment, template.
const HOSTILE = [
  '<script>document.title="owned"</script>',
  '"><img src=x onerror=alert(1)>',
  `' autofocus onfocus=alert(1) x='`,
  '</script><script>alert(1)</script>',
  '</style><svg onload=alert(1)>',
  '--><iframe src="javascript:alert(1)"></iframe>',
  '</title></details><base href="http://example.com/">',
  'javascript:alert(1)//',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202egnp.exe\u0000\u0007\u001b[2J\u2028\u200b',
];

describe.skipIf(!existsSync(CHROMIUM))(`the HTML of map in a browser (needs ${CHROMIUM})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-report-'));
  let context: BrowserContext;

  beforeAll(async () => {
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
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
    await context.setOffline(true);
  });

  afterAll(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function write(name: string, paths: readonly string[], rules?: readonly string[]) {
    const own = rules === undefined ? {} : { rules, ownRules: false };
    const html = await toMapHtml(await mapEvents({ paths, minConfidence: 0, ...own }));
    const path = join(folder, name);
    writeFileSync(path, html);
    return { html, url: pathToFileURL(path).href };
  }

  interface Watched {
    readonly page: Page;
    /** Errors, console messages, dialogs, requests to anything but the file. */
    readonly events: string[];
  }

  async function open(url: string): Promise<Watched> {
    const page = await context.newPage();
    const events: string[] = [];
    page.on('console', (message) => events.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => events.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== url) events.push(`request: ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      events.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url);
    return { page, events };
  }

  const count = (page: Page, selector: string) => page.locator(selector).count();

  it('shows matrix, timeline and evidence with no network, and complains of nothing', async () => {
    const { url } = await write('example.html', ['examples/investigation']);
    const { page, events } = await open(url);
    const techniques = await count(page, 'details.technique');
    expect(techniques).toBeGreaterThan(30);
    expect(await page.locator('.matrix a.cell[href="#T1003.001"]').first().isVisible()).toBe(true);
    expect(
      await page.locator('.matrix .cell.none').filter({ hasText: 'T1496' }).first().isVisible(),
    ).toBe(false);
    expect(await count(page, 'svg.timeline circle')).toBeGreaterThan(30);
    expect(await count(page, 'details[open]')).toBe(0);
    expect(events).toEqual([]);
    await page.close();
  });

  it('opens the evidence of a cell, by mouse and by keyboard', async () => {
    const { url } = await write('cell.html', ['examples/investigation']);
    const { page } = await open(url);
    await page.locator('.matrix a.cell[href="#T1003.001"]').first().click();
    await page.locator('[id="T1003.001"][open]').waitFor();
    expect(await page.locator('[id="T1003.001"] table').isVisible()).toBe(true);
    await page.locator('.matrix a.cell[href="#T1105"]').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('[id="T1105"][open]').waitFor();
    await page.locator('[id="T1105"] > summary').focus();
    await page.keyboard.press('Space');
    await page.locator('[id="T1105"]:not([open])').waitFor();
    await page.close();
  });

  it('filters the evidence, opens and closes all, shows techniques that were not seen', async () => {
    const { url } = await write('filter.html', ['examples/investigation']);
    const { page, events } = await open(url);
    await page.fill('#filter', 'rclone files01');
    expect(await count(page, 'details.technique:not([hidden])')).toBe(1);
    expect(await page.locator('#filter-count').textContent()).toMatch(/^1 of \d+ techniques$/);
    await page.fill('#filter', '');
    await page.click('#open-all');
    expect(await count(page, 'details.technique:not([open])')).toBe(0);
    await page.click('#close-all');
    expect(await count(page, 'details.technique[open]')).toBe(0);
    await page.check('#show-all');
    expect(
      await page.locator('.matrix .cell.none').filter({ hasText: 'T1496' }).first().isVisible(),
    ).toBe(true);
    expect(events).toEqual([]);
    await page.close();
  });

  it('has everything open without script', async () => {
    const { url } = await write('no-script.html', ['examples/investigation']);
    const browser = context.browser();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.goto(url);
    expect(browser === null || browser.isConnected()).toBe(true);
    expect(await count(page, 'details.technique:not([open])')).toBe(0);
    expect(await page.locator('table.evidence').first().isVisible()).toBe(true);
    expect(await page.locator('.tools').isVisible()).toBe(false);
    await page.close();
  });

  it('runs nothing of a log and shows it as it was written', async () => {
    const events = HOSTILE.map((text, index) =>
      JSON.stringify({
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        EventID: 1,
        UtcTime: `2026-03-03 08:00:0${index % 10}.000`,
        CommandLine: `whoami ${text}`,
        Computer: text,
        User: text,
      }),
    );
    const log = join(folder, `a"><img src=x onerror=alert(1)>'.ndjson`.replaceAll('/', ''));
    const huge = JSON.stringify({
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Computer: 'huge',
      CommandLine: `whoami ${'A'.repeat(1_000_000)}`,
    });
    writeFileSync(log, `${huge}\n${events.join('\n')}\n{"<b>":\n`);
    const rule = join(folder, 'rule.yml');
    writeFileSync(rule, RULE);
    const { html, url } = await write('hostile.html', [log], [rule]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202e\u2028]/);
    expect(html.length).toBeLessThan(1_000_000);
    const { page, events: seen } = await open(url);
    await page.click('#open-all');
    expect(await count(page, 'script')).toBe(1);
    expect(
      await count(page, 'img, iframe, base, main [onload], [onerror], [onfocus], [autofocus]'),
    ).toBe(0);
    expect(await page.title()).toBe('What these logs show');
    const text = (await page.locator('main').textContent()) ?? '';
    for (const hostile of HOSTILE.slice(0, -1)) expect(text).toContain(hostile);
    expect(text).toContain('\\u202egnp.exe');
    expect(text).toContain('[cut: 1000007 characters]');
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(seen).toEqual([]);
    await page.close();
  });

  it('fits a narrow screen and names every column and region', async () => {
    const { url } = await write('narrow.html', ['examples/investigation']);
    const { page } = await open(url);
    await page.setViewportSize({ width: 390, height: 844 });
    const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(isWide).toBe(false);
    const bare = await page.evaluate(
      "[...document.querySelectorAll('thead th:not([scope]), [role=region]:not([aria-label]), input:not([id])')].length",
    );
    expect(bare).toBe(0);
    await page.close();
  });
});
