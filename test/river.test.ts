import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDiscordEmulator } from './emulators/discord.ts';
import { postsFor, startOpenAiEmulator } from './emulators/openai.ts';
import { startTelegramEmulator } from './emulators/telegram.ts';
import { startXEmulator } from './emulators/x.ts';
import { crier, eventually, freePort, newDataDir, type Running, startCrier } from './support/crier.ts';
import { sharedPath } from './support/shared.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const CHAT_ID = -1001234567890;

const OWN_FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title><link>https://news.example/</link><description>News</description>
<item><title>Harbour cranes learn to ask before they lift</title><link>https://news.example/cranes</link><guid>cranes</guid><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>
<description>The port of Ventspils has fitted its cranes with a program that asks a person before every unusual lift. Workers say that the pauses are short and the days are calmer.</description></item>
<item><title>Old news</title><link>https://news.example/old</link><guid>old</guid><pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>Yesterday was calm.</description></item></channel></rss>`;

/** A feed as somebody really served it, every address turned to `base`: nothing outside is asked for. */
async function realFeed(base: string): Promise<string> {
  const folder = sharedPath('corpora', 'feeds', 'fastfeedparser', 'smallweb200');
  const candidates = folder === null ? [] : (await readdir(folder)).filter((name) => name.endsWith('.gz')).sort();
  for (const name of candidates) {
    const text = gunzipSync(await readFile(join(folder as string, name))).toString('utf8');
    const items = text.split('<item>').length - 1;
    if (items >= 3 && items <= 60 && text.includes('<pubDate>') && text.length > 5_000 && text.length < 200_000) {
      return text.replace(/https?:\/\/[^/"'<>\s&]+/gu, base);
    }
  }
  return OWN_FEED.replaceAll('https://news.example', base);
}

let folder: string;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await newDataDir();
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

test('a real feed becomes posts on three platforms, a click, two leads and a report that names where they came from', {
  timeout: 90_000,
}, async () => {
  const feedServer = createServer(async (request, response) => {
    if (request.url !== '/the-feed') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/xml' }).end(await realFeed(base));
  });
  feedServer.listen(0, '127.0.0.1');
  await once(feedServer, 'listening');
  const base = `http://127.0.0.1:${(feedServer.address() as AddressInfo).port}`;
  const [telegram, discord, x, model] = await Promise.all([
    startTelegramEmulator({
      chats: [
        {
          id: CHAT_ID,
          type: 'channel',
          title: 'Harbour',
          username: 'harbour_news',
          bot: 'administrator',
          mayPost: true,
        },
      ],
    }),
    startDiscordEmulator(),
    startXEmulator(),
    startOpenAiEmulator(),
  ]);
  closers.push(
    async () => feedServer.close(),
    () => telegram.close(),
    () => discord.close(),
    () => x.close(),
    () => model.close(),
  );
  model.answer((request) =>
    postsFor(request, (target) => ({
      headline: `News for ${target.platform}`,
      body: 'Somebody wrote something worth a look today.',
    })),
  );

  const port = await freePort();
  const env = {
    DATA_DIR: folder,
    PORT: String(port),
    FETCH_ALLOW_PRIVATE: new URL(base).host,
    OPENAI_BASE_URL: model.baseUrl,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_BASE: discord.apiBase,
    X_APP_KEY: x.keys.appKey.reveal(),
    X_APP_SECRET: x.keys.appSecret.reveal(),
    X_ACCESS_TOKEN: x.keys.accessToken.reveal(),
    X_ACCESS_SECRET: x.keys.accessSecret.reveal(),
    X_API_BASE: x.base,
  };
  for (const ref of ['telegram:@harbour_news', `discord:${discord.channelId}`, `x:${x.account.username}`]) {
    const added = await crier(['channel', 'add', ref, '--auto', '--lang', 'en', '--json'], env);
    expect(added, added.stderr).toMatchObject({ code: 0 });
    expect(added.json()[0]).toMatchObject({ state: 'active', auto: true });
  }
  const source = await crier(['source', 'add', `${base}/the-feed`, '--json'], env);
  expect(source, source.stderr).toMatchObject({ code: 0 });

  const running: Running = await startCrier(env);
  closers.push(() => running.stop());
  const posted = await eventually(
    async () => ({ telegram: telegram.sent, discord: discord.accepted, x: x.posts }),
    (seen) => seen.telegram.length > 0 && seen.discord.length > 0 && seen.x.length > 0,
  );
  expect([posted.telegram.length, posted.discord.length, posted.x.length], running.output()).toEqual([1, 1, 1]);
  expect(model.journal, 'one call writes for all three').toHaveLength(1);
  expect(posted.telegram[0]?.plain).toContain('AI');

  // A reader follows the link; the messenger's own look at it does not count.
  const link = /href="([^"]+\/r\/\w+)"/u.exec(posted.telegram[0]?.text ?? '')?.[1] as string;
  const clicked = await fetch(link, { redirect: 'manual', headers: { 'user-agent': BROWSER } });
  expect(clicked.status).toBe(302);
  expect(clicked.headers.get('location')).toContain(base);
  await fetch(link, { redirect: 'manual', headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } });

  // One reader fills the form behind Discord's post, another talks to the bot.
  const form = /\((?:<)?([^)>\s]+\/l\/\w+)/u.exec(posted.discord[0]?.text ?? '')?.[1] as string;
  const page = await (await fetch(form)).text();
  expect(page).not.toMatch(/type="checkbox"[^>]*\bchecked\b/u);
  const wordingId = /name="wordingId"[^>]*value="([^"]+)"/u.exec(page)?.[1] as string;
  const answer = {
    name: 'Jānis Bērziņš',
    email: 'janis@example.com',
    phone: '',
    message: 'We want to know more about this.',
    agreed: 'yes',
    wordingId,
  };
  const refused = await fetch(form, { method: 'POST', body: new URLSearchParams({ ...answer, agreed: '' }) });
  expect(refused.status).toBe(400);
  const sent = await fetch(form, { method: 'POST', body: new URLSearchParams(answer) });
  expect(sent.status).toBe(200);

  const code = link.split('/').at(-1) as string;
  telegram.pushMessage(`/start ${code}`);
  const greeting = await eventually(
    async () => telegram.sent.filter((message) => message.chatId > 0),
    (messages) => messages.length > 0,
  );
  expect(greeting[0]?.plain).toContain('automātisks');
  telegram.pushButton(greeting[0]?.buttons[0]?.data as string);
  await eventually(
    async () => telegram.sent.filter((message) => message.chatId > 0),
    (messages) => messages.length > 1,
  );

  const report = await eventually(
    async () => (await crier(['report', '--json'], env)).json<{ total: object; leads: Record<string, unknown>[] }>()[0],
    (current) => current?.leads.length === 2,
  );
  expect(report?.total).toMatchObject({ posts: 3, delivered: 3, clicks: 1, leads: 2 });
  const posts = (await crier(['post', 'list', '--json'], env)).json<{
    id: number;
    articleId: number;
    channel: string;
  }>();
  for (const [name, channel] of [
    ['Jānis Bērziņš', `discord:${discord.channelId}`],
    ['Anna Ozola', 'telegram:@harbour_news'],
  ]) {
    const post = posts.find((one) => one.channel === channel);
    expect(report?.leads.find((lead) => lead.name === name)).toMatchObject({
      postId: post?.id,
      articleId: post?.articleId,
      channel,
    });
  }
  const leads = (await crier(['lead', 'list', '--json'], env)).json();
  expect(leads.every((lead) => Array.isArray(lead.consents) && (lead.consents as unknown[]).length > 0)).toBe(true);

  const story = await crier(
    [
      'why',
      String(
        (await crier(['article', 'list', '--json'], env))
          .json<{ url: string; state: string }>()
          .find((article) => article.state === 'posted')?.url,
      ),
    ],
    env,
  );
  expect(story.stdout).toContain('Posted.');

  expect(await running.stop()).toBe(0);
  closers.pop();
  expect([telegram.violations, discord.violations, x.violations, model.violations]).toEqual([[], [], [], []]);
});
