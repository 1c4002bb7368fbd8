import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { trustedCanonical } from '../../src/feeds/page-facts.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { FeedEntry } from '../../src/ports/feeds.ts';
import { type Route, serve, type TestServer } from './server.ts';

const signal = new AbortController().signal;
const html = (body: string | Uint8Array): Route => ({ body, headers: { 'content-type': 'text/html' } });

const sentence = (number: number) =>
  `Sentence number ${number} tells, in a calm voice, how the river rose and what the people did.`;
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `<p>${sentence(index)} ${sentence(index + 100)}</p>`).join('\n');

const FULL = `<!doctype html><html lang="en-GB"><head><title>The river rose | River News</title>
<link rel="canonical" href="/news/river?id=7"><meta property="og:title" content="The river rose &amp; fell">
<meta property="og:site_name" content="River News"><meta property="og:image" content="/lead.jpg">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
{"@type":"NewsArticle","author":[{"@type":"Person","name":"Jane Doe"},{"name":"Jo Ray"}],"datePublished":"2026-11-23T12:00:00+02:00"}]}</script>
<style>p{}</style></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>The river rose &amp; fell</h1>${paragraphs(6)}<script>alert(1)</script></article><footer>All rights reserved</footer></body></html>`;

const FRAMED = `<!doctype html><html lang="en"><head><title>The river rose</title></head><body><article><h1>The river rose</h1>
<p>Updated Nov 19, 2026, 6:55 AM</p>${paragraphs(3)}
<figure><img src="/a.jpg"><figcaption>The river, seen from the hill (Image: RIVER PRESS)</figcaption></figure>
<p class="wp-caption-text">A caption of another theme</p><h2>What came next</h2><ul><li>The <b>bridge</b> held.</li><li>So did the dam.</li></ul>
<div class="social-share">Share this article with friends</div>${paragraphs(3)}
<h3>You may also like</h3><ul><li><a href="/1">Ten rivers that never rose</a></li><li><a href="/2">The hill, a history</a></li></ul>
<p>Follow us on Facebook and subscribe to our newsletter.</p></article></body></html>`;

const BODY = Array.from({ length: 8 }, (_, index) => sentence(index)).join(' ');
const HIDDEN = `<html lang="en"><head><title>Hidden</title><script type="application/ld+json">{"@type":"NewsArticle",
"headline":"Hidden","articleBody":${JSON.stringify(BODY)}}</script></head><body><div id="app"><p>Please turn on JavaScript.</p></div></body></html>`;

const RUSSIAN = 'Река вышла из берегов, и люди ушли на холм. Утром вода спала, и все вернулись домой.';
const windows1251 = (text: string) =>
  Buffer.from(
    [...text].map((letter) => (letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))),
  );

const routes: Record<string, Route> = {
  '/full': html(FULL),
  '/framed': html(FRAMED),
  '/hidden': html(HIDDEN),
  '/bare': html(`<title>Plain page</title><h1>Plain page</h1>${paragraphs(5)}`),
  '/short': html('<html lang="en"><body><p>Please subscribe to read on.</p></body></html>'),
  '/nothing': html('<html><body><div></div></body></html>'),
  '/empty': html(''),
  '/words': html('no markup at all'),
  '/paper.pdf': { body: '%PDF-1.7', headers: { 'content-type': 'application/pdf' } },
  '/photo': { body: 'GIF89a', headers: { 'content-type': 'image/gif' } },
  '/cyrillic': html(
    windows1251(
      `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Река</title></head><body><article>${`<p>${RUSSIAN}</p>`.repeat(6)}</article></body></html>`,
    ),
  ),
  '/missing': { status: 404 },
};

let server: TestServer;
let feeds: ReturnType<typeof createFeeds>;
beforeAll(async () => {
  server = await serve(routes);
  feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'Crier/0 (+https://example.com)', log: silentLog });
});
afterAll(async () => {
  await feeds.close();
  await server.close();
});

const hint = (text: string): FeedEntry => ({
  guid: null,
  url: 'https://river.example/a',
  title: 'From the feed',
  text,
  author: 'Feed Author',
  publishedAt: new Date('2026-01-01T00:00:00Z'),
  imageUrl: 'https://river.example/feed.jpg',
  language: 'lv',
});

