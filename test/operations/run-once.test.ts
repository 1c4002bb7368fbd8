import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelegramEmulator, type TelegramEmulator } from '../emulators/telegram.ts';
import { crier, freePort, newDataDir, startCrier } from '../support/crier.ts';
import { type FeedServer, manyArticles, startFeedServer } from '../support/feed-server.ts';
import { becomes, processesIn, removeFolder } from './support.ts';

let folder: string;
let feed: FeedServer;
let broken: FeedServer;
let telegram: TelegramEmulator;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await newDataDir();
  [feed, broken, telegram] = await Promise.all([
    startFeedServer(manyArticles(3)),
    startFeedServer([]),
    startTelegramEmulator({ acceptAnyChat: true, validate: false }),
  ]);
  env = {
    DATA_DIR: folder,
    PORT: String(await freePort()),
    FETCH_ALLOW_PRIVATE: `${feed.host},${broken.host}`,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  };
});
afterAll(async () => {
  await Promise.all([feed.close(), telegram.close()]);
  await removeFolder(folder);
});

/** One pass: its exit code and what it counted. */
async function pass() {
  const { code, stderr, json } = await crier(['run', '--once', '--json'], env);
  return { code, stderr, summary: json()[0] };
}
const NOTHING = { articlesNew: 0, postsWritten: 0, delivered: 0, unclear: 0, failed: 0 };
const posted = () => telegram.sent.map(({ plain }) => plain.split('\n')[0]);

describe('one pass', { timeout: 120_000 }, () => {
  test('with nothing to do says what to do next', async () => {
    const { code, stdout, stderr } = await crier(['run', '--once'], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/feeds polled\s+0\s+Add a source: crier source add URL/u);
  });

  test('counts what it did, and a source that fails stops no other', async () => {
    for (const args of [
      ['channel', 'add', 'telegram:-1001', '--auto'],
      ['channel', 'add', 'preview:x'],
      ['source', 'add', feed.feedUrl, '--first', 'all'],
      ['source', 'add', broken.feedUrl],
    ])
      expect(await crier(args, env)).toMatchObject({ code: 0 });
    await broken.close();
    expect(await pass()).toMatchObject({
      code: 0,
      summary: {
        feedsPolled: 2,
        feedsFailed: 1,
        articlesNew: 3,
        postsWritten: 6,
        delivered: 3,
        waitingForReview: 3,
        unclear: 0,
        failed: 0,
      },
    });
    expect(new Set(posted()).size).toBe(3);
  });

  test('run again does nothing twice, and tells where to look', async () => {
    const { code, stdout } = await crier(['run', '--once'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/articles new\s+0/u);
    // The one that failed is left alone until its backoff is over.
    expect(stdout).toMatch(/feeds polled\s+1/u);
    expect(stdout).toMatch(/left alone for now\s+1\s+Until when: crier source show SOURCE/u);
    expect(stdout).toMatch(/waiting for review\s+3\s+See them: crier post list --state review/u);
    expect(posted()).toHaveLength(3);
  });

  test('posts what has come since, and what a person has approved', async () => {
    feed.articles.push(...manyArticles(4).slice(3));
    const [waiting] = (await crier(['post', 'list', '--state', 'review', '--json'], env)).json<{ id: number }>();
    expect(await crier(['post', 'approve', String(waiting?.id)], env)).toMatchObject({ code: 0 });
    expect(await pass()).toMatchObject({
      code: 0,
      summary: { articlesNew: 1, postsWritten: 2, delivered: 2, waitingForReview: 3 },
    });
    expect(posted()).toHaveLength(4);
  });

  test('counts a refusal of the platform as failed and an answer that did not come as unclear', async () => {
    telegram.refuse('sendMessage', 400, 'Bad Request: message text is empty');
    await telegram.next('502-after-accept');
    feed.articles.push(...manyArticles(6).slice(4));
    expect(await pass()).toMatchObject({ code: 0, summary: { articlesNew: 2, delivered: 0, unclear: 1, failed: 1 } });
    expect(await pass()).toMatchObject({ code: 0, summary: { ...NOTHING, unclear: 1 } });
    expect(posted()).toHaveLength(5);
  });

  test('works while crier start runs, counts right, and nothing goes out twice', async () => {
    const running = await startCrier(env);
    feed.articles.push(...manyArticles(16).slice(6));
    const before = posted().length;
    const [one, other] = await Promise.all([pass(), pass()]);
    expect([one.code, other.code], one.stderr + other.stderr).toEqual([0, 0]);
    await becomes(
      async () => posted().length,
      (count) => count === before + 10,
    );
    expect(posted().slice(before)).toHaveLength(10);
    expect(new Set(posted()).size).toBe(15);
    const counted = [one.summary, other.summary] as Record<string, number>[];
    expect(counted).toMatchObject(Array(2).fill({ feedsPolled: 1, feedsHeldBack: 1 }));
    expect(counted.reduce((sum, { articlesNew = 0 }) => sum + articlesNew, 0)).toBe(10);
    expect(await pass()).toMatchObject({ code: 0, summary: { ...NOTHING, feedsPolled: 1, unclear: 1 } });
    expect(await running.stop()).toBe(0);
    expect(processesIn(folder)).toEqual([]);
  });

  test('fails only when every source does and nothing else moved', async () => {
    expect(await crier(['source', 'pause', '1'], env)).toMatchObject({ code: 0 });
    expect(await pass()).toMatchObject({
      code: 1,
      summary: { ...NOTHING, feedsPolled: 0, feedsHeldBack: 1, unclear: 1 },
    });
  });
});

test('in an installation that has the tour, a pass leaves the sample source to crier start', {
  timeout: 120_000,
}, async () => {
  const tour = await newDataDir();
  const settings = { DATA_DIR: tour, PORT: String(await freePort()) };
  const running = await startCrier(settings);
  await becomes(
    async () => (await crier(['delivery', 'list', '--json', '--state', 'confirmed'], settings)).json().length,
    (count) => count === 15,
  );
  const during = await crier(['run', '--once', '--json'], settings);
  expect(await running.stop()).toBe(0);
  const after = await crier(['run', '--once', '--json'], settings);
  for (const { code, json, stderr } of [during, after]) {
    expect(code, stderr).toBe(0);
    expect(json()[0]).toMatchObject({ ...NOTHING, feedsPolled: 0, feedsFailed: 0 });
  }
  const list = (await crier(['delivery', 'list', '--json'], settings)).json();
  expect(list).toHaveLength(15);
  await removeFolder(tour);
});
