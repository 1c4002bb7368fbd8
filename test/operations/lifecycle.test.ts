import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTelegramEmulator } from '../emulators/telegram.ts';
import { crier, finish, freePort, newDataDir, spawnCrier, startCrier } from '../support/crier.ts';
import { manyArticles, startFeedServer } from '../support/feed-server.ts';
import { seededRandom } from '../support/random.ts';
import { ask, becomes, ON_LINUX, outputOf, processesIn, removeFolder, signal } from './support.ts';

let folder: string;
beforeEach(async () => {
  folder = await newDataDir();
});
afterEach(() => removeFolder(folder));

const settings = async () => ({ DATA_DIR: folder, PORT: String(await freePort()) });
const serverPid = () => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
const named = (part: string) => processesIn(folder).filter(({ command }) => command.includes(part));

describe('the embedded database over the life of Crier', { timeout: 120_000 }, () => {
  test('a first start that is killed again and again while the database is made leaves nothing that disturbs the next', async () => {
    const random = seededRandom(42);
    for (let kill = 0; kill < 6; kill++) {
      const child = spawnCrier(['start'], await settings());
      const ended = once(child, 'close');
      child.stdout?.resume();
      child.stderr?.resume();
      // From before initdb to after the migrations.
      setTimeout(() => child.kill('SIGKILL'), 300 + 2500 * random());
      await ended;
    }
    const running = await startCrier(await settings());
    expect(await ask(running.url, '/readyz')).toMatchObject({ status: 200 });
    expect(await running.stop()).toBe(0);
    expect(processesIn(folder)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'secret']);
  });

  test('two first starts at once on one folder share one database, and the last one out stops it', async () => {
    const [one, other] = await Promise.all([startCrier(await settings()), startCrier(await settings())]);
    expect(await ask(one.url, '/readyz')).toMatchObject({ status: 200 });
    expect(await ask(other.url, '/readyz')).toMatchObject({ status: 200 });
    // A child that was forked this instant still bears its parent's name.
    if (ON_LINUX)
      await becomes(
        async () => named('bin/postgres -D').length,
        (servers) => servers === 1,
      );
    expect(await one.stop()).toBe(0);
    expect(await ask(other.url, '/readyz')).toMatchObject({ status: 200 });
    const said = await crier(['brand', 'show', '--json'], { DATA_DIR: folder });
    expect(said, said.stderr).toMatchObject({ code: 0 });
    expect(await ask(other.url, '/readyz')).toMatchObject({ status: 200 });
    expect(await other.stop()).toBe(0);
    expect(processesIn(folder)).toEqual([]);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('.s.PGSQL'))).toEqual([]);
  });

  test('after a SIGKILL the next start uses the server that was left running, and stops it in the end', async () => {
    const first = await startCrier(await settings());
    const pid = serverPid();
    first.child.kill('SIGKILL');
    await once(first.child, 'close');
    const second = await startCrier(await settings());
    expect(serverPid()).toBe(pid);
    const askedAt = performance.now();
    second.child.kill('SIGTERM');
    expect(await second.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect(processesIn(folder)).toEqual([]);
  });

  test('Ctrl-C in a terminal reaches every process of the group, and again from npm; the database still closes last', async () => {
    const child = spawnCrier(['start'], await settings(), { detached: true });
    const output = outputOf(child);
    await becomes(
      async () => output(),
      (text) => text.includes('/login/'),
    );
    const ended = once(child, 'close');
    signal(-(child.pid as number), 'SIGINT');
    await becomes(
      async () => output(),
      (text) => text.includes('stopping'),
    );
    child.kill('SIGINT');
    expect(await ended, output()).toEqual([0, null]);
    const complaints = output()
      .split('\n')
      .filter((line) => /^\{.*(database|connection|closing)/u.test(line));
    expect(complaints).toEqual([]);
    expect(processesIn(folder)).toEqual([]);
    // Only the connection that stopped it was still open when the server was told to stop.
    const log = readFileSync(join(folder, 'postgres', 'crier-server.log'), 'utf8');
    expect(log.split('terminating connection').length - 1, log).toBeLessThanOrEqual(1);
  });

  test('a second Ctrl-C ends it at once, and the next start finds all in order', async () => {
    const held = await holdingTelegram();
    const env = await withOneArticle(held.root, held.token);
    const running = await startCrier(env);
    await held.arrived;
    running.child.kill('SIGINT');
    await becomes(
      async () => running.output(),
      (text) => text.includes('stopping'),
    );
    await new Promise((resume) => setTimeout(resume, 1100)); // a second press, not the first one passed on
    running.child.kill('SIGINT');
    expect(await running.stop()).toBe(130);
    await held.close();
    const again = await startCrier(env);
    const [delivery] = await becomes(
      async () => (await crier(['delivery', 'list', '--json'], env)).json<{ state: string }>(),
      ([first]) => first?.state === 'unclear',
    );
    expect(delivery?.state).toBe('unclear');
    expect(await again.stop()).toBe(0);
    expect(processesIn(folder)).toEqual([]);
  });

  test('a post that is on its way when Crier is asked to stop arrives and is confirmed', async () => {
    const held = await holdingTelegram();
    const env = await withOneArticle(held.root, held.token);
    const running = await startCrier(env);
    await held.arrived;
    running.child.kill('SIGTERM');
    await becomes(
      async () => running.output(),
      (text) => text.includes('stopping'),
    );
    await becomes(
      () => ask(running.url, '/healthz'),
      ({ status }) => status === 0,
    );
    expect(running.child.exitCode).toBeNull();
    held.release();
    expect(await running.stop()).toBe(0);
    const deliveries = (await crier(['delivery', 'list', '--json'], env)).json<{ state: string }>();
    expect(deliveries.map(({ state }) => state)).toEqual(['confirmed']);
    expect(held.sent()).toBe(1);
    await held.close();
  });

  test.skipIf(process.getuid?.() !== 0)(
    'root may keep the data below a folder that nobody else can enter',
    async () => {
      const closed = await newDataDir();
      await chmod(closed, 0o700);
      const env = { DATA_DIR: join(closed, 'data'), PORT: String(await freePort()) };
      const first = await finish(spawnCrier(['brand', 'show'], env, { cwd: closed }));
      expect(first, first.stderr).toMatchObject({ code: 0 });
      const elsewhere = readFileSync(join(closed, 'data', 'postgres.location'), 'utf8').trim();
      const child = spawnCrier(['start'], env, { cwd: closed });
      const output = outputOf(child);
      await becomes(
        async () => output(),
        (text) => text.includes('/login/'),
      );
      expect(await ask(`http://127.0.0.1:${env.PORT}`, '/readyz')).toMatchObject({ status: 200 });
      child.kill('SIGINT');
      expect(await once(child, 'close'), output()).toEqual([0, null]);
      expect(processesIn(elsewhere)).toEqual([]);
      await rm(elsewhere, { recursive: true });
      await removeFolder(closed);
    },
  );
});

