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

describe('check', () => {
  const withInput = (pieces: string[]) =>
    testEdges({
      openWithoutStore: async () => outsidePorts(),
      readStdin: async function* () {
        yield* pieces;
      },
    });

  test('reads a pair a line, the article as text or as an object, and prints what goes beyond it', async () => {
    const lines = [
      JSON.stringify({ article: 'It rained for 3 days.', text: 'It rained 3 days.' }),
      '',
      JSON.stringify({
        article: { title: '7 days', text: 'It rained.', url: 'https://news.example/a' },
        text: 'It rained 7 days and 9 nights: https://news.example/a',
      }),
    ].join('\n');
    // Cut in the middle of a line, as a pipe does.
    const { code, records } = await withInput([lines.slice(0, 20), lines.slice(20, 70), lines.slice(70)]).run(
      'check',
      '--json',
    );
    expect(code).toBe(0);
    expect(records).toEqual([
      { ok: true, failures: [] },
      { ok: false, failures: [{ kind: 'number', span: '9', reason: 'the article has no such number' }] },
    ]);
  });

  test('says which line is wrong', async () => {
    const { code, error } = await withInput(['{"article": "a", "text": "b"}\n', '{"article": 7}\n']).run('check');
    expect(code).toBe(2);
    expect(error).toContain('Line 2 is not {"article": …, "text": …}.');
    expect((await withInput(['not json']).run('check')).error).toContain('Line 1 is not JSON.');
  });

  test('reads a file, and says so when it can not or when nothing comes', async () => {
    const edges = testEdges({
      isTTY: true,
      openWithoutStore: async () => outsidePorts(),
      readFile: async (path) => {
        if (path !== 'pairs.ndjson') throw new Error('ENOENT');
        return '{"article": "a 5", "text": "b 5"}\n';
      },
    });
    expect(await edges.run('check', 'pairs.ndjson')).toMatchObject({
      code: 0,
      out: '✓ line 1: all of it is in the article',
    });
    expect(await edges.run('check', 'none')).toMatchObject({
      code: 2,
      error: expect.stringContaining("The file none can't be read."),
    });
    expect(await edges.run('check')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Nothing comes on standard input.'),
    });
  });
});
