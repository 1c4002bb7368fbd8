import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningWeb, serveWeb } from '../../src/web/index.ts';
import { freePort } from '../support/crier.ts';
import { chromiumPath, launchBrowser } from './browser.ts';
import { codesIn, type House, openHouse, STORY } from './house.ts';

const FAULTS = readFileSync(new URL('./page-faults.js', import.meta.url), 'utf8');
const PHONE = { width: 360, height: 740 };

describe.skipIf(chromiumPath === null)('in a browser (needs Chromium: CHROMIUM_PATH or /usr/bin/chromium)', () => {
  let house: House;
  let web: RunningWeb;
  let browser: Browser;
  beforeAll(async () => {
    const port = await freePort();
    house = await openHouse({
      publicUrl: `http://127.0.0.1:${port}`,
      channels: ['telegram', 'discord', '!x'],
      mode: {
        preview: true,
        missing: ['TELEGRAM_BOT_TOKEN=1:x', 'PUBLIC_URL=https://x.example', 'OPENAI_API_KEY=sk-x'],
      },
    });
    web = await serveWeb(house.app, { host: '127.0.0.1', port });
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await house?.close();
  });

  /** A page of a fresh profile; everything that the browser complains of is in `complaints`. */
  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ baseURL: web.url, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(web.url)) complaints.push(`asked ${request.url()}`);
    });
    return { page, complaints };
  }

  test('a login link opens the dashboard, and articles come in with three previews each, without a reload', async () => {
    const { page, complaints } = await open();
    await page.goto(`/login/${await house.token()}`);
    await page.getByText('No articles yet').waitFor();
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await house.news([STORY, { ...STORY, title: 'Otrs stāsts', language: 'lv' }]);
    await page.getByRole('heading', { name: STORY.title }).waitFor();
    expect(await page.locator('.story').count()).toBe(2);
    for (const story of await page.locator('.story').all()) expect(await story.locator('.post').count()).toBe(3);
    for (const look of ['.telegram-post', '.discord-post', '.x-post']) {
      const box = await page.locator(look).first().boundingBox();
      expect(box?.height).toBeGreaterThan(60);
    }
    await page.getByRole('img', { name: /From article to lead: 2 articles, 6 posts/u }).waitFor();
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'sameDocument'))).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a post is approved in place, and the story shows it', async () => {
    const { page, complaints } = await open();
    await page.goto(`/login/${await house.token()}`);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    const story = page.locator('.story', { hasText: STORY.title });
    await story.getByRole('button', { name: 'Approve' }).click();
    await story.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'sameDocument'))).toBe(true);
    expect((await house.posts()).filter((view) => view.post.approvedBy === 'Owner')).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('everything works where no script runs', async () => {
    const { page, complaints } = await open({ javaScriptEnabled: false });
    await page.goto(`/login/${await house.token()}`);
    const story = page.locator('.story', { hasText: 'Otrs stāsts' });
    await story.getByText('Reject', { exact: true }).click();
    await story.getByLabel('Why?').fill('not ours');
    await story.getByRole('button', { name: 'Reject for good' }).click();
    await page.waitForURL(/#article-\d+$/u);
    await story.getByText('not ours').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in to see the dashboard' }).waitFor();
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await page.context().close();
  });

  test('a filter says what it would do while it is typed, and is saved', async () => {
    const { page, complaints } = await open({ viewport: PHONE });
    await page.goto(`/login/${await house.token()}`);
    await page.getByRole('link', { name: 'News Example', exact: true }).click();
    await page.getByText('would leave out none').waitFor();
    await page.getByLabel('Never with one of these words').fill('stāsts');
    await page.getByText('would leave out 1').waitFor();
    await page.getByLabel('Not older than').fill('soon');
    await page.getByText('when that field is in order').waitFor();
    await page.getByLabel('Not older than').fill('');
    await page.getByText('would leave out 1').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const [source] = await house.ports.store.sources.list(house.brand.id);
    expect(source?.filter.excludeWords).toEqual(['stāsts']);
    await page.getByLabel('Never with one of these words').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('would leave out none').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a reader fills the lead form without scripts, forgets to agree, agrees, and is thanked', async () => {
    const view = (await house.posts()).find((one) => one.article.language === 'lv');
    const { page, complaints } = await open({ javaScriptEnabled: false, viewport: PHONE });
    await page.goto(`/l/${codesIn(view?.post.text ?? '', 'l')[0]}`);
    expect(await page.getByRole('checkbox').isChecked()).toBe(false);
    await page.getByLabel('Vārds').fill('Inga');
    await page.getByLabel('E-pasts').fill('inga@example.com');
    await page.getByRole('button', { name: 'Nosūtīt' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('E-pasts').inputValue()).toBe('inga@example.com');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Nosūtīt' }).click();
    await page.getByRole('heading', { name: 'Paldies' }).waitFor();
    const [lead] = await house.ports.store.leads.list({ brandId: house.brand.id, limit: 1 });
    expect(lead?.touches[0]?.postId).toBe(view?.post.id);
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await page.context().close();
  });

  test('no text of others runs', async () => {
    const evil = [
      '<img src=x onerror="window.hit=1">',
      '"><script>window.hit=1</script>',
      '<svg onload="window.hit=1">',
    ];
    await house.news(
      evil.map((text, index) => ({
        ...STORY,
        title: text,
        author: text,
        text: `${text} ${STORY.text}`,
        guid: `evil-${index}`,
      })),
    );
    const { page, complaints } = await open();
    await page.goto(`/login/${await house.token()}`);
    const [view] = await house.posts();
    for (const path of ['/', '/leads', `/posts/${view?.post.id}`, `/p/${view?.post.code}`]) {
      await page.goto(path);
      expect(await page.evaluate(() => Object.hasOwn(globalThis, 'hit'))).toBe(false);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  describe.each([
    { scheme: 'light' as const, width: 1280 },
    { scheme: 'dark' as const, width: 1280 },
    { scheme: 'light' as const, width: PHONE.width },
  ])('every page in $scheme, $width pixels wide,', ({ scheme, width }) => {
    test('has names for what can be used, enough contrast, and nothing beyond its edge', async () => {
      const { page } = await open({ colorScheme: scheme, viewport: { width, height: 800 } });
      await page.goto(`/login/${await house.token()}`);
      const [view] = (await house.posts()).filter((one) => one.post.state === 'review');
      const [lead] = await house.ports.store.leads.list({ brandId: house.brand.id, limit: 1 });
      const lv = (await house.posts()).find((one) => one.article.language === 'lv');
      for (const path of [
        '/',
        '/leads',
        `/leads/${lead?.id}`,
        `/posts/${view?.post.id}`,
        '/sources/1',
        '/filter',
        `/p/${lv?.post.code}`,
        `/l/${codesIn(lv?.post.text ?? '', 'l')[0]}`,
        '/nothing',
        '/sample',
        '/sample/articles/bakery-asks-first',
      ]) {
        await page.goto(path);
        expect({ path, faults: await page.evaluate(FAULTS) }).toEqual({ path, faults: [] });
      }
      await page.context().close();
    });
  });
});
