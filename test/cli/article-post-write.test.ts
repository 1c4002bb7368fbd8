import { describe, expect, test } from 'vitest';
import { FetchError } from '../../src/lib/errors.ts';
import { useStore } from './bench.ts';
import { FEED, first, STORIES, seedPosts, storePorts } from './seed.ts';
import { fakeFeeds, fakePlatforms, START, squarePlatform, testEdges } from './support.ts';

const bench = useStore();

describe('article and why', () => {
  test('are told by number and by address, with the fields of the contract', async () => {
    await seedPosts(bench.ports);
    const { records } = await bench.crier('article', 'list', '--json');
    expect(records).toHaveLength(2);
    const record = records.find((one) => one.url === STORIES[0]?.url);
    expect(record).toEqual({
      id: expect.any(Number),
      url: 'https://news.example/a',
      canonicalUrl: 'https://news.example/a',
      guid: 'guid of https://news.example/a',
      title: 'Trees for the river',
      author: 'Anna Ozola',
      publishedAt: '2026-11-22T08:30:00.000Z',
      language: 'en',
      text: STORIES[0]?.text,
      image: 'https://news.example/a.jpg',
      siteName: 'News Example',
      textFrom: 'page',
      pageProblem: null,
      source: expect.any(String),
      state: 'waiting',
      waitingFor: 'review',
      reason: expect.any(String),
      seenAt: START.toISOString(),
      contentHash: expect.stringMatching(/^[\da-f]{64}$/u),
      correctedAt: null,
      corrections: [],
    });
    expect((await bench.crier('article', 'show', String(record.id), '--json')).records).toEqual([record]);
    expect((await bench.crier('article', 'show', 'http://www.news.example/a?utm_source=x', '--json')).records).toEqual([
      record,
    ]);
    const shown = await bench.crier('article', 'show', 'https://news.example/a');
    expect(shown.out).toContain('State: waiting for review');
    expect(shown.out).toMatch(/Post \d+ for square:@news: waiting for review/u);
    expect((await bench.crier('article', 'list', '--state', 'posted')).out).toBe('No article is posted.');
    expect((await bench.crier('article', 'list')).out).toMatch(
      /Jauni koki Rīgā: šogad iestādīs 40 .*waiting for review/u,
    );
    expect((await bench.crier('article', 'list', '--limit', '1', '--json')).records).toHaveLength(1);
  });

  test('an unknown article is answered with how to see them', async () => {
    for (const input of ['4711', 'https://nowhere.example/', 'nonsense']) {
      expect(await bench.crier('article', 'show', input)).toMatchObject({
        code: 2,
        error: expect.stringContaining('See them with: crier article list'),
      });
    }
  });

  test('why tells the story of an article, also of one never seen', async () => {
    await seedPosts(bench.ports);
    const { records } = await bench.crier('why', 'https://news.example/a', '--json');
    expect(records).toMatchObject([
      { url: 'https://news.example/a', known: true, verdict: expect.stringMatching(/review/u) },
    ]);
    expect(records[0].events[0]).toEqual({ at: START.toISOString(), what: expect.any(String) });
    expect((await bench.crier('why', 'https://news.example/a')).out).toMatch(
      /^Waiting[\s\S]*\n {2}2026-11-23 \d\d:\d\d {2}/u,
    );
    expect((await bench.crier('why', 'https://nowhere.example/', '--json')).records).toMatchObject([
      { known: false, events: [] },
    ]);
  });
});

