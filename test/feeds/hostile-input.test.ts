import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { FeedEntry, PollAnswer } from '../../src/ports/feeds.ts';
import { serve, type TestServer } from './server.ts';

const { signal } = new AbortController();
const MB = 1024 * 1024;
const rss = (inner: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${inner}</channel></rss>`;
const item = (inner: string) => rss(`<item><title>One</title><link>https://river.example/1</link>${inner}</item>`);
const html = (inner: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>One</title>${head}</head><body><article>${inner}</article></body></html>`;
const upTo = (bytes: number, piece: string) => piece.repeat(Math.floor(bytes / piece.length));
const nested = (name: string, levels: number, inner = 'x') =>
  `<${name}>`.repeat(levels) + inner + `</${name}>`.repeat(levels);
const items = (count: number, inner: string) =>
  rss(Array.from({ length: count }, (_, index) => `<item><guid>${index}</guid>${inner}</item>`).join(''));

/** Documents of up to 10 MB (what the fetch takes) that have brought parsers down. */
const FEEDS: Record<string, string> = {
  'character references in a text': item(`<description>${upTo(9.9 * MB, '&#65;')}</description>`),
  'character references twice over': item(`<description>${upTo(9.9 * MB, '&amp;#65;')}</description>`),
  'entities in a title': rss(`<item><title>${upTo(9.9 * MB, '&amp;eacute;')}</title></item>`),
  'a title of ten megabytes': rss(`<item><title>${upTo(9.9 * MB, 'word ')}</title></item>`),
  'an author of ten megabytes': item(`<author>${upTo(9.9 * MB, '((((')}</author>`),
  'a guid of ten megabytes': item(`<guid>${upTo(9.9 * MB, 'g')}</guid>`),
  'an address of ten megabytes': rss(
    `<item><title>One</title><link>https://river.example/${upTo(9.9 * MB, '%41/')}</link></item>`,
  ),
  '200,000 levels of elements': item(nested('a', 200_000)),
  '200,000 levels in a text': item(`<description><![CDATA[${nested('b', 200_000)}]]></description>`),
  '200,000 levels that nobody closes': item('<x>'.repeat(200_000)),
  'iframes that nobody closes': item(`<description><![CDATA[${upTo(9 * MB, '<iframe src=x>')}]]></description>`),
  'NUL bytes everywhere': upTo(9 * MB, '\0').concat(item('<description>a\0b</description>')),
  'NUL bytes between letters': [...item('<description>words</description>')].join('\0'),
  'sixty thousand empty items': items(60_000, ''),
  'sixty thousand items of a few words': items(
    60_000,
    '<title>Words of one</title><description>&lt;b&gt;x&lt;/b&gt;</description>',
  ),
  'a hundred thousand categories': item('<category>x</category>'.repeat(100_000)),
  'a channel full of skipDays': rss(`<skipDays>${'<day>Monday</day>'.repeat(300_000)}</skipDays>`),
  'ttl after ttl': rss('<ttl>'.repeat(1_000_000)),
  declarations: `<!DOCTYPE rss [${'<!ENTITY a "b">'.repeat(500_000)}]>${item('')}`,
  'a doctype without an end': `<!DOCTYPE rss [${'"'.repeat(5_000_000)}`,
  'an open comment': `<!--${'-'.repeat(9_000_000)}`,
  'angle brackets': '<'.repeat(9_000_000),
  'base64 without an end': `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><content mode="base64">${upTo(9 * MB, 'QUJD')}`,
  'bodies without an end': rss(`<item>${'<body>'.repeat(1_000_000)}</item>`),
  'a JSON feed of brackets': `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(4_000_000)}`,
};
const PAGES: Record<string, string> = {
  'character references': html(`<p>${upTo(9.9 * MB, '&#65;')}</p>`),
  'character references in a title': html('<p>x</p>', `<title>${upTo(9.9 * MB, '&#x41;')}</title>`),
  '200,000 levels of divs': html(nested('div', 200_000)),
  '200,000 levels that nobody closes': html('<div>'.repeat(200_000)),
  '200,000 levels of JSON-LD': html(
    '<p>x</p>',
    `<script type="application/ld+json">${'[{"mainEntity":'.repeat(200_000)}`,
  ),
  'NUL bytes': html(upTo(9 * MB, 'a\0b ')),
  'paragraphs without an end': html('<p>a'.repeat(500_000)),
  links: html('<a href=/a-b-c-d>One of the many words</a>'.repeat(100_000)),
  attributes: html(`<p ${upTo(9 * MB, 'a=b ')}>x</p>`),
  'meta elements': html('', '<meta name=a content=b>'.repeat(300_000)),
};

