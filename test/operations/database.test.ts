import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { type EmbeddedDatabase, openEmbedded } from '../../src/store/embedded/index.ts';
import { crier, finish, freePort, newDataDir, type Running, spawnCrier, startCrier } from '../support/crier.ts';
import { type FeedServer, manyArticles, startFeedServer } from '../support/feed-server.ts';
import { ask, becomes, outputOf, processesIn, removeFolder, tcpDoor } from './support.ts';

/** PostgreSQL's folder and Crier's: here the two have nothing to do with each other. */
let serverFolder: string;
let folder: string;
let server: EmbeddedDatabase;
const openServer = () => openEmbedded({ dataDir: serverFolder, progress: () => {}, log: silentLog });
const socketPath = () => join(server.connection.host, `.s.PGSQL.${server.connection.port}`);
const urlOf = ({ database = 'crier', user = 'crier', password = '' } = {}) =>
  `postgresql://${user}${password && `:${password}`}@localhost/${database}?host=${encodeURIComponent(server.connection.host)}`;

beforeAll(async () => {
  [serverFolder, folder] = await Promise.all([newDataDir(), newDataDir()]);
  server = await openServer();
}, 60_000);
afterAll(async () => {
  await server.stop();
  await removeFolder(folder);
  await removeFolder(serverFolder);
});

async function sql(text: string, database = 'crier'): Promise<void> {
  const client = new pg.Client({ ...server.connection, database });
  client.on('error', () => {});
  await client.connect();
  await client.query(text);
  await client.end();
}