describe('post', () => {
  test('is listed and shown with the fields of the contract', async () => {
    const { posts } = await seedPosts(bench.ports);
    const post = first(posts);
    const { records } = await bench.crier('post', 'list', '--state', 'review', '--json');
    expect(records).toHaveLength(2);
    const [shown] = (await bench.crier('post', 'show', String(post.id), '--json')).records;
    expect(shown).toEqual(records[0]);
    expect(shown).toMatchObject({
      id: post.id,
      articleId: post.articleId,
      url: posts[0]?.article.url,
      channel: 'square:@news',
      language: 'en',
      text: post.text,
      format: 'plain',
      state: 'review',
      plannedAt: null,
      grounding: { ok: true, failures: [] },
      cost: 0,
    });
    expect((await bench.crier('post', 'list', '--article', 'https://news.example/a', '--json')).records).toHaveLength(
      1,
    );
    expect((await bench.crier('post', 'show', String(post.id))).out).toContain(post.text);
  });

  test('of another brand is not found', async () => {
    const { posts } = await seedPosts(bench.ports);
    const { id, articleId, channelId } = first(posts);
    await bench.database.sql(
      `INSERT INTO brand (slug, name, time_zone, language, voice, disclosure, on_writer_failure, controller)
       SELECT 'other', 'Other', time_zone, language, voice, disclosure, on_writer_failure, controller FROM brand`,
    );
    const other = ['--brand', 'other'];
    expect((await bench.crier('post', 'list', ...other, '--json')).records).toEqual([]);
    expect((await bench.crier('post', 'approve', String(id), ...other)).code).toBe(2);
    expect((await bench.crier('article', 'show', String(articleId), ...other)).code).toBe(2);
    expect((await bench.crier('channel', 'remove', String(channelId), ...other)).code).toBe(2);
    expect((await bench.crier('source', 'remove', FEED, ...other)).code).toBe(2);
  });

  test('is approved and rejected once, by number', async () => {
    const { posts } = await seedPosts(bench.ports);
    const [one, two] = posts.map((view) => String(view.post.id)) as [string, string];
    expect((await bench.crier('post', 'approve', one, '4711')).code).toBe(2);
    expect((await bench.crier('post', 'list', '--state', 'review', '--json')).records).toHaveLength(2);
    expect((await bench.crier('post', 'approve', one, '--json')).records).toMatchObject([
      { id: Number(one), state: 'approved', approvedBy: 'the command line', delivery: { state: 'waiting' } },
    ]);
    expect(await bench.crier('post', 'approve', one)).toMatchObject({
      code: 2,
      error: expect.stringContaining('approved already (by the command line)'),
    });
    expect((await bench.crier('post', 'reject', two, '--reason', 'old news', '--json')).records).toMatchObject([
      { state: 'rejected', reason: 'old news' },
    ]);
    expect((await bench.crier('post', 'list', '--state', 'review')).out).toBe('Nothing waits for review.');
  });

  test('is edited from an option or a file, and checked again', async () => {
    const { posts } = await seedPosts(bench.ports);
    const id = String(first(posts).id);
    expect(
      (await bench.crier('post', 'edit', id, '--text', 'The town plants 99 trees.', '--json')).records,
    ).toMatchObject([
      {
        text: 'The town plants 99 trees.\n\nAutomatic excerpt',
        writer: 'person',
        state: 'review',
        grounding: { ok: false, failures: [{ kind: 'number', span: '99' }] },
      },
    ]);
    expect(await bench.crier('post', 'edit', id, '--text', 'x'.repeat(501))).toMatchObject({
      code: 2,
      error: expect.stringContaining('longer than 500 characters'),
    });
    expect(await bench.crier('post', 'edit', id)).toMatchObject({
      code: 2,
      error: expect.stringContaining('either --text or --file'),
    });
    expect(await bench.crier('post', 'edit', id, '--text', ' ')).toMatchObject({
      code: 2,
      error: expect.stringContaining('The text is empty.'),
    });
    const edges = testEdges({ open: async () => bench.ports, readFile: async () => 'From a file.\n' });
    expect((await edges.run('post', 'edit', id, '--file', 'text.txt', '--json')).records).toMatchObject([
      { text: 'From a file.\n\nAutomatic excerpt', grounding: { ok: true } },
    ]);
  });
});

describe('a post with two texts and a brief', () => {
  test('is shown with both, and the other one is taken and taken back', async () => {
    const { posts } = await seedPosts(bench.ports);
    const post = first(posts);
    const { store } = bench.ports;
    const claim = { claim: 'Trees are planted.', support: 'The town plants 40 trees along the river.', doubt: null };
    const writingId = await store.writings.add({
      brandId: post.brandId,
      articleId: post.articleId,
      language: 'en',
      writer: 'clever-1',
      headline: 'Trees',
      summary: 'The town plants trees. It begins in spring.',
      altText: '',
      claims: [claim, { claim: 'All like it.', support: null, doubt: null }],
      at: START,
    });
    const alternative = { text: 'Forty trees.', grounding: { ok: true, failures: [] }, sameness: null, reason: null };
    await store.posts.save({ ...post, writingId, alternative });
    const id = String(post.id);
    expect((await bench.crier('post', 'show', id, '--json')).records).toMatchObject([
      { summary: 'The town plants trees. It begins in spring.', claims: [claim, { support: null }], alternative },
    ]);
    const shown = await bench.crier('post', 'show', id);
    expect(shown.out).toContain(`to take instead: crier post choose ${id}\n\nForty trees.`);
    expect(shown.out).toContain('“The town plants 40 trees along the river.”');
    expect(shown.out).toContain('! no sentence of the article was given for this');
    expect((await bench.crier('post', 'choose', id, '--json')).records).toMatchObject([
      { text: 'Forty trees.', state: 'review', alternative: { text: post.text } },
    ]);
    expect((await bench.crier('post', 'choose', id, '--json')).records).toMatchObject([{ text: post.text }]);
    const other = String(posts[1]?.post.id);
    expect(await bench.crier('post', 'choose', other)).toMatchObject({
      code: 2,
      error: expect.stringContaining('has only one text'),
    });
  });
});

