/**
 * Makes docs/images/*.png from a Crier that really runs: a fresh data folder, the sample articles, some readers who
 * click and one who answers. Needs Chromium (CHROMIUM_PATH or /usr/bin/chromium). `node scripts/screenshots.ts`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { freePort, startCrier } from '../test/support/crier.ts';
import { launchBrowser } from '../test/web/browser.ts';

const IMAGES = join(import.meta.dirname, '..', 'docs', 'images');
const READER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** The sample's articles, and the posts that three preview channels make of them. */
const [ARTICLES, POSTS] = [5, 15];

const folder = await mkdtemp(join(tmpdir(), 'crier-screenshots-'));
const crier = await startCrier({ DATA_DIR: folder, PORT: String(await freePort()) });
const browser = await launchBrowser();
try {
  const page = await openDashboard(browser);
  await answer(page);
  await shoot(page, '/', 'dashboard', { height: 1480 });
  await shoot(page, '/', 'dashboard-dark', { height: 1480, scheme: 'dark' });
  await shoot(page, '/', 'dashboard-phone', { width: 390, height: 844 });
  await shoot(page, '/leads', 'leads', { height: 420 });
  await page.goto(`${crier.url}/`);
  const provenance = await page.locator('article[id]', { hasText: 'bakery' }).locator('a[href^="/p/"]').first();
  await shoot(page, (await provenance.getAttribute('href')) ?? '', 'provenance', { width: 900, height: 1000 });
  await shoot(page, await formAddress(page, 'zobārst'), 'lead-form', { width: 390, height: 1020 });
} finally {
  await browser.close();
  await crier.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Logs in and waits until every sample article is posted everywhere. */
async function openDashboard(on: Browser): Promise<Page> {
  const page = await (await on.newContext({ baseURL: crier.url })).newPage();
  await page.goto(crier.loginUrl);
  await page
    .locator('.story')
    .nth(ARTICLES - 1)
    .waitFor();
  await page
    .getByRole('img', { name: `${POSTS} delivered` })
    .first()
    .waitFor();
  return page;
}

/** The lead form's address in the posts of the article whose title contains `words`. */
async function formAddress(page: Page, words: string): Promise<string> {
  await page.goto('/');
  const link = page.locator('.story', { hasText: words }).locator('a[href*="/l/"]').first();
  return new URL((await link.getAttribute('href')) ?? '').pathname;
}

/** Readers follow links from the posts, and one of them asks a question. */
async function answer(page: Page): Promise<void> {
  const links = await page
    .locator('.shown a[href*="/r/"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const [index, link] of links.entries())
    for (let times = 0; times < (index * 7) % 4; times++)
      await fetch(link ?? '', { redirect: 'manual', headers: { 'user-agent': READER } });
  await page.goto(await formAddress(page, 'zobārst'));
  await page.locator('#name').fill('Līga Paraudziņa');
  await page.locator('#email').fill('liga.paraudzina@example.com');
  await page.locator('#message').fill('Mums ir neliela klīnika Cēsīs. Vai varat parādīt savu piekrišanas veidlapu?');
  await page.locator('#agreed').check();
  await page.locator('button.primary').click();
  await page.locator('.message').waitFor();
}

async function shoot(
  page: Page,
  path: string,
  name: string,
  { width = 1280, height, scheme = 'light' }: { width?: number; height: number; scheme?: 'light' | 'dark' },
): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme });
  await page.goto(path);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
