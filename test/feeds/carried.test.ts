import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packCarried, unpackCarried } from '../../src/feeds/carried.ts';
import { createFeeds } from '../../src/feeds/index.ts';
import { splitFeed } from '../../src/feeds/split-feed.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Feeds, PollAnswer } from '../../src/ports/feeds.ts';
import { type Route, serve, type TestServer } from './server.ts';

type Changed = Extract<PollAnswer, { kind: 'changed' }>;

const signal = new AbortController().signal;
let body: Route = '';
let server: TestServer;
let feeds: Feeds & { close(): Promise<void> };
beforeAll(async () => {
  server = await serve(new Proxy({} as Record<string, Route>, { get: () => body }));
  feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'Crier/test', log: silentLog });
});
afterAll(async () => {
  await feeds.close();
  await server.close();
});

async function poll(document: Route, last: Changed | null = null, whole = last === null): Promise<Changed> {
  body = document;
  const carried = last?.document?.carried ?? null;
  const answer = await feeds.poll(
    { url: `${server.url}/feed`, etag: null, lastModified: null, carried, whole },
    signal,
  );
  if (answer.kind !== 'changed') throw new Error('unchanged');
  return answer;
}
const titles = (answer: Changed) => answer.entries.map((entry) => entry.title);

const rssItem = (name: string, more = '') =>
  `<item><title>${name}</title><guid isPermaLink="false">${name}</guid><link>https://a.example/${name}</link><pubDate>Mon, 23 Nov 2026 09:00:30 GMT</pubDate>${more}</item>`;
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><lastBuildDate>${Math.random()}</lastBuildDate>${items}</channel></rss>`;
const atom = (names: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>${names.map((name) => `<entry><id>${name}</id><title>${name}</title><link href="https://a.example/${name}"/><updated>2026-11-23T09:00:00Z</updated></entry>`).join('\n')}</feed>`;
const rdf = (names: string[]) =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>N</title><items><rdf:Seq/></items></channel>${names.map((name) => `<item rdf:about="https://a.example/${name}"><title>${name}</title><link>https://a.example/${name}</link></item>`).join('')}</rdf:RDF>`;
const json = (names: string[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'N',
    items: names.map((name) => ({ id: name, title: name, url: `https://a.example/${name}`, content_text: name })),
  });

describe('a second poll tells only what the first did not', () => {
  test.each<[string, (names: string[]) => string]>([
    ['RSS', (names) => rss(names.map((name) => rssItem(name)).join(''))],
    ['Atom', atom],
    ['RDF', rdf],
    ['JSON Feed', json],
  ])('%s', async (_, document) => {
    const first = await poll(document(['one', 'two', 'three']));
    expect(titles(first)).toEqual(['one', 'two', 'three']);
    expect(new Set(first.entries.map((entry) => entry.mark)).size).toBe(3);
    const same = await poll(document(['one', 'two', 'three']), first);
    expect(same).toMatchObject({ entries: [], document: { gone: [] } });
    expect(same.document?.dates).toHaveLength(3);
    const second = await poll(document(['new', 'three', 'two']), same);
    expect(titles(second)).toEqual(['new']);
    expect(second.document?.gone.map((one) => one.mark)).toEqual([first.entries[0]?.mark]);
    expect(titles(await poll(document(['new', 'three', 'two']), second, true)), 'unless all are asked for').toEqual([
      'new',
      'three',
      'two',
    ]);
  });

  test('an entry with one other letter is told again; its date is remembered to the minute', async () => {
    const first = await poll(rss(rssItem('one', '<description>a</description>') + rssItem('two')));
    const second = await poll(rss(rssItem('one', '<description>b</description>') + rssItem('two')), first);
    expect(second.entries.map((entry) => entry.text)).toEqual(['b']);
    expect(second.document?.dates).toEqual([new Date('2026-11-23T09:00:30Z'), new Date('2026-11-23T09:00:00Z')]);
    expect(second.document?.gone).toEqual([
      { mark: first.entries[0]?.mark, publishedAt: new Date('2026-11-23T09:00:00Z') },
    ]);
  });

  test('the same words in another charset are nothing new', async () => {
    const item = '<item><title>Rīga</title><link>https://a.example/r</link></item>';
    const xml = (charset: string) =>
      `<?xml version="1.0" encoding="${charset}"?><rss version="2.0"><channel>${item}</channel></rss>`;
    const served =
      (charset: string, bytes: Buffer): Route =>
      (_, response) =>
        response.writeHead(200, { 'content-type': `application/rss+xml; charset=${charset}` }).end(bytes);
    const first = await poll(served('utf-8', Buffer.from(xml('utf-8'))));
    expect(titles(first)).toEqual(['Rīga']);
    // ī is 0xEE in windows-1257.
    const baltic = Buffer.from(xml('windows-1257').replace('ī', '\u00ee'), 'latin1');
    expect(await poll(served('windows-1257', baltic), first)).toMatchObject({ entries: [], document: { gone: [] } });
  });

  test('what lies in a comment or CDATA is no entry of its own', async () => {
    const tricky = rssItem(
      'one',
      '<description><![CDATA[see </item><item><title>no</title>]]></description><!-- </item> -->',
    );
    const first = await poll(rss(`<!-- <item><title>old</title></item> -->${tricky}`));
    expect(titles(first)).toEqual(['one']);
    expect(titles(await poll(rss(rssItem('two') + tricky), first))).toEqual(['two']);
  });
});

test.each([
  ['an item in an item', '<item><title>a</title><item><title>b</title></item></item>'],
  ['a last item that is cut off', `${rssItem('a')}<item><title>b`],
  ['a comment that does not end', `${rssItem('a')}<!-- `],
  ['an empty element', `${rssItem('a')}<item/>`],
])('%s is not taken apart, so every poll tells all of it', (_, items) => {
  expect(splitFeed(rss(items), 'rss')).toBeNull();
});

test('a document without some of its entries is the document of the others', () => {
  const name = fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replace(/[<&\]>]/gu, ' '));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.boolean()), { minLength: 1, maxLength: 12 }), (items) => {
      const xml = (list: typeof items) =>
        `<rss><channel>${list.map(([text]) => `<item><title>${text}</title></item>`).join(' ')}</channel></rss>`;
      const split = splitFeed(xml(items), 'rss');
      expect(split?.entries).toEqual(items.map(([text]) => `<item><title>${text}</title></item>`));
      const places = items.flatMap(([, kept], place) => (kept ? [place] : []));
      const kept = splitFeed(split?.only(places) ?? '', 'rss');
      expect(kept?.entries ?? []).toEqual(places.map((place) => split?.entries[place]));
    }),
  );
});

test('what is remembered is read as it was written', () => {
  const entry = fc.record({
    mark: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    publishedAt: fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 }).map((minutes) => new Date(minutes * 60_000))),
  });
  fc.assert(
    fc.property(fc.array(entry), (list) => {
      expect(unpackCarried(packCarried(list))).toEqual(list);
    }),
  );
});
