import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelegramEmulator, type TelegramEmulator } from '../emulators/telegram.ts';
import { crier, freePort, newDataDir, type Running, spawnCrier, startCrier } from '../support/crier.ts';
import { type FeedServer, manyArticles, startFeedServer } from '../support/feed-server.ts';
import { ask, becomes, outputOf, processesIn, removeFolder } from './support.ts';

let folder: string;
let feed: FeedServer;
let telegram: TelegramEmulator;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await newDataDir();
  [feed, telegram] = await Promise.all([
    startFeedServer(manyArticles(1)),
    startTelegramEmulator({ acceptAnyChat: true, validate: false }),
  ]);
  env = {
    DATA_DIR: folder,
    PORT: String(await freePort()),
    FETCH_ALLOW_PRIVATE: feed.host,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  };
});
afterAll(async () => {
  await Promise.all([feed.close(), telegram.close()]);
  await removeFolder(folder);
});

async function startRole(role: string) {
  const child = spawnCrier(['start', '--role', role], env);
  const output = outputOf(child);
  await becomes(
    async () => output(),
    (text) => text.includes(`runs as ${role}`),
  );
  return {
    output,
    async stop() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

test('each role does its part and no other; together on one folder they post an article and take an answer', {
  timeout: 120_000,
}, async () => {
  for (const args of [
    ['channel', 'add', 'telegram:-1001', '--auto', '--lang', 'en'],
    ['source', 'add', feed.feedUrl],
  ])
    expect(await crier(args, env)).toMatchObject({ code: 0 });
  const web: Running = await startCrier(env, ['start', '--role', 'web']);
  const asked = feed.requests.length;

  // The pages are there, the work is not done, nobody listens to the chat.
  expect(await ask(web.url, '/readyz')).toMatchObject({ status: 200 });
  expect(await ask(web.url, '/')).toMatchObject({ status: 401 });
  expect((await ask(web.url, '/metrics')).text).toMatch(/crier_queue_jobs\{verb="collect",state="waiting"\} 1/u);
  telegram.pushMessage('/start');

  const worker = await startRole('worker');
  await becomes(
    async () => telegram.sent.length,
    (count) => count > 0,
  );
  expect(telegram.sent.map(({ chatId }) => chatId)).toEqual([-1001]);
  expect(feed.requests.length).toBeGreaterThan(asked);
  expect(telegram.unconfirmed()).toBe(1);
  expect(telegram.journal.filter(({ method }) => method === 'getUpdates')).toEqual([]);

  const chat = await startRole('chat');
  await becomes(
    async () => telegram.sent.length,
    (count) => count > 1,
  );
  expect(telegram.sent[1]).toMatchObject({ chatId: 4242 });

  // A worker alone has no web server: with the web's process the port goes.
  expect(await web.stop()).toBe(0);
  expect(await ask(web.url, '/healthz')).toMatchObject({ status: 0 });
  feed.articles.push(...manyArticles(2).slice(1));
  const polled = await crier(['run', '--once'], env);
  expect(polled, polled.stderr).toMatchObject({ code: 0 });
  await becomes(
    async () => telegram.sent.filter(({ chatId }) => chatId === -1001).length,
    (count) => count === 2,
  );
  expect(telegram.sent.filter(({ chatId }) => chatId === -1001)).toHaveLength(2);

  expect(await chat.stop()).toBe(0);
  expect(await worker.stop()).toBe(0);
  expect(worker.output()).not.toMatch(/"level":"(warn|error)"/u);
  expect(processesIn(folder)).toEqual([]);
});
