import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crier, finish, freePort, newDataDir, spawnCrier } from '../support/crier.ts';
import { processesIn, removeFolder } from './support.ts';

const WRONG = {
  PORT: 'eighty',
  PUBLIC_URL: 'news.example',
  DATABASE_URL: 'postgresql://crier:pa#ss@db/crier',
  CRIER_SECRET: 'short',
  X_APP_KEY: 'only-one-of-four',
  LOG_LEVEL: 'loud',
};
const A_STACK = /^\s+at |did not expect/mu;

let folder: string;
beforeAll(async () => {
  folder = await newDataDir();
});
afterAll(() => removeFolder(folder));

describe('what can be told before anything is opened', () => {
  test.each([
    [['start']],
    [['run', '--once']],
    [['brand', 'show']],
    [['source', 'preview', 'https://news.example/feed']],
  ])('a wrong environment stops %j with every fault and its cure, and nothing is made', async (args) => {
    const { code, stdout, stderr } = await crier(args, { ...WRONG, DATA_DIR: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('6 faults');
    for (const cure of [
      'PORT must be a whole number from 1 to 65535',
      'PUBLIC_URL must be an address that begins with http',
      'write special characters of the password as %XX',
      'openssl rand -hex 32',
      'X_APP_SECRET, X_ACCESS_TOKEN, X_ACCESS_SECRET are missing',
      'LOG_LEVEL must be one of',
    ])
      expect(stderr).toContain(cure);
    expect(stderr).not.toContain('pa#ss');
    expect(stderr).not.toMatch(A_STACK);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [['nonsense'], 'nonsense'],
    [['brand', 'show', '--loud'], '--loud'],
    [['start', '--role', 'boss'], 'boss'],
    [['run'], '--once'],
    [['source', 'add'], 'source'],
    [['post', 'list', '--limit', 'few'], 'few'],
  ])('wrong use %j ends with 2, names the fault and shows the usage', async (args, fault) => {
    const { code, stdout, stderr } = await crier(args, { DATA_DIR: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(fault);
    expect(stderr).toContain('Usage: crier');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('help needs no database, no right configuration and no heavy module', async () => {
    const spy = `${folder}-spy.mjs`;
    await writeFile(
      spy,
      `import { registerHooks } from 'node:module';
      import { writeSync } from 'node:fs';
      registerHooks({ load: (url, context, next) => { writeSync(2, 'LOAD ' + url + '\\n'); return next(url, context); } });`,
    );
    const env = { ...WRONG, DATA_DIR: folder, NODE_OPTIONS: `--import ${spy}` };
    const { code, stdout, stderr } = await crier(['--help'], env);
    await rm(spy);
    expect(code).toBe(0);
    expect(stdout).toContain('crier source add');
    const loaded = [...stderr.matchAll(/^LOAD .*\/node_modules\/(@[^/]+\/[^/]+|[^/]+)\//gmu)].map(([, name]) => name);
    expect([...new Set(loaded)].sort()).toEqual([
      'commander',
      'csv-stringify',
      'temporal-polyfill',
      'temporal-utils',
      'zod',
    ]);
    expect(stderr).not.toMatch(/src\/(store|scheduler|platforms|llm|feeds|web|bot)\//u);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['a file', 'a-file'],
    ['below a file', 'a-file/data'],
  ])('a data folder that is %s is told with its cure', async (_, path) => {
    await writeFile(join(folder, 'a-file'), '');
    const child = spawnCrier(['brand', 'show'], { DATA_DIR: join(folder, path) }, { cwd: folder });
    const { code, stderr } = await finish(child);
    await rm(join(folder, 'a-file'));
    expect(code).toBe(1);
    expect(stderr).toContain('DATA_DIR');
    expect(stderr).not.toMatch(A_STACK);
  });
});

describe('a command opens and closes everything by itself', { timeout: 120_000 }, () => {
  test('a port that is taken is named with what to do, and the database it started is stopped again', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { code, stdout, stderr } = await crier(['start'], { DATA_DIR: folder, PORT: String(port) });
    other.close();
    expect(code, stdout + stderr).toBe(1);
    expect(stderr).toContain(`Port ${port}`);
    expect(stderr).toContain('PORT=');
    expect(stderr).not.toMatch(A_STACK);
    expect(processesIn(folder)).toEqual([]);
  });

  test.each([
    [['brand', 'show']],
    [['source', 'list']],
    [['channel', 'add', 'preview:telegram']],
    [['channel', 'check']],
    [['login']],
    [['report']],
    [['doctor']],
    [['run', '--once']],
  ])('%j ends soon after its last word and leaves no process', async (args) => {
    const child = spawnCrier(args, { DATA_DIR: folder, PORT: String(await freePort()) });
    let lastWordAt = Number.NaN;
    child.stdout?.on('data', () => {
      lastWordAt = performance.now();
    });
    const { code, stderr } = await finish(child);
    expect(code, stderr).toBe(0);
    expect(performance.now() - lastWordAt).toBeLessThan(3000);
    expect(processesIn(folder)).toEqual([]);
  });

  test.each([[['channel', 'list', '--json']], [['brand', 'show']], [['run', '--once']]])(
    '%j whose reader has gone ends silently and leaves no process',
    async (args) => {
      const child = spawnCrier(args, { DATA_DIR: folder });
      child.stdout?.destroy();
      const { code, stderr } = await finish(child);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(processesIn(folder)).toEqual([]);
    },
  );

  test('a command that is interrupted while it works says so, ends with 1 and leaves no process', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const host = `127.0.0.1:${(silent.address() as { port: number }).port}`;
    const child = spawnCrier(['source', 'add', `http://${host}/feed`], { DATA_DIR: folder, FETCH_ALLOW_PRIVATE: host });
    const asked = once(silent, 'connection');
    const ended = finish(child);
    const [socket] = await asked;
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    socket.destroy();
    silent.close();
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Stopped.\n' });
    expect(processesIn(folder)).toEqual([]);
  });
});
