import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { settableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type RunningWeb, SAMPLE_FEED_PATH, sampleApp, serveWeb } from '../../src/web/index.ts';
import { sampleArticles } from '../../src/web/sample/articles/index.ts';

const clock = settableClock(new Date('2026-11-23T12:00:00.500Z'));
let web: RunningWeb;
beforeAll(async () => {
  web = await serveWeb(sampleApp(clock), { host: '127.0.0.1', port: 0 });
});
afterAll(() => web.close());

describe('the sample source', () => {
  test('has two English, two Latvian and one Russian article of five to nine paragraphs', () => {
    expect(sampleArticles.map((article) => article.language).sort()).toEqual(['en', 'en', 'lv', 'lv', 'ru']);
    for (const article of sampleArticles) {
      expect(article.paragraphs.length).toBeGreaterThanOrEqual(5);
      expect(article.paragraphs.length).toBeLessThanOrEqual(9);
      expect(article.paragraphs.join(' ')).toMatch(/\d/u);
      expect(article.paragraphs.join(' ')).toMatch(/[“«].{20,}[”»]/u);
    }
  });

  test('is read by our own feed reader and article extractor as any other source', async () => {
    const feeds = createFeeds({ allowPrivate: [new URL(web.url).host], userAgent: 'Crier/test', log: silentLog });
    try {
      const signal = AbortSignal.timeout(15_000);
      const answer = await feeds.poll({ url: web.url + SAMPLE_FEED_PATH, etag: null, lastModified: null }, signal);
      if (answer.kind !== 'changed') throw new Error('the first poll must bring the feed');
      expect(answer.entries).toHaveLength(5);
      for (const [index, entry] of answer.entries.entries()) {
        const article = sampleArticles[index];
        if (article === undefined) throw new Error('more entries than articles');
        expect(entry).toMatchObject({
          guid: `crier-sample:${article.slug}`,
          title: article.title,
          author: article.author,
        });
        const read = await feeds.read(entry.url, entry, signal);
        expect(read).toMatchObject({ title: article.title, language: article.language, textFrom: 'page' });
        expect(read.publishedAt?.getTime()).toBe(
          new Date('2026-11-23T12:00:00Z').getTime() - article.hoursAgo * 3_600_000,
        );
        expect(read.text.split('\n\n')).toEqual(article.paragraphs);
      }
      const again = await feeds.poll(
        { url: web.url + SAMPLE_FEED_PATH, etag: answer.etag, lastModified: answer.lastModified },
        signal,
      );
      expect(again).toEqual({ kind: 'unchanged', freshMs: 0, movedTo: null });
    } finally {
      await feeds.close();
    }
  });

  test('answers 304 to the ETag, and to the date alone, and 200 to another ETag', async () => {
    const url = web.url + SAMPLE_FEED_PATH;
    const first = await fetch(url);
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/u);
    expect(modified).toBe('Mon, 23 Nov 2026 10:00:00 GMT');
    const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
    expect(await status({ 'if-none-match': etag })).toBe(304);
    expect(await status({ 'if-none-match': `W/${etag}, "other"` })).toBe(304);
    expect(await status({ 'if-modified-since': modified })).toBe(304);
    expect(await status({ 'if-none-match': '"other"', 'if-modified-since': modified })).toBe(200);
  });

  test('keeps guids and bytes while it runs, whatever the time', async () => {
    const before = await (await fetch(web.url + SAMPLE_FEED_PATH)).text();
    clock.advance(86_400_000);
    expect(await (await fetch(web.url + SAMPLE_FEED_PATH)).text()).toBe(before);
  });

  test('serves pages that name their language, canonical address and facts, and say that they are samples', async () => {
    for (const article of sampleArticles) {
      const url = `${web.url}/sample/articles/${article.slug}`;
      const html = await (await fetch(url)).text();
      expect(html).toContain(`<html lang="${article.language}">`);
      expect(html).toContain(`<link rel="canonical" href="${url}">`);
      expect(html).toContain('property="og:title"');
      const jsonLd = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/u.exec(html)?.[1] ?? '{}');
      expect(jsonLd).toMatchObject({ headline: article.title, inLanguage: article.language });
      expect(html).toMatch(/invented|izdomāti|вымышлены/u);
    }
    expect((await fetch(`${web.url}/sample/articles/nothing`)).status).toBe(404);
  });
});