describe('a database that can not be had', { timeout: 60_000 }, () => {
  test('a command says that nobody listens, and what to do, and ends with 1', async () => {
    const url = `postgresql://crier:hunter2@127.0.0.1:${await freePort()}/crier`;
    const { code, stdout, stderr } = await crier(['brand', 'show'], { DATA_DIR: folder, DATABASE_URL: url });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The database does not answer (ECONNREFUSED).');
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toMatch(/hunter2|^\s+at |did not expect/mu);
  });

  test.each([
    ['a wrong password', { user: 'walled', password: 'wrong' }, 'refused the user or password'],
    ['no password', { user: 'walled' }, 'wants a password'],
    ['a user that does not exist', { user: 'nobody_here' }, 'refused the user or password'],
    ['a database that does not exist', { database: 'elsewhere' }, 'does not exist'],
  ])('%s is told at once, by start as by any command, with 1', async (_, wrong, words) => {
    await makeWalledUser();
    const env = { DATA_DIR: folder, DATABASE_URL: urlOf(wrong) };
    for (const args of [['brand', 'show'], ['start']]) {
      const { code, stderr } = await crier(args, env);
      expect({ args, code }).toEqual({ args, code: 1 });
      expect(stderr).toContain(words);
      expect(stderr).toContain('DATABASE_URL');
      expect(stderr).not.toMatch(/^\s+at |did not expect/mu);
    }
  });

  test('start waits for a database that is not there yet, and begins by itself when it comes', async () => {
    const port = await freePort();
    const env = {
      DATA_DIR: folder,
      PORT: String(await freePort()),
      DATABASE_URL: `postgresql://crier@127.0.0.1:${port}/crier`,
    };
    const child = spawnCrier(['start'], env);
    const output = outputOf(child);
    const ended = finish(child);
    await becomes(
      async () => output(),
      (text) => text.includes('Trying again in 2 s'),
    );
    expect(output()).toContain('The database does not answer (ECONNREFUSED). Check');
    expect(output()).toContain('Trying again in 1 s');
    expect(child.exitCode).toBeNull();
    const door = await tcpDoor(socketPath(), port);
    await becomes(
      async () => output(),
      (text) => text.includes('/login/'),
    );
    expect(await ask(`http://127.0.0.1:${env.PORT}`, '/readyz')).toMatchObject({ status: 200 });
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    await door.shut();
  });

  test('start that still waits ends with 0 when it is asked to', async () => {
    const child = spawnCrier(['start'], {
      DATA_DIR: folder,
      DATABASE_URL: `postgresql://c@127.0.0.1:${await freePort()}/c`,
    });
    const output = outputOf(child);
    const ended = once(child, 'close');
    await becomes(
      async () => output(),
      (text) => text.includes('Trying again'),
    );
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

describe('a database that goes away while Crier runs', { timeout: 120_000 }, () => {
  let env: Record<string, string>;
  let running: Running;
  const feeds: FeedServer[] = [];
  beforeAll(async () => {
    for (let index = 0; index < 4; index++)
      feeds.push(
        await startFeedServer([
          { ...(manyArticles(9)[index] as ReturnType<typeof manyArticles>[0]), slug: `only-${index}` },
        ]),
      );
    env = {
      DATA_DIR: folder,
      PORT: String(await freePort()),
      DATABASE_URL: urlOf(),
      FETCH_ALLOW_PRIVATE: feeds.map((feed) => feed.host).join(),
    };
    expect(await crier(['channel', 'add', 'preview:telegram', '--auto'], env)).toMatchObject({ code: 0 });
    running = await startCrier(env);
  }, 60_000);
  afterAll(async () => {
    await running.stop();
    await Promise.all(feeds.map((feed) => feed.close()));
  });

  /** A new source's article is posted by the running Crier: nobody else works the queue. */
  async function postsAnother(feed: FeedServer | undefined): Promise<void> {
    const added = await crier(['source', 'add', feed?.feedUrl ?? '', '--json'], env);
    expect(added, added.stderr).toMatchObject({ code: 0 });
    const url = `${feed?.url}/${feed?.articles[0]?.slug}`;
    const fate = await becomes(
      async () => (await crier(['why', url, '--json'], env)).json<{ verdict: string }>()[0]?.verdict,
      (verdict) => /posted/iu.test(verdict ?? ''),
      45_000,
    );
    expect(fate, running.output()).toMatch(/posted/iu);
  }

  test('it posts while all is well', async () => {
    expect(await ask(running.url, '/readyz')).toMatchObject({ status: 200 });
    await postsAnother(feeds[0]);
  });

  test('every connection is cut: it goes on and posts', async () => {
    await sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'crier' AND pid <> pg_backend_pid()`,
    );
    await becomes(
      () => ask(running.url, '/readyz'),
      ({ status }) => status === 200,
    );
    expect(running.child.exitCode).toBeNull();
    await postsAnother(feeds[1]);
  });

  test('the server is stopped for seconds: it lives, says so, and posts again when the server is back', async () => {
    await server.stop();
    const down = await becomes(
      () => ask(running.url, '/readyz'),
      ({ status }) => status === 503,
    );
    expect(down.status).toBe(503);
    expect(JSON.parse(down.text)).toMatchObject({ ready: false, database: false });
    expect(JSON.parse(down.text).reasons.join()).toContain('database');
    expect(await ask(running.url, '/healthz')).toMatchObject({ status: 200 });
    expect((await ask(running.url, '/metrics')).text).toContain('crier_database_up 0');
    expect((await ask(running.url, '/login/nonsense')).status).toBe(500);
    await new Promise((resume) => setTimeout(resume, 3000)); // as long as a restart of a server takes
    expect(running.child.exitCode).toBeNull();
    server = await openServer();
    expect(
      await becomes(
        () => ask(running.url, '/readyz'),
        ({ status }) => status === 200,
      ),
    ).toMatchObject({ status: 200 });
    await postsAnother(feeds[2]);
  });

  test('asked to stop while the database is away, it stops', async () => {
    await server.stop();
    const askedAt = performance.now();
    expect(await running.stop()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    server = await openServer();
    running = await startCrier(env);
    await postsAnother(feeds[3]);
  });

  test('what it said holds no stack', () => {
    expect(running.output()).not.toMatch(/^\s+at /mu);
    expect(processesIn(folder).length).toBeGreaterThan(0);
  });
});

/** A user who needs a password, which everybody else of the embedded server does not. */
async function makeWalledUser(): Promise<void> {
  const rules = join(server.dir, 'pg_hba.conf');
  const text = await readFile(rules, 'utf8');
  if (text.includes('walled')) return;
  await writeFile(rules, `local all walled scram-sha-256\n${text}`);
  await sql(`CREATE ROLE walled LOGIN PASSWORD 'right'; SELECT pg_reload_conf()`);
}
