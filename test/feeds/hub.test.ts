import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubOf } from '../../src/feeds/hub.ts';
import { createFeeds } from '../../src/feeds/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Feeds } from '../../src/ports/feeds.ts';
import { type Route, serve, type TestServer } from './server.ts';

const routes: Record<string, Route> = {};
let server: TestServer;
let feeds: Feeds & { close(): Promise<void> };
beforeAll(async () => {
  server = await serve(routes);
  feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'Crier/test', log: silentLog });
});
afterAll(async () => {
  await feeds.close();
  await server.close();
});

async function hubAt(path: string, body: string, headers: Record<string, string> = {}) {
  routes[path] = { headers: { 'content-type': 'application/xml', ...headers }, body };
  const request = { url: server.url + path, etag: null, lastModified: null };
  const answer = await feeds.poll(request, new AbortController().signal);
  return answer.kind === 'changed' ? answer.hub : 'unchanged';
}

const HUB = 'https://hub.example/';
const TOPIC = 'https://news.example/feed';
const ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"';
const item = '<item><title>One</title><link>https://news.example/1</link></item>';

describe('the hub of a feed', () => {
  test.each([
    [
      'RSS',
      `<rss version="2.0" ${ATOM}><channel><title>N</title><atom:link rel="hub" href="${HUB}"/><atom:link rel="self" href="${TOPIC}"/>${item}</channel></rss>`,
    ],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><link rel="self" href="${TOPIC}"/><link rel="hub" href="${HUB}"/><entry><id>1</id><title>One</title><link href="https://news.example/1"/></entry></feed>`,
    ],
    [
      'JSON',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'N',
        feed_url: TOPIC,
        hubs: [{ type: 'WebSub', url: HUB }],
        items: [{ id: '1', url: 'https://news.example/1', title: 'One' }],
      }),
    ],
  ])('is found in %s', async (kind, body) => {
    expect(await hubAt(`/${kind}`, body)).toEqual({ url: HUB, topic: TOPIC });
  });

  test('named in the Link header comes before the one in the document', async () => {
    const body = `<rss version="2.0" ${ATOM}><channel><title>N</title><atom:link rel="hub" href="https://other.example/"/>${item}</channel></rss>`;
    const link = `<${HUB}>; rel="hub", <${TOPIC}>; rel=self, </style.css>; rel=preload`;
    expect(await hubAt('/header', body, { link })).toEqual({ url: HUB, topic: TOPIC });
  });

  test('needs the link of the feed to itself', async () => {
    const body = `<rss version="2.0" ${ATOM}><channel><title>N</title><atom:link rel="hub" href="${HUB}"/>${item}</channel></rss>`;
    expect(await hubAt('/no-self', body)).toBeNull();
    expect(await hubAt('/none', `<rss version="2.0"><channel><title>N</title>${item}</channel></rss>`)).toBeNull();
  });
});

const nothing = { hubs: [], self: null };

test.each([
  ['<https://h.example>; rel="hub"; title="a, <b>", <https://t.example>; rel="alternate self"', 'https://h.example/'],
  ['</hub>;rel=hub,</feed>;rel=self', 'https://site.example/hub'],
  ['<javascript:alert(1)>; rel=hub, <https://t.example>; rel=self', undefined],
  ['<https://h.example>; rel=hub', undefined],
  ['', undefined],
])('the Link header %j names the hub %j', (header, hub) => {
  expect(hubOf(header, nothing, 'https://site.example/feed')?.url).toBe(hub);
});

test('no Link header is a trap', () => {
  const piece = fc.constantFrom('<', '>', ';', ',', 'rel', '=', '"', 'hub', 'self', ' ', 'https://a.example');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
      hubOf(pieces.join(''), nothing, 'https://site.example/');
    }),
  );
  const began = performance.now();
  hubOf(`<a>${'; rel '.repeat(100_000)}`, nothing, 'https://site.example/');
  hubOf(`<a>;rel${' '.repeat(100_000)}`, nothing, 'https://site.example/');
  expect(performance.now() - began).toBeLessThan(1000);
});
