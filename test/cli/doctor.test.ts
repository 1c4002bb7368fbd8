import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import type { Facts } from '../../src/cli/index.ts';
import { AppError } from '../../src/lib/errors.ts';
import { fakePlatforms, outsidePorts, squarePlatform, testEdges } from './support.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await listen(createServer());
  const server = servers.pop();
  server?.close();
  return port;
}

const facts = async (given: Partial<Facts> = {}): Promise<Facts> => ({
  dataDir: tmpdir(),
  database: 'embedded',
  web: { host: '127.0.0.1', port: await freePort() },
  publicUrl: 'https://crier.example',
  publicUrlIsSet: true,
  writer: null,
  ...given,
});

/** What doctor finds where the database does not answer: all that needs none. */
async function findings(given: Partial<Facts>, ports = outsidePorts()) {
  const told = await facts(given);
  const { run } = testEdges({
    facts: () => told,
    open: () => Promise.reject(new AppError('Connection refused.', { cure: 'Start PostgreSQL.' })),
    openWithoutStore: async () => ports,
  });
  const { records, code } = await run('doctor', '--json');
  return { code, of: (check: string) => records.find((record) => record.check === check), records };
}

describe('doctor without a database', () => {
  test('says so with cause and cure, goes on with the rest, and ends with 1', async () => {
    const { code, of, records } = await findings({});
    expect(code).toBe(1);
    expect(of('database')).toEqual({
      check: 'database',
      state: 'failed',
      message: `It does not answer (embedded, in ${tmpdir()}): Connection refused.`,
      cure: 'Start PostgreSQL.',
    });
    expect(records.map((record) => record.check)).toEqual([
      'disk',
      'database',
      'web',
      'public address',
      'writer',
      'platform square',
    ]);
  });

  test('for people every fault has its cure below it', async () => {
    const told = await facts();
    const { run } = testEdges({
      facts: () => told,
      open: () => Promise.reject(new AppError('Connection refused.', { cure: 'Start PostgreSQL.' })),
      openWithoutStore: async () => outsidePorts(),
    });
    const { out } = await run('doctor');
    expect(out).toMatch(/^✗ database +It does not answer .*Connection refused\.\n +→ Start PostgreSQL\.$/mu);
    expect(out).toMatch(/^✓ web /mu);
    expect(out).toMatch(/^– writer +no model/mu);
    expect(out).toMatch(/1 failed$/u);
  });
});

describe('the port', () => {
  test('is free', async () => {
    expect((await findings({})).of('web')).toMatchObject({ state: 'ok', message: expect.stringContaining('is free') });
  });

  test('is Crier’s', async () => {
    const port = await listen(
      createServer((request, response) => response.writeHead(request.url === '/healthz' ? 200 : 404).end()),
    );
    expect((await findings({ web: { host: '127.0.0.1', port } })).of('web')).toMatchObject({
      state: 'ok',
      message: `Crier answers on 127.0.0.1:${port}`,
    });
  });

  test('has another program that speaks HTTP', async () => {
    const port = await listen(createServer((_, response) => response.writeHead(404).end()));
    expect((await findings({ web: { host: '127.0.0.1', port } })).of('web')).toMatchObject({
      state: 'warning',
      cure: expect.stringContaining('PORT'),
    });
  });

  test('has another program that does not', async () => {
    const port = await listen(createServer().on('connection', (socket) => socket.destroy()));
    expect((await findings({ web: { host: '127.0.0.1', port } })).of('web')).toMatchObject({
      state: 'failed',
      message: `Another program has port 127.0.0.1:${port}.`,
    });
  });
});

describe('the public address', () => {
  const local = outsidePorts({ platforms: fakePlatforms([squarePlatform({ local: true })]) });
  test.each([
    ['in order', { publicUrl: 'https://crier.example' }, 'ok'],
    ['not encrypted', { publicUrl: 'http://crier.example' }, 'warning'],
    ['of this machine', { publicUrl: 'http://127.0.0.1:3000' }, 'warning'],
    ['not set', { publicUrl: 'http://127.0.0.1:3000', publicUrlIsSet: false }, 'warning'],
    ['no address', { publicUrl: 'crier' }, 'failed'],
  ])('is %s where a real platform is on', async (_, given, state) => {
    expect((await findings(given)).of('public address')).toMatchObject({ state });
  });

  test('may be missing where nobody outside sees the posts', async () => {
    const { of } = await findings({ publicUrl: 'http://127.0.0.1:3000', publicUrlIsSet: false }, local);
    expect(of('public address')).toMatchObject({ state: 'ok' });
  });
});

describe('the writer', () => {
  const writer = { model: 'm-1', baseUrl: 'http://127.0.0.1:1/v1', keyIsSet: true };
  test('answers', async () => {
    expect((await findings({ writer: { ...writer, ask: async () => {} } })).of('writer')).toMatchObject({
      state: 'ok',
      message: 'm-1 at http://127.0.0.1:1/v1, key set, answers',
    });
  });

  test('does not', async () => {
    const ask = () => Promise.reject(new AppError('It refuses the key (401).', { cure: 'Check OPENAI_API_KEY.' }));
    expect((await findings({ writer: { ...writer, ask } })).of('writer')).toMatchObject({
      state: 'failed',
      cure: 'Check OPENAI_API_KEY.',
    });
  });
});

test('platforms without keys are named with what they want, and are no failure', async () => {
  const platforms = fakePlatforms([squarePlatform()], [{ name: 'circle', missing: 'set CIRCLE_TOKEN' }]);
  const { of } = await findings({}, outsidePorts({ platforms }));
  expect(of('platform circle')).toEqual({
    check: 'platform circle',
    state: 'off',
    message: 'not in use',
    cure: 'To use it: set CIRCLE_TOKEN',
  });
});

test('a data folder that can not be looked at is told', async () => {
  expect((await findings({ dataDir: '/nowhere/at/all' })).of('disk')).toMatchObject({
    state: 'warning',
    cure: expect.stringContaining('DATA_DIR'),
  });
});