describe('write', () => {
  test('shows what would be posted on the active channels, and stores nothing', async () => {
    await bench.crier('channel', 'add', 'square:@news', '--lang', 'lv');
    const { code, records } = await bench.crier(
      'write',
      'https://news.example/a',
      'https://news.example/koki',
      '--json',
    );
    expect(code).toBe(0);
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      id: null,
      articleId: null,
      url: 'https://news.example/a',
      channel: 'square:@news',
      language: 'lv',
      text: expect.stringContaining('Trees for the river'),
      format: 'plain',
      state: 'draft',
      plannedAt: null,
      grounding: { ok: true, failures: [] },
      cost: 0,
    });
    expect((await bench.crier('article', 'list', '--json')).records).toEqual([]);
    expect((await bench.crier('write', 'https://news.example/a')).out).toContain(
      '── square:@news (lv, offline) ──\nTrees for the river',
    );
  });

  test('takes channels that are not registered, and a language', async () => {
    const { records } = await bench.crier(
      'write',
      'https://news.example/a',
      '--channel',
      'square:@One',
      '--channel',
      'square:@two',
      '--lang',
      'ru',
      '--json',
    );
    expect(records).toMatchObject([
      { channel: 'square:@one', language: 'ru' },
      { channel: 'square:@two', language: 'ru' },
    ]);
  });

  test('without any channel it shows the rehearsal of every platform', async () => {
    const rehearsal = squarePlatform({
      name: 'mirror',
      rehearsal: true,
      local: true,
      parseAddress: (address) => ({ address }),
    });
    bench.ports = {
      ...bench.ports,
      platforms: fakePlatforms([squarePlatform(), rehearsal], [{ name: 'circle', missing: 'set CIRCLE_TOKEN' }]),
    };
    const { records } = await bench.crier('write', 'https://news.example/a', '--json');
    expect(records.map((record) => record.channel)).toEqual(['mirror:square', 'mirror:circle']);
  });

  test('goes on after an address that can not be read, and ends with 1', async () => {
    const failure = () => new FetchError('unreachable', 'The server does not answer.');
    bench.ports = storePorts(bench.database.store, {
      feeds: fakeFeeds({ pages: { 'https://news.example/a': STORIES[0] as (typeof STORIES)[0] }, failure }),
    });
    const { code, records } = await bench.crier(
      'write',
      'https://gone.example/',
      'https://news.example/a',
      '--channel',
      'square:@a',
      '--json',
    );
    expect(code).toBe(1);
    expect(records).toMatchObject([
      { url: 'https://gone.example/', state: 'failed', reason: 'The server does not answer.' },
      { state: 'draft' },
    ]);
  });

  test('refuses a wrong channel', async () => {
    bench.withPlatform({});
    expect(await bench.crier('write', 'https://news.example/a')).toMatchObject({
      code: 2,
      error: expect.stringContaining('There is no channel to write for.'),
    });
    expect(await bench.crier('write', 'https://news.example/a', '--channel', 'oval:x')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Known are square, circle'),
    });
    expect(await bench.crier('write', 'https://news.example/a', '--channel', 'circle:x')).toMatchObject({
      code: 2,
      error: expect.stringContaining('CIRCLE_TOKEN'),
    });
    expect(await bench.crier('write', 'https://news.example/a', '--channel', '7')).toMatchObject({
      code: 2,
      error: expect.stringContaining('crier channel list'),
    });
  });
});
