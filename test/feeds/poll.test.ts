import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { PollAnswer } from '../../src/ports/feeds.ts';
import { type Route, serve, type TestServer } from './server.ts';

const signal = new AbortController().signal;

const rss = (items: string, channel = '') => `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>River &amp; Co</title><link>https://river.example/</link>
 <language>en-gb</language>${channel}${items}</channel></rss>`;
const item = (title: string) => `<item><title>${title}</title><link>https://river.example/1</link></item>`;

const BOMB = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;">
<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;">]>${rss(item('&lol2;')).replace(/<\?xml.*?\?>/u, '')}`;

const FEED_PAGE = `<!doctype html><html><head><title>Site</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
<link rel="alternate" type="application/json" href="/api.json">
<link rel="alternate" type="application/rss+xml" title="News" href="found.xml?a=1&amp;b=2"></head><body>Hi</body></html>`;

const routes: Record<string, Route> = {
  '/feed.xml': (request, response) => {
    const same = request.headers['if-none-match'] === '"v1"' || request.headers['if-modified-since'] === MODIFIED;
    if (same) response.writeHead(304).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"v1"', 'last-modified': MODIFIED })
        .end(rss(item('One')));
  },
  '/moved.xml': { status: 301, headers: { location: '/feed.xml' } },
  '/site/': { body: FEED_PAGE, headers: { 'content-type': 'text/html' } },
  '/site/found.xml': rss(item('Found')),
  '/page-of-pages': { body: FEED_PAGE.replace('found.xml', '/site/'), headers: { 'content-type': 'text/html' } },
  '/page': {
    body: '<!doctype html><html><body><h1>Hello</h1></body></html>',
    headers: { 'content-type': 'text/html' },
  },
  '/empty': '',
  '/blank': ' \n ',
  '/text': 'just words',
  '/data.json': '{"hello": "world"}',
  '/array.json': '[1, 2]',
  '/other.xml': '<catalogue><thing/></catalogue>',
  '/broken': '<rss version="2.0"><channel><item><title>a<',
  '/bomb': BOMB,
  '/secret-file': `<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>${rss(item('x &xxe; y')).slice(21)}`,
  '/charset': Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>'),
    // "Новости" in windows-1251, which nothing declares.
    Buffer.from('cdeee2eef1f2e8'.repeat(40), 'hex'),
    Buffer.from('</title><link>https://river.example/1</link></item></channel></rss>'),
  ]),
  '/missing-gone': { status: 410 },
  '/error': { status: 500 },
  '/busy': { status: 503, headers: { 'retry-after': '60' } },
  '/loop': { status: 302, headers: { location: '/loop' } },
  '/private': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
  '/50mb': { body: gzipSync(Buffer.alloc(50 * 1024 * 1024, ' ')), headers: { 'content-encoding': 'gzip' } },
};
const MODIFIED = 'Mon, 23 Nov 2026 10:00:00 GMT';

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

const poll = (path: string, etag: string | null = null, lastModified: string | null = null) =>
  feeds.poll({ url: `${server.url}${path}`, etag, lastModified }, signal);

async function changed(path: string): Promise<Extract<PollAnswer, { kind: 'changed' }>> {
  const answer = await poll(path);
  if (answer.kind !== 'changed') throw new Error('unchanged');
  // Marks are another test's: carried.test.ts.
  return { ...answer, entries: answer.entries.map(({ mark: _, ...entry }) => entry) };
}

async function entriesOf(body: Route, path = '/under-test/feed'): Promise<Extract<PollAnswer, { kind: 'changed' }>> {
  routes[path] = body;
  return changed(path);
}