const poll = (url: string) => feeds.poll({ url, etag: null, lastModified: null }, signal);

let server: TestServer;
let feeds: ReturnType<typeof createFeeds>;
beforeAll(async () => {
  const routes = Object.entries({ ...FEEDS }).map(([name, body]) => [
    `/feed/${encodeURIComponent(name)}`,
    { body: Buffer.from(body), headers: { 'content-type': 'application/rss+xml' } },
  ]);
  const pages = Object.entries(PAGES).map(([name, body]) => [
    `/page/${encodeURIComponent(name)}`,
    { body: Buffer.from(body), headers: { 'content-type': 'text/html' } },
  ]);
  server = await serve({ ...Object.fromEntries([...routes, ...pages]), '/good': item('') });
  feeds = createFeeds({
    allowPrivate: [server.host],
    userAgent: 'Crier/test',
    log: silentLog,
    parser: { limitMs: 1000 },
  });
  // The thread and its libraries are there before anything is measured.
  await poll(`${server.url}/good`);
}, 60_000);
afterAll(async () => {
  await feeds.close();
  await server.close();
});

/** How often the thread's clock is looked at. */
const EVERY_MS = 5;
/** What the product promises of its event loop. */
const MOST_MS = 100;

/**
 * The longest piece of work that this thread did at a stretch while `work` went on, in milliseconds of its own CPU, and
 * how it ended. The delay of the event loop is measured too, but on a busy machine it counts what others do: it decides
 * only where it is the smaller of the two.
 */
async function longestPiece(work: () => Promise<unknown>): Promise<{ answer: unknown; longestMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  let longest = 0;
  let before = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(look, EVERY_MS);
  delay.enable();
  // The first look only starts its clock.
  while (delay.count < 2) await new Promise((resume) => setImmediate(resume));
  const answer = await work().catch((thrown: unknown) => thrown);
  // A turn of the loop, in which both timers say what they were kept from saying.
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resume) => setImmediate(resume));
  delay.disable();
  clearInterval(timer);
  look();
  return { answer, longestMs: Math.min(longest, delay.max / 1e6) };
}

/** An answer that a person understands, of a size that the database and a page can take. */
function harmless(answer: unknown): void {
  if (answer instanceof Error) {
    expect(answer).toBeInstanceOf(FetchError);
    expect(answer.message.length).toBeLessThan(500);
    return;
  }
  const entries = (answer as Extract<PollAnswer, { kind: 'changed' }>).entries ?? [answer as FeedEntry];
  for (const { url, guid, title, text, author } of entries) {
    expect(Math.max(url.length, guid?.length ?? 0, title.length, author?.length ?? 0)).toBeLessThanOrEqual(8_000);
    expect(text.length).toBeLessThanOrEqual(200_000);
    expect(`${title}${text}`).not.toContain('\0');
  }
}

test('the measure sees a piece of work that is too long', async () => {
  const { longestMs } = await longestPiece(async () => {
    await new Promise((resume) => setImmediate(resume));
    const before = process.threadCpuUsage();
    while (process.threadCpuUsage(before).user < 1.5 * MOST_MS * 1000);
  });
  expect(longestMs).toBeGreaterThan(MOST_MS);
});

describe('a document made to harm neither holds up the event loop nor ends anything', { timeout: 120_000 }, () => {
  test.each(Object.keys(FEEDS))('a feed: %s', async (name) => {
    const url = `${server.url}/feed/${encodeURIComponent(name)}`;
    const { answer, longestMs } = await longestPiece(() => poll(url));
    harmless(answer);
    expect(longestMs).toBeLessThan(MOST_MS);
  });

  test.each(Object.keys(PAGES))('a page: %s', async (name) => {
    const url = `${server.url}/page/${encodeURIComponent(name)}`;
    for (const run of [() => feeds.read(url, null, signal), () => poll(url)]) {
      const { answer, longestMs } = await longestPiece(run);
      harmless(answer);
      expect(longestMs).toBeLessThan(MOST_MS);
    }
  });

  test('and the next good feed is read as ever', async () => {
    expect(await poll(`${server.url}/good`)).toMatchObject({ entries: [{ title: 'One' }] });
  });
});
