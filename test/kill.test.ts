import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startTelegramEmulator } from './emulators/telegram.ts';
import { crier, newDataDir } from './support/crier.ts';
import { manyArticles, startFeedServer } from './support/feed-server.ts';
import { killRun } from './support/kill-run.ts';
import { seededRandom } from './support/random.ts';

const KILLS = 6;
const POSTS = 24;

test('a process that is killed again and again posts nothing twice and loses nothing', {
  timeout: 120_000,
}, async () => {
  const folder = await newDataDir();
  const [feed, telegram] = await Promise.all([
    startFeedServer(),
    startTelegramEmulator({ acceptAnyChat: true, validate: false }),
  ]);
  try {
    const env = {
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      FETCH_ALLOW_PRIVATE: feed.host,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
    };
    expect((await crier(['channel', 'add', 'telegram:-1001', '--auto', '--lang', 'en'], env)).code).toBe(0);
    feed.articles.push(...manyArticles(1));
    expect((await crier(['source', 'add', feed.feedUrl, '--first', 'all'], env)).code).toBe(0);
    const stories = manyArticles(POSTS);
    const report = await killRun({
      env,
      kills: KILLS,
      posts: POSTS,
      random: seededRandom(20261123),
      seen: () => telegram.sent.map((message) => ({ text: message.plain, id: String(message.messageId) })),
      before: (run) =>
        feed.articles.push(...stories.slice(feed.articles.length, Math.ceil(((run + 1) / (KILLS + 1)) * POSTS))),
    });
    expect(report).toMatchObject({ kills: KILLS, posts: POSTS, other: {}, twice: 0, phantom: 0, unknown: 0 });
    expect(report.confirmed + report.unclear).toBe(POSTS);
    expect(report.confirmed).toBeGreaterThan(0);
  } finally {
    await Promise.all([feed.close(), telegram.close()]);
    await rm(folder, { recursive: true, force: true });
  }
});
