import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../emulators/discord.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../emulators/telegram.ts';
import { crier, eventually, freePort, newDataDir, type Running, startCrier } from '../support/crier.ts';
import { type FeedServer, manyArticles, type ServedArticle, startFeedServer } from '../support/feed-server.ts';
import { startHub, type TestHub } from '../support/hub.ts';

const GROUP = -500;
const stories = manyArticles(5) as [ServedArticle, ServedArticle, ServedArticle, ServedArticle, ServedArticle];
let feed: FeedServer;
let hub: TestHub;
let telegram: TelegramEmulator;
let discord: DiscordEmulator;
let running: Running | undefined;
let env: Record<string, string>;

beforeAll(async () => {
  const port = String(await freePort());
  [feed, hub, telegram, discord] = await Promise.all([
    startFeedServer([stories[0]]),
    startHub(),
    startTelegramEmulator({
      chats: [{ id: GROUP, type: 'group', title: 'Tips', bot: 'administrator' }],
      validate: false,
    }),
    startDiscordEmulator({ validate: false }),
  ]);
  discord.world.allowContent();
  env = {
    DATA_DIR: await newDataDir(),
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FETCH_ALLOW_PRIVATE: `${feed.host},${hub.host}`,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_BASE: discord.apiBase,
  };
  feed.link = `<${hub.url}>; rel="hub", <${feed.feedUrl}>; rel="self"`;
});
afterAll(async () => {
  await running?.stop();
  await Promise.all([feed.close(), hub.close(), telegram.close(), discord.close()]);
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
});

const article = (slug: string) =>
  eventually(
    async () =>
      (await crier(['article', 'list', '--json'], env)).json().find((one) => String(one.url).endsWith(`/${slug}`)),
    (one) => one?.state === 'posted',
    30_000,
  );

test('news that a hub pushes and links that people forward are posted by a running Crier', {
  timeout: 180_000,
}, async () => {
  running = await startCrier(env);
  for (const args of [
    ['channel', 'add', 'preview:telegram', '--auto'],
    ['source', 'add', feed.feedUrl],
    ['source', 'add', `telegram:${GROUP}`],
    ['source', 'add', `discord:${discord.channelId}`],
  ])
    expect(await crier(args, env)).toMatchObject({ code: 0 });
  await eventually(
    async () => hub.subscriptions.size,
    (size) => size === 1,
  );
  expect(hub.verified).toEqual([{ status: 200, echoed: true }]);

  feed.articles.push(stories[1]);
  expect(await hub.deliver('news', { secret: 'of somebody else' })).toEqual([202]);
  expect(await hub.deliver('news')).toEqual([202]);
  feed.articles.push(stories[2], stories[3]);
  const text = `${feed.url}/story-4`;
  telegram.pushIn(GROUP, { text, entities: [{ type: 'url', offset: 0, length: text.length }] });
  await discord.gateway.ready();
  feed.articles.push(stories[4]);
  discord.world.forward(`look at ${feed.url}/story-5`);

  expect(await article('story-4')).toMatchObject({ state: 'posted', source: 'Telegram chat “Tips”' });
  expect(await article('story-5')).toMatchObject({ state: 'posted', source: 'Discord chat “#news (Harbour)”' });
  const shown = (await crier(['source', 'list', '--json'], env)).json();
  expect(shown.map(({ kind, counts }) => [kind, (counts as { posted: number }).posted])).toEqual([
    ['rss', expect.any(Number)],
    ['chat', 1],
    ['chat', 1],
  ]);
  // A delivery within a minute of the last poll waits for that minute.
  const [push] = (await crier(['source', 'show', feed.feedUrl, '--json'], env)).json();
  expect(push).toMatchObject({ push: { state: 'active', deliveries: 1, ignored: 1 } });
  expect((await crier(['source', 'show', feed.feedUrl], env)).stdout).toMatch(
    /^Push +Pushed by 127\.0\.0\.1:\d+, renewed until/mu,
  );
  expect(await running.stop()).toBe(0);
  running = undefined;
});