/** Settings of a Crier that has one approved post for Telegram, due now. */
async function withOneArticle(root: string, token: string): Promise<Record<string, string>> {
  const feed = await startFeedServer(manyArticles(1));
  const env = {
    ...(await settings()),
    FETCH_ALLOW_PRIVATE: feed.host,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: root,
  };
  // Not automatic: it goes out once it is approved, and by then the feed isn't needed any more.
  for (const args of [
    ['channel', 'add', 'telegram:-1001'],
    ['source', 'add', feed.feedUrl],
    ['run', '--once'],
  ])
    expect(await crier(args, env)).toMatchObject({ code: 0 });
  await feed.close();
  const approved = await crier(['post', 'approve', '1'], env);
  expect(approved, approved.stderr).toMatchObject({ code: 0 });
  return env;
}

/** Telegram behind a door that holds the post back until it is let through. */
async function holdingTelegram() {
  const telegram = await startTelegramEmulator({ acceptAnyChat: true, validate: false });
  let arrive = () => {};
  let release = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const door = createServer(async (incoming, outgoing) => {
    const held = incoming.url?.endsWith('/sendMessage');
    if (held) {
      arrive();
      await released;
    }
    const onward = httpRequest(`${telegram.root}${incoming.url}`, {
      method: incoming.method,
      headers: incoming.headers,
    });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    root: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    token: telegram.token,
    arrived,
    release: () => release(),
    sent: () => telegram.sent.length,
    async close() {
      release();
      door.closeAllConnections();
      door.close();
      await telegram.close();
    },
  };
}