describe('an article page', () => {
  test('is its text and what JSON-LD, OpenGraph and the page say of it', async () => {
    const article = await feeds.read(`${server.url}/full`, hint('short'), signal);
    expect(article).toMatchObject({
      url: `${server.url}/full`,
      canonicalUrl: `https://127.0.0.1:${server.port}/news/river?id=7`,
      title: 'The river rose & fell',
      language: 'en',
      author: 'Jane Doe, Jo Ray',
      publishedAt: new Date('2026-11-23T10:00:00Z'),
      imageUrl: `${server.url}/lead.jpg`,
      siteName: 'River News',
      textFrom: 'page',
      pageProblem: null,
    });
    expect(article.text.split('\n\n')).toEqual(
      Array.from({ length: 6 }, (_, index) => `${sentence(index)} ${sentence(index + 100)}`),
    );
  });

  test('is its own words, without dates, captions, share bars, other articles and appeals', async () => {
    const { text } = await feeds.read(`${server.url}/framed`, null, signal);
    expect(text).toContain(sentence(2));
    expect(text).toContain('What came next');
    expect(text).toContain('The bridge held.');
    expect(text).not.toMatch(/Updated|IMAGE|Image:|caption|Share this|also like|never rose|Follow us|The river rose/u);
  });

  test('that draws itself by script is read from its data', async () => {
    const article = await feeds.read(`${server.url}/hidden`, null, signal);
    expect(article).toMatchObject({ text: BODY, textFrom: 'page' });
  });

  test('takes from the feed what it does not say itself', async () => {
    const article = await feeds.read(`${server.url}/bare`, hint(''), signal);
    expect(article).toMatchObject({
      title: 'Plain page',
      author: 'Feed Author',
      publishedAt: new Date('2026-01-01T00:00:00Z'),
      imageUrl: 'https://river.example/feed.jpg',
      language: 'lv',
      siteName: null,
    });
    expect(article.text).toContain(sentence(4));
  });

  test('without a feed has the language of its words', async () => {
    expect(await feeds.read(`${server.url}/bare`, null, signal)).toMatchObject({ language: 'en', author: null });
  });

  test('in a charset that only its meta element names is read, and its language told', async () => {
    const article = await feeds.read(`${server.url}/cyrillic`, null, signal);
    expect(article).toMatchObject({ title: 'Река', language: 'ru' });
    expect(article.text.split('\n\n')[0]).toBe(RUSSIAN);
  });

  test('that hides its article gives way to the text of the feed', async () => {
    const text = `${sentence(1)}\n\n${sentence(2)}\n\n${sentence(3)}`;
    expect(await feeds.read(`${server.url}/short`, hint(text), signal)).toMatchObject({
      text,
      textFrom: 'feed',
      language: 'en',
    });
    expect((await feeds.read(`${server.url}/short`, hint(text), signal)).pageProblem).toContain('less');
    expect(await feeds.read(`${server.url}/full`, hint(text), signal)).toMatchObject({ textFrom: 'page' });
  });

  test.each([
    ['/nothing', 'unreadable'],
    ['/empty', 'unreadable'],
    ['/words', 'unreadable'],
    ['/paper.pdf', 'unreadable'],
    ['/photo', 'unreadable'],
    ['/missing', 'status'],
  ])('that is none fails: %s is %s', async (path, kind) => {
    const thrown = await feeds.read(`${server.url}${path}`, null, signal).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(FetchError);
    expect(thrown).toMatchObject({ kind, message: expect.stringMatching(/\.$/u), cure: expect.stringMatching(/\.$/u) });
  });
});

test('a canonical link is believed about the same site only', () => {
  const own = 'https://www.river.example/news/1';
  expect(trustedCanonical('https://river.example/news/one', own)).toBe('https://river.example/news/one');
  expect(trustedCanonical('https://m.river.example/news/1', own)).toBe('https://m.river.example/news/1');
  expect(trustedCanonical('https://river.example/news/1', 'https://amp.river.example/x')).toBe(
    'https://river.example/news/1',
  );
  expect(trustedCanonical('https://other.example/news/1', own)).toBeNull();
  expect(trustedCanonical('https://notriver.example/news/1', own)).toBeNull();
  expect(trustedCanonical('https://river.example/', own)).toBeNull();
  expect(trustedCanonical(null, own)).toBeNull();
});