describe('a poll', () => {
  test('says what it found, and asks the next time only whether that has changed', async () => {
    const first = await changed('/feed.xml');
    expect(first).toMatchObject({
      feed: { kind: 'rss', title: 'River & Co', language: 'en-GB', siteUrl: 'https://river.example/' },
      etag: '"v1"',
      lastModified: MODIFIED,
      url: `${server.url}/feed.xml`,
    });
    expect(first.entries.map(({ title }) => title)).toEqual(['One']);
    expect(await poll('/feed.xml', '"v1"')).toEqual({ kind: 'unchanged', freshMs: 0, movedTo: null });
    expect(await poll('/feed.xml', null, MODIFIED)).toEqual({ kind: 'unchanged', freshMs: 0, movedTo: null });
    expect((await poll('/feed.xml', '"v0"')).kind).toBe('changed');
  });

  test('gives the new address of a feed that has moved for good', async () => {
    expect((await changed('/moved.xml')).url).toBe(`${server.url}/feed.xml`);
  });

  test('of a page finds the feed that the page names, not its comments', async () => {
    const found = await changed('/site/');
    expect(found.url).toBe(`${server.url}/site/found.xml?a=1&b=2`);
    expect(found.entries.map(({ title }) => title)).toEqual(['Found']);
  });

  test.each([
    ['/page', 'not-a-feed', 'names no feed'],
    ['/page-of-pages', 'not-a-feed', 'is one too'],
    ['/empty', 'not-a-feed', 'empty'],
    ['/blank', 'not-a-feed', 'empty'],
    ['/text', 'not-a-feed', 'not a feed'],
    ['/data.json', 'not-a-feed', 'not a feed'],
    ['/array.json', 'not-a-feed', 'not a feed'],
    ['/other.xml', 'not-a-feed', '<catalogue>'],
    ['/broken', 'unreadable', 'broken'],
    ['/bomb', 'unreadable', 'attack'],
    ['/charset', 'unreadable', 'charset'],
    ['/not-there', 'status', '404'],
    ['/missing-gone', 'status', '410'],
    ['/error', 'status', '500'],
    ['/busy', 'status', '503'],
    ['/loop', 'redirects', 'circle'],
    ['/private', 'blocked', 'private'],
    ['/50mb', 'too-large', '10 MB'],
  ])('of %s fails as %s and says why', async (path, kind, words) => {
    const thrown = await poll(path).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(FetchError);
    const { kind: found, message, cure, status, retryAfterMs } = thrown as FetchError;
    expect(found).toBe(kind);
    expect(message).toContain(words);
    expect(cure).toMatch(/\.$/u);
    if (kind === 'status') expect(status).toBe(Number(words));
    if (path === '/busy') expect(retryAfterMs).toBe(60_000);
    // The next one is none the worse for it.
    expect((await poll('/feed.xml')).kind).toBe('changed');
  });

  test('never opens what an entity of the feed names', async () => {
    const { entries } = await changed('/secret-file');
    expect(entries).toMatchObject([{ title: 'x &xxe; y' }]);
  });
});

