import { afterAll, describe, expect, test } from 'vitest';
import { createFeeds } from '../../src/feeds/index.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { useStore } from './bench.ts';
import { article, fakeFeeds, testEdges } from './support.ts';

const bench = useStore();
const { outlines, close } = createFeeds({ allowPrivate: [], userAgent: 'test', log: silentLog });
afterAll(close);

const feedOf = (name: string) => `https://${name}.example/feed`;
const outline = (name: string) => `<outline type="rss" text="${name}" xmlUrl="${feedOf(name)}"/>`;
const listOf = (body: string) => `<opml version="2.0"><head/><body>${body}</body></opml>`;

/** A command line that has files, over feeds that are all there but those named. */
function withFiles(files: Record<string, string>, missing: string[] = []) {
  let inWork = 0;
  let most = 0;
  const polled: string[] = [];
  const feeds = fakeFeeds({});
  const poll: typeof feeds.poll = async ({ url, etag, lastModified }, signal) => {
    polled.push(url);
    most = Math.max(most, ++inWork);
    await new Promise(setImmediate);
    inWork -= 1;
    if (missing.includes(url))
      throw new FetchError('status', `${url} answered 404.`, { status: 404, cure: 'Check it.' });
    const known = fakeFeeds({ feeds: { [url]: [article({ url: `${url}/story` })] } });
    return known.poll({ url, etag, lastModified }, signal);
  };
  const statuses: string[] = [];
  const ports = { ...bench.ports, feeds: { ...feeds, poll }, outlines, close: async () => {} };
  const { run } = testEdges({
    open: async () => ports,
    readFile: async (path) => files[path] ?? Promise.reject(new Error('no such file')),
    writeFile: async (path, text) => {
      files[path] = text;
    },
    status: (line) => statuses.push(line),
  });
  return { run, statuses, polled, most: () => most };
}

describe('source import', () => {
  test('answers every outline, makes folders tags, and goes on after a bad feed', async () => {
    const list = listOf(
      `<outline text="Latvia"><outline text="News">${outline('a')}${outline('gone')}</outline></outline>
       ${outline('b')}<outline text="Other">${outline('a')}</outline><outline text="note"/>
       <outline text="odd" xmlUrl="javascript:alert(1)"/>`,
    );
    const { run, statuses } = withFiles({ 'list.opml': list }, [feedOf('gone')]);
    const { code, records } = await run('source', 'import', 'list.opml', '--first', '0', '--json');
    expect(code).toBe(1);
    expect(records.map(({ title, outcome }) => `${title} ${outcome}`).sort()).toEqual([
      'a added',
      'a followed',
      'b added',
      'gone refused',
      'note refused',
      'odd refused',
    ]);
    expect(records.find(({ title }) => title === 'gone')).toMatchObject({
      id: null,
      reason: expect.stringContaining('404'),
    });
    expect(statuses).toContain('6 of 6: 2 added, 1 followed already, 3 refused');
    const sources = (await run('source', 'list', '--json')).records;
    expect(sources.map(({ url, tags, firstPosts }) => [url, tags, firstPosts]).sort()).toEqual([
      [feedOf('a'), ['Latvia', 'News', 'Other'], 0],
      [feedOf('b'), [], 0],
    ]);
    expect((await run('source', 'list', '--tag', 'latvia', '--json')).records).toHaveLength(1);
    expect((await run('source', 'list', '--tag', 'Sport')).out).toContain('No source is tagged "Sport"');
  });

  test('a second time adds nothing and asks nobody', async () => {
    const files = { 'list.opml': listOf(outline('a') + outline('b')) };
    const first = withFiles(files);
    expect(await first.run('source', 'import', 'list.opml')).toMatchObject({ code: 0 });
    const second = withFiles(files);
    const { code, out } = await second.run('source', 'import', 'list.opml');
    expect({ code, polled: second.polled }).toEqual({ code: 0, polled: [] });
    expect(out).toContain('2 sources in the list: 0 added, 2 followed already, 0 refused.');
  });

  test('of 1,000 feeds asks four at once and follows them all', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `feed-${index}`);
    const { run, most } = withFiles({ 'list.opml': listOf(names.map(outline).join('')) }, [feedOf('feed-500')]);
    const { out } = await run('source', 'import', 'list.opml');
    expect(out).toContain('1000 sources in the list: 999 added, 0 followed already, 1 refused.');
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(4);
  }, 60_000);

  test('of what is no list says so', async () => {
    const { run } = withFiles({ 'list.opml': '<html></html>' });
    expect(await run('source', 'import', 'list.opml')).toMatchObject({
      code: 1,
      error: expect.stringContaining('This is not an OPML list but <html>'),
    });
    expect(await run('source', 'import', 'nowhere.opml')).toMatchObject({ code: 2 });
  });
});

describe('source export', () => {
  test('gives a list that makes the same sources elsewhere', async () => {
    const files: Record<string, string> = {
      'in.opml': listOf(`<outline text="Ziņas">${outline('a')}</outline>${outline('b')}`),
    };
    const { run } = withFiles(files);
    await run('source', 'import', 'in.opml');
    await run('source', 'tag', feedOf('b'), 'Rīga', 'rīga', 'A & B');
    const { out } = await run('source', 'export');
    expect(out).toContain('<opml version="2.0">');
    expect(await run('source', 'export', '--file', 'out.opml', '--tag', 'rīga')).toMatchObject({
      code: 0,
      out: '1 source written to out.opml.',
    });
    const { signal } = new AbortController();
    expect(await outlines.read(out, signal)).toEqual([
      { url: feedOf('b'), title: 'b', tags: ['A & B'] },
      { url: feedOf('b'), title: 'b', tags: ['Rīga'] },
      { url: feedOf('a'), title: 'a', tags: ['Ziņas'] },
    ]);
    expect(await outlines.read(files['out.opml'] ?? '', signal)).toHaveLength(2);
  });
});
