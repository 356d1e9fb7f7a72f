import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, cellAt } from './matrix-kit.js';
import { CHROMIUM, type OpenedPortolan, openPortolan } from './open-portolan.js';

const EXAMPLE = 'examples/investigation';
// A busy machine takes its time.
const PATIENT = { timeout: 20_000 };
const SETUP = 'a-token-of-the-test';
const PASSWORD = 'correct horse battery';

/** Drops files as a browser gives them to a page. */
async function dropFiles(page: Page, target: Locator, names: readonly string[]): Promise<void> {
  const files = names.map((name) => ({
    name,
    text: readFileSync(join(EXAMPLE, name), 'utf8'),
  }));
  const transfer = await page.evaluateHandle((given) => {
    const made = new DataTransfer();
    for (const { name, text } of given) made.items.add(new File([text], name));
    return made;
  }, files);
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}

const colorOf = (cell: Locator): Promise<string> =>
  cell.evaluate((element) => getComputedStyle(element).backgroundColor);

describe.skipIf(!existsSync(CHROMIUM))(`a first investigation (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan();
  });
  afterAll(async () => portolan?.close());

  it('drops logs, watches them read, finds a technique, rejects its evidence and takes that back', async () => {
    const page = await portolan.newPage();
    await page.goto(`${portolan.url}/home`);
    await page.getByText('Nothing is here yet').waitFor();
    await page.getByRole('link', { name: 'Bring in files' }).click();
    const logs = readdirSync(EXAMPLE).filter((name) => name.includes('windows'));
    expect(logs.length).toBeGreaterThan(1);
    await dropFiles(page, page.locator('.drop-zone'), logs);
    await page.locator('.state-done').first().waitFor();
    await expect
      .poll(() => page.locator('li.panel').first().textContent(), PATIENT)
      .toMatch(/\d+ events, \d+ tech/);

    await page.keyboard.press('Control+k');
    await page.getByLabel('Search ATT&CK and pages').fill('lsass memory');
    await page
      .getByRole('option', { name: /T1003\.001/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    const cell = cellAt(page, 'T1003.001^credential-access');
    await cell.waitFor();
    const drawer = page.locator('.evidence-list');
    await drawer.locator('.evidence').first().waitFor();
    await drawer.locator('mark').first().waitFor();
    const before = await colorOf(cell);

    const pieces = await drawer.locator('.evidence').count();
    for (let place = 0; place < pieces; place += 1) {
      const reject = drawer.getByRole('button', { name: 'Reject', exact: true }).nth(place);
      await reject.click();
      await page.locator(`.evidence.status-rejected >> nth=${place}`).waitFor();
    }
    await expect.poll(() => colorOf(cell), PATIENT).not.toBe(before);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('taken back').first().waitFor();
    await expect.poll(() => colorOf(cell), PATIENT).not.toBe('');
    await drawer.getByRole('button', { name: 'History' }).last().click();
    await page.getByText('(taken back)').waitFor();
    await page.context().close();
  });

  it('narrows the investigation by a host, opens evidence, and accepts many at once', async () => {
    const page = await portolan.newPage();
    await page.goto(`${portolan.url}/investigation`);
    await page.getByRole('button', { name: /^DC01\.example\.com/ }).click();
    expect(page.url()).toContain('subject=DC01');
    await page.getByRole('table').waitFor();
    const rows = page.locator('tbody tr[id]');
    expect(await rows.count()).toBeGreaterThan(1);
    await rows.first().getByRole('button').click();
    await page.locator('.evidence').first().waitFor();
    await page.getByLabel('Choose all that are shown').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Accept' }).click();
    await expect
      .poll(() => page.locator('tbody .chip.status-accepted').count(), PATIENT)
      .toBe(await rows.count());
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('tbody .chip.status-accepted').count(), PATIENT).toBe(0);
    await page.context().close();
  });

  it('shows a page for each kind of object and every place of the head', async () => {
    const page = await portolan.newPage();
    for (const [path, words] of [
      ['/techniques/T1003.001', 'Our evidence'],
      ['/groups/G0016', 'Our evidence, our gaps'],
      ['/software/S0002', 'Mimikatz'],
      ['/mitigations/M1026', 'Privileged Account Management'],
      ['/techniques/T1562.001', 'now'],
      ['/rules', 'Account'],
      ['/versions', 'What changed'],
      ['/reports', 'No report was read yet'],
      ['/settings', 'portolan.yaml'],
      ['/guide', 'Follow the attacker'],
      ['/nowhere', 'No such page'],
    ] as const) {
      await page.goto(`${portolan.url}${path}`);
      await page.locator('main').getByText(words).first().waitFor();
    }
    await page.context().close();
    expect(portolan.strangers).toEqual([]);
  });
});

describe.skipIf(!existsSync(CHROMIUM))(`signing in (needs ${CHROMIUM})`, () => {
  let portolan: OpenedPortolan;
  beforeAll(async () => {
    portolan = await openPortolan({ settings: { requiresSignIn: true, setupToken: SETUP } });
  });
  afterAll(async () => portolan?.close());

  it('makes the first admin, adds a viewer, and refuses the viewer a write', async () => {
    const page = await portolan.newPage();
    await page.goto(`${portolan.url}/settings`);
    await page.getByLabel('Token from the terminal').fill(SETUP);
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Password, 12').fill(PASSWORD);
    await button(page, 'Make the account').click();
    await page.getByText('Signed in as').waitFor();
    const users = page.locator('section', { has: page.getByRole('heading', { name: 'Users' }) });
    await users.getByLabel('Name').fill('vera');
    await users.getByLabel('Password, 12').fill(PASSWORD);
    await button(page, 'Add a user').click();
    await users.getByText('vera').waitFor();
    await button(page, 'Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.getByLabel('Name').fill('vera');
    await page.getByLabel('Password').fill(PASSWORD);
    await button(page, 'Sign in').click();
    await page.getByText('Signed in as').waitFor();
    expect(await page.getByRole('heading', { name: 'Users' }).count()).toBe(0);
    await page.goto(`${portolan.url}/imports`);
    await button(page, 'Load the example').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(
      /role|may not|not allowed|analyst/i,
    );
    await page.context().close();
  });

  it('asks who you are before it shows anything', async () => {
    const page = await portolan.newPage();
    await page.goto(`${portolan.url}/matrix`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('.matrix-cell').count()).toBe(0);
    await page.context().close();
  });
});