describe('an entry', () => {
  test('of RSS is plain words with all that the feed says of it', async () => {
    const { entries } = await entriesOf(
      rss(`<item><title>Caf&amp;eacute; &lt;b&gt;opens&lt;/b&gt; Tom &amp; Co</title><link> /news/1?a=1&amp;b=2 </link>
        <guid isPermaLink="false">river-1</guid><pubDate>Mon, 23 Nov 2026 12:00 +0200</pubDate><dc:creator>Jane Doe</dc:creator>
        <description>short</description><content:encoded><![CDATA[<style>p{}</style><p>First&nbsp;line,<br>second.</p>
        <script>alert(1)</script><p>2 &lt; 3 &amp; done</p><ul><li>a</li><li>b</li></ul><img src="/dot.gif" width="1"><img src="/p.jpg">]]></content:encoded></item>`),
    );
    expect(entries).toEqual([
      {
        guid: 'river-1',
        url: 'https://river.example/news/1?a=1&b=2',
        title: 'Café opens Tom & Co',
        text: 'First line,\nsecond.\n\n2 < 3 & done\n\na\n\nb',
        author: 'Jane Doe',
        publishedAt: new Date('2026-11-23T10:00:00Z'),
        imageUrl: 'https://river.example/p.jpg',
        language: 'en',
      },
    ]);
  });

  test('of Atom is resolved against xml:base and takes its language from the nearest', async () => {
    const { feed, entries } = await entriesOf(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://river.example/blog/" xml:lang="ru"><title>Река</title><id>urn:1</id>
      <author><name>Иван</name></author><link rel="self" href="feed.xml"/><link href="/"/>
      <entry xml:lang="lv"><title type="html">&lt;i&gt;Upe&lt;/i&gt;</title><id>urn:2</id><link rel="edit" href="edit"/><link href="upe.html"/>
      <link rel="enclosure" type="image/png" href="upe.png"/><updated>2026-11-23T10:00:00Z</updated><published>bad</published>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ūdens <b>plūst</b>.</p><p>Ātri.</p></div></content></entry></feed>`,
    );
    expect(feed).toEqual({ kind: 'atom', title: 'Река', language: 'ru', siteUrl: 'https://river.example/' });
    expect(entries).toEqual([
      {
        guid: 'urn:2',
        url: 'https://river.example/blog/upe.html',
        title: 'Upe',
        text: 'Ūdens plūst.\n\nĀtri.',
        author: 'Иван',
        publishedAt: new Date('2026-11-23T10:00:00Z'),
        imageUrl: 'https://river.example/blog/upe.png',
        language: 'lv',
        updatedAt: new Date('2026-11-23T10:00:00Z'),
      },
    ]);
  });

  test('of RDF and of a JSON Feed is read as well', async () => {
    const rdf = await entriesOf(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://river.example/"><title>R</title><link>https://river.example/</link></channel>
      <item rdf:about="https://river.example/a"><title>A</title><link>https://river.example/a</link><dc:date>2026-11-23</dc:date></item></rdf:RDF>`,
    );
    expect(rdf.feed.kind).toBe('rdf');
    expect(rdf.entries).toMatchObject([{ url: 'https://river.example/a', publishedAt: new Date('2026-11-23') }]);
    const json = await entriesOf({
      headers: { 'content-type': 'application/feed+json' },
      body: JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        language: 'de',
        home_page_url: 'https://river.example/',
        items: [
          {
            id: '7',
            url: '/j',
            title: 'J & K',
            content_html: '<p>eins</p><p>zwei</p>',
            image: '/j.png',
            authors: [{ name: 'Jo' }],
          },
        ],
      }),
    });
    expect(json.feed).toEqual({ kind: 'json', title: 'J', language: 'de', siteUrl: 'https://river.example/' });
    expect(json.entries).toEqual([
      {
        guid: '7',
        url: 'https://river.example/j',
        title: 'J & K',
        text: 'eins\n\nzwei',
        author: 'Jo',
        publishedAt: null,
        imageUrl: 'https://river.example/j.png',
        language: 'de',
      },
    ]);
  });

  test.each([
    [
      'RSS',
      `<rss version="2.0"><channel><title>t</title><item><title>a</title><category>Vide</category><category> Vide </category><category><![CDATA[R&D]]></category></item></channel></rss>`,
    ],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>1</id><title>a</title><category term="v" label="Vide"/><category term="R&amp;D"/></entry></feed>`,
    ],
    [
      'a JSON Feed',
      `{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "title": "a", "content_text": "b", "tags": ["Vide", "R&D"]}]}`,
    ],
  ])('of %s keeps the categories it is filed under, each once', async (_, body) => {
    expect((await entriesOf(body)).entries).toMatchObject([{ categories: ['Vide', 'R&D'] }]);
  });

  test('whose plain text has entities in it all the same has them decoded, and its tags left alone', async () => {
    const { entries } = await entriesOf(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>The &lt;b&gt; tag &amp;amp; more</title><id>1</id>
      <summary type="text">One&amp;nbsp;two\n\nthree &amp;#8212; four</summary></entry></feed>`,
    );
    expect(entries).toMatchObject([{ title: 'The <b> tag & more', text: 'One two\n\nthree — four' }]);
  });

  test('without a link has an address of its own; without link and words it is left out', async () => {
    const { entries } = await entriesOf(
      rss(`<item><description>First note.</description></item><item><description>Second note.</description></item>
        <item><guid>https://river.example/by-guid</guid><title>G</title></item><item></item>
        <item><title>E</title><link>javascript:alert(1)</link><enclosure url="https://river.example/e.mp3" type="audio/mpeg" length="1"/></item>`),
    );
    const [first, second, byGuid, byFile] = entries;
    expect(entries).toHaveLength(4);
    expect(first).toMatchObject({
      title: 'First note.',
      url: expect.stringMatching(/^https:\/\/river\.example\/\?entry=/u),
    });
    expect(second?.url).not.toBe(first?.url);
    expect(byGuid?.url).toBe('https://river.example/by-guid');
    expect(byFile).toMatchObject({ url: 'https://river.example/e.mp3', imageUrl: null });
  });

  test('loses NUL, control characters and direction tricks', async () => {
    const { entries } = await entriesOf(
      rss(`<item><title>a\u0000b\u0007c &amp;#x202e;d</title><description>x\u0001y&#0;z</description></item>`),
    );
    expect(entries).toMatchObject([{ title: 'abc d' }]);
    expect(JSON.stringify(entries)).not.toMatch(/\\u00|\u202e/u);
  });

  test('whose language nobody declares is recognised by its words', async () => {
    const { entries } = await entriesOf(
      `<rss version="2.0"><channel><title>t</title><item><title>Ziņas</title><link>https://river.example/z</link>
      <description>Rīgā šodien atklāja jaunu tiltu pār Daugavu, un iedzīvotāji par to ļoti priecājas.</description></item></channel></rss>`,
    );
    expect(entries).toMatchObject([{ language: 'lv' }]);
  });

  test('stands in for its page where that cannot be had', () => {
    const entry = {
      guid: null,
      url: 'https://www.river.example/a?utm_source=rss',
      title: 'A',
      text: 'Words.',
      author: null,
      publishedAt: null,
      imageUrl: null,
      language: null,
    };
    expect(feeds.fromEntry(entry, 'the page answered 404')).toMatchObject({
      canonicalUrl: 'https://river.example/a',
      language: 'und',
      textFrom: 'feed',
      pageProblem: 'the page answered 404',
    });
  });
});

