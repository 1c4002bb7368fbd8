import { describe, expect, test } from 'vitest';
import { FetchError } from '../../src/lib/errors.ts';
import { article, fakeFeeds, outsidePorts, testEdges } from './support.ts';

const ARTICLE_FIELDS = [
  'id',
  'url',
  'guid',
  'title',
  'author',
  'publishedAt',
  'language',
  'text',
  'image',
  'source',
  'state',
  'reason',
];
const notFound = (url: string) =>
  new FetchError('status', `${url} answered 404.`, { status: 404, cure: 'Check the address.' });

describe('source preview', () => {
  const feeds = fakeFeeds({
    feeds: {
      'https://news.example/feed.xml': [article(), article({ url: 'https://news.example/b', title: 'Koki upei' })],
    },
    failure: notFound,
  });
  const { run } = testEdges({ openWithoutStore: async () => outsidePorts({ feeds }) });

  test('--json: one object for each address, in their order, with the fields of the contract', async () => {
    const { code, records } = await run(
      'source',
      'preview',
      'https://gone.example/x',
      'https://news.example/feed.xml',
      '--json',
    );
    expect(code).toBe(1);
    expect(records).toHaveLength(2);
    const [gone, good] = records;
    expect(gone).toEqual({
      url: 'https://gone.example/x',
      source: { url: 'https://gone.example/x', kind: null, title: null, language: null },
      articles: [],
      error: { kind: 'status', message: 'https://gone.example/x answered 404.', cure: 'Check the address.' },
    });
    expect(good.url).toBe('https://news.example/feed.xml');
    expect(good.source).toEqual({
      url: 'https://news.example/feed.xml',
      kind: 'rss',
      title: 'News Example',
      language: 'en',
    });
    expect(good.articles).toHaveLength(2);
    for (const field of ARTICLE_FIELDS) expect(good.articles[0]).toHaveProperty(field);
    expect(good.articles[0]).toMatchObject({
      id: null,
      guid: 'guid of https://news.example/a',
      title: 'Trees for the river',
      publishedAt: '2026-11-22T08:30:00.000Z',
    });
  });

  test('for people: a table, and the faults on standard error', async () => {
    const { code, out, error } = await run(
      'source',
      'preview',
      'https://news.example/feed.xml',
      'https://gone.example/x',
    );
    expect(code).toBe(1);
    expect(out).toContain('News Example (rss, en)');
    expect(out).toMatch(/^2026-11-22 08:30 {2}Koki upei +https:\/\/news\.example\/b$/mu);
    expect(error).toBe('https://gone.example/x answered 404. Check the address.');
  });

  test('keeps the order of many addresses although several are read at once', async () => {
    const urls = Array.from({ length: 30 }, (_, index) => `https://news.example/${index}.xml`);
    const delayed = fakeFeeds({ feeds: Object.fromEntries(urls.map((url) => [url, []])) });
    let open = 0;
    let most = 0;
    const poll: typeof delayed.poll = async (request, signal) => {
      most = Math.max(most, ++open);
      for (let turn = urls.indexOf(request.url) % 5; turn >= 0; turn--) await new Promise(setImmediate);
      open -= 1;
      return delayed.poll(request, signal);
    };
    const edges = testEdges({ openWithoutStore: async () => outsidePorts({ feeds: { ...delayed, poll } }) });
    const { records } = await edges.run('source', 'preview', ...urls, '--json');
    expect(records.map((record) => record.source.url)).toEqual(urls);
    expect(most).toBe(4);
  });
});

describe('article preview', () => {
  const feeds = fakeFeeds({ pages: { 'https://news.example/a': article() }, failure: notFound });
  const { run } = testEdges({ openWithoutStore: async () => outsidePorts({ feeds }) });

  test('--json prints an article for each address; one that failed says why', async () => {
    const { code, records } = await run(
      'article',
      'preview',
      'https://news.example/a',
      'https://gone.example/x',
      '--json',
    );
    expect(code).toBe(1);
    expect(records).toHaveLength(2);
    for (const record of records) for (const field of ARTICLE_FIELDS) expect(record).toHaveProperty(field);
    expect(records[0]).toMatchObject({
      title: 'Trees for the river',
      author: 'Anna Ozola',
      image: 'https://news.example/a.jpg',
      state: null,
    });
    expect(records[1]).toMatchObject({
      url: 'https://gone.example/x',
      state: 'failed',
      reason: 'https://gone.example/x answered 404. Check the address.',
      text: null,
    });
  });

  test('what is no address has its line too, in its place, and stops no other', async () => {
    for (const noun of ['article', 'source']) {
      const addresses = ['not an address', 'https://gone.example/x', 'ftp://old.example/', 'https://news.example/a'];
      const { code, records } = await run(noun, 'preview', ...addresses, '--json');
      expect(code).toBe(1);
      expect(records.map(({ url }) => url)).toEqual(addresses);
      expect(records[0].error).toMatchObject({ kind: 'usage', message: expect.stringContaining('not an address') });
    }
  });

  test('says that robots.txt forbids the page, and shows it', async () => {
    const forbidden = { ...article(), robots: 'forbids' as const };
    const own = testEdges({
      openWithoutStore: async () =>
        outsidePorts({ feeds: fakeFeeds({ pages: { 'https://news.example/a': forbidden } }) }),
    });
    const { code, out } = await own.run('article', 'preview', 'https://news.example/a');
    expect(code).toBe(0);
    expect(out).toContain('robots.txt asks machines not to read this page. Crier read it because you asked for it');
    expect((await own.run('article', 'preview', 'https://news.example/a', '--json')).records[0].robots).toBe('forbids');
  });

  test('for people it shows the text', async () => {
    const { code, out } = await run('article', 'preview', 'https://news.example/a');
    expect(code).toBe(0);
    expect(out).toContain(
      'Trees for the river\nhttps://news.example/a\nNews Example · Anna Ozola · 2026-11-22 08:30 · en\n\nThe town plants 40 trees',
    );
  });

  test('closes what it opened, also after a failure', async () => {
    let closed = 0;
    const edges = testEdges({
      openWithoutStore: async () => ({
        ...outsidePorts({ feeds: fakeFeeds({}) }),
        close: async () => {
          closed += 1;
        },
      }),
    });
    expect((await edges.run('article', 'preview', 'https://unexpected.example/')).code).toBe(1);
    expect(closed).toBe(1);
  });
});
