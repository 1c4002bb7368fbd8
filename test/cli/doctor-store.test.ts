import { describe, expect, test } from 'vitest';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { useStore } from './bench.ts';
import { first, seedPosts } from './seed.ts';
import { START, testEdges } from './support.ts';

const { signal } = new AbortController();
const bench = useStore();

describe('doctor with a database', () => {
  const doctor = async () => {
    const facts = {
      dataDir: '/tmp',
      database: 'embedded' as const,
      web: { host: '127.0.0.1', port: 0 },
      publicUrl: 'https://crier.example',
      publicUrlIsSet: true,
      writer: null,
    };
    const { code, records } = await testEdges({ facts: () => facts, open: async () => bench.ports }).run(
      'doctor',
      '--json',
    );
    const of = (check: string) => records.find((record) => record.check === check);
    return { code, of, records };
  };

  test('finds an installation in order', async () => {
    await seedPosts(bench.ports);
    await bench.crier('brand', 'set', 'controller-name=A', 'controller-contact=B');
    // The test's clock stands still, the database's does not.
    bench.ports = { ...bench.ports, clock: { now: () => new Date() } };
    const { code, records, of } = await doctor();
    expect(records.filter((record) => record.state === 'failed' || record.state === 'warning')).toEqual([]);
    expect(code).toBe(0);
    expect(of('database').message).toMatch(/^PostgreSQL 1[5-9].*answers in [\d.]+ ms, [\d.]+ MB$/u);
    expect(of('ledger')).toMatchObject({ state: 'ok' });
  });

  test('names what is missing, with the command that mends it', async () => {
    const { of, code } = await doctor();
    expect(code).toBe(0);
    expect(of('sources')).toMatchObject({ state: 'warning', cure: 'crier source add URL' });
    expect(of('channels')).toMatchObject({ state: 'warning', cure: expect.stringContaining('crier channel add') });
    expect(of('lead form')).toMatchObject({ state: 'warning', cure: expect.stringContaining('crier brand set') });
    expect(of('clock')).toMatchObject({ state: 'warning', message: expect.stringContaining('database’s clock') });
  });

  test('names a channel without rights, a failing source, an unclear delivery and failed jobs', async () => {
    bench.withPlatform({ publish: async () => ({ kind: 'unclear', reason: 'No answer.' }) });
    const { posts } = await seedPosts(bench.ports);
    const { records } = await bench.crier('post', 'approve', String(first(posts).id), '--json');
    await deliver(bench.ports, records[0].delivery.id, signal);
    const [source] = await bench.ports.store.sources.list(first(posts).brandId);
    if (source === undefined) throw new Error('there is no source');
    await bench.ports.store.sources.saveFeed({ ...source.feed, state: 'failing', reason: 'The server answered 500.' });
    bench.withPlatform({
      inspect: async () => ({ title: 'x', problems: [{ problem: 'It may not post.', cure: 'Let it.' }], notes: [] }),
    });
    bench.ports = { ...bench.ports, depths: async () => [{ verb: 'write', waiting: 0, active: 0, failed: 2 }] };
    const found = await doctor();
    expect(found.code).toBe(1);
    expect(found.records.find((record) => record.check.startsWith('channel '))).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('It may not post.'),
      cure: 'Let it.',
    });
    expect(found.of(`source ${source.id}`)).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('The server answered 500.'),
    });
    expect(found.of('deliveries')).toMatchObject({ state: 'warning', message: expect.stringContaining('1 unclear') });
    expect(found.of('queue')).toMatchObject({ state: 'warning', message: 'jobs that failed: 2 write' });
  });

  test('asks whether the bot still hears the chats that are sources', async () => {
    let heard = true;
    const problems = [{ problem: 'The bot is in privacy mode.', cure: 'Turn it off.' }];
    const chat = {
      listen: async () => {},
      send: async () => {},
      deepLink: async () => null,
      hears: async () => ({ title: 'Desk', problems: heard ? [] : problems, notes: [] }),
    };
    bench.withPlatform({ chat });
    await bench.crier('source', 'add', 'square:@desk');
    expect((await doctor()).of('source 1')).toMatchObject({ state: 'ok' });
    heard = false;
    expect((await doctor()).of('source 1')).toMatchObject({
      state: 'failed',
      message: 'Square chat “Desk”: The bot is in privacy mode.',
      cure: 'Turn it off.',
    });
  });

  test('names an attempt that has no end', async () => {
    const { posts } = await seedPosts(bench.ports);
    const { records } = await bench.crier('post', 'approve', String(first(posts).id), '--json');
    const id = records[0].delivery.id as number;
    await bench.ports.store.deliveries.begin(id, { id: crypto.randomUUID(), body: 'x' }, START);
    bench.ports = { ...bench.ports, clock: { now: () => new Date(START.getTime() + 3_600_000) } };
    expect((await doctor()).of('attempts')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(`: ${id}`),
    });
  });
});