describe('RSS that isn’t quite', () => {
  test.each([
    ['has no channel', '<rss version="2.0"><item><title>One</title><link>https://river.example/1</link></item></rss>'],
    [
      'is only a channel',
      '<channel><title>T</title><item><title>One</title><link>https://river.example/1</link></item></channel>',
    ],
    [
      'is CDF',
      '<?xml version="1.0"?><CHANNEL HREF="https://river.example/"><TITLE>T</TITLE><ITEM HREF="https://river.example/1" LASTMOD="2026-11-23T10:00:00Z"><TITLE>One</TITLE><ABSTRACT>Words of it</ABSTRACT></ITEM></CHANNEL>',
    ],
  ])('but %s is read', async (_, body) => {
    const { feed, entries } = await entriesOf(body);
    expect(feed.kind).toBe('rss');
    expect(entries.map(({ title, url }) => [title, url])).toEqual([['One', 'https://river.example/1']]);
    if (body.includes('ABSTRACT'))
      expect(entries[0]).toMatchObject({ text: 'Words of it', publishedAt: new Date('2026-11-23T10:00:00Z') });
  });

  test.each([
    ['<dc:author>Jane Doe (jane@river.example)</dc:author>', 'Jane Doe'],
    ['<dc:creator>jane@river.example (Jane Doe)</dc:creator>', 'Jane Doe'],
    ['<dc:creator>Jane Doe &lt;jane@river.example&gt;</dc:creator>', 'Jane Doe'],
    ['<dc:creator>Jane Doe</dc:creator><dc:author>Jane Doe</dc:author>', 'Jane Doe'],
    ['<dc:creator>Jane Doe (Riga)</dc:creator>', 'Jane Doe (Riga)'],
  ])('%s is by %s', async (element, name) => {
    const { entries } = await entriesOf(rss(item('One').replace('</item>', `${element}</item>`)));
    expect(entries[0]?.author).toBe(name);
  });
});

describe('the charset', () => {
  const feed = (title: string, declared = '') =>
    `<?xml version="1.0"${declared && ` encoding="${declared}"`}?><rss version="2.0"><channel><item><title>${title}</title></item></channel></rss>`;
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const cyrillic = (text: string) =>
    Buffer.from(
      [...text].map((letter) =>
        letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x410 + 0xc0 : letter.charCodeAt(0),
      ),
    );

  test.each<[string, string, Uint8Array, string?]>([
    ['windows-1251 by the declaration', 'Новости', cyrillic(feed('Новости', 'windows-1251'))],
    ['windows-1251 by the header', 'Новости', cyrillic(feed('Новости')), 'text/xml; charset="windows-1251"'],
    ['the header over the declaration', 'Новости', cyrillic(feed('Новости', 'iso-8859-1')), 'text/xml;charset=CP1251'],
    ['the mark over the header', 'Ūdens', Buffer.from(`\ufeff${feed('Ūdens')}`), 'text/xml; charset=iso-8859-1'],
    ['utf-16 with a mark', 'Ūdens', Buffer.from(`\ufeff${feed('Ūdens', 'utf-16')}`, 'utf16le')],
    ['utf-16 big-endian with a mark', 'Ūdens', utf16be(`\ufeff${feed('Ūdens', 'utf-16')}`)],
    ['utf-16 without a mark', 'Ūdens', utf16be(feed('Ūdens'))],
    ['iso-8859-1', 'Café', Buffer.from(feed('Café', 'ISO-8859-1'), 'latin1')],
    ['utf-8 that says utf-16', 'Ūdens', Buffer.from(feed('Ūdens', 'utf-16'))],
    ['utf-8 that names nonsense', 'Ūdens', Buffer.from(feed('Ūdens', 'invalid'))],
    ['western text that says utf-8', 'Café', Buffer.from(feed('Café', 'utf-8'), 'latin1')],
    [
      'windows-1252 declared by nobody',
      'Price: 5 €',
      Buffer.from([...feed('Price: 5 €')].map((c) => (c === '€' ? 0x80 : c.charCodeAt(0)))),
    ],
    [
      'one broken byte in utf-8',
      'Ūdens ē\ufffdā',
      Buffer.concat([
        Buffer.from(feed('Ūdens ē|ā').split('|')[0] ?? ''),
        Buffer.of(0xc3),
        Buffer.from(feed('Ūdens ē|ā').split('|')[1] ?? ''),
      ]),
    ],
  ])('%s', async (_, title, body, type = 'application/xml') => {
    const { entries } = await entriesOf({ body, headers: { 'content-type': type } });
    expect(entries.map((entry) => entry.title)).toEqual([title]);
  });
});

describe('a feed in a form of its own', () => {
  const only = async (xml: string) => {
    const server = await serve({ '/feed': xml });
    const feeds = createFeeds({ log: silentLog, userAgent: 'CrierTest/1', allowPrivate: [server.host] });
    try {
      const answer = await feeds.poll({ url: `${server.url}/feed`, etag: null, lastModified: null }, signal);
      if (answer.kind !== 'changed') throw new Error('unchanged');
      return { ...answer.entries[0], siteUrl: answer.feed.siteUrl };
    } finally {
      await feeds.close();
      await server.close();
    }
  };
  test.each([
    [
      'with a prefix on every element',
      '<r:rss xmlns:r="urn:rss"><r:channel><r:item><r:title>River</r:title><x:title>no</x:title></r:item></r:channel></r:rss>',
      { title: 'River' },
    ],
    [
      'with its text in base64',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title><content type="text/html" mode="base64">${Buffer.from('<p>Two <b>words</b></p>').toString('base64')}</content></entry></feed>`,
      { text: 'Two words' },
    ],
    [
      'with an XHTML body',
      '<rss version="2.0"><channel><item><title>T</title><body xmlns="http://www.w3.org/1999/xhtml"><p>By <a href="/a">Ann</a></p></body></item></channel></rss>',
      { text: 'By Ann' },
    ],
    [
      'whose last tag is cut off',
      '<rss version="2.0"><channel><item><title>T</title><description>Text</description></item></channel></rss',
      { text: 'Text' },
    ],
    [
      'with a frame that nobody closes',
      '<rss version="2.0"><channel><item><title>T</title><description>before&lt;iframe src="x"&gt; after</description></item></channel></rss>',
      { text: 'before after' },
    ],
    [
      'with Atom links and authors in RSS',
      '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="alternate" href="https://river.example/"/><item><title>T</title><atom:author><atom:name>Ann</atom:name></atom:author></item></channel></rss>',
      { author: 'Ann', siteUrl: 'https://river.example/' },
    ],
  ])('%s is read', async (_form, xml, expected) => {
    expect(await only(xml)).toMatchObject(expected);
  });
});
