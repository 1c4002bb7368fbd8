/**
 * What polling costs: CPU of an unchanged and of a changed feed with its record in PostgreSQL, against a bare loop that
 * fetches and parses (undici, feedsmith) and keeps nothing, and the memory of Crier with its PostgreSQL. Linux only.
 * `npm run bench:poll [-- --feeds 10000] [--rounds 4] [--items 20] [--changed 0.05]` prints a table in Markdown. Each part is a process
 * of its own: the server, the bare loop, Crier.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { memoryOf, postgresUsage } from './process-usage.ts';

const { values } = parseArgs({
  options: {
    feeds: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '4' },
    items: { type: 'string', default: '20' },
    changed: { type: 'string', default: '0.05' },
    part: { type: 'string', default: 'all' },
    port: { type: 'string', default: '0' },
  },
});
const feeds = Number(values.feeds);
const rounds = Number(values.rounds);
const itemCount = Number(values.items);
/** Of the feeds have something new in a round of the second kind. */
const CHANGED = Number(values.changed);
/** Hosts of loopback that the feeds are spread over, since one host gets two requests at a time. */
const HOSTS = 16;
const AT_ONCE = 24;

const addressOf = (index: number, port: number) => `http://127.0.0.${1 + (index % HOSTS)}:${port}/${index}`;

interface Round {
  /** Of the whole part, PostgreSQL included. */
  cpuMs: number;
  nodeCpuMs: number;
  seconds: number;
  memoryMb: number;
  nodeMemoryMb: number;
}

/** Serves the feeds; a message says how many of them change. */
async function serveFeeds(): Promise<void> {
  const versions = new Uint32Array(feeds);
  const words = 'The harbour office said on Monday that every crane asks a person before an unusual lift. '.repeat(5);
  const documentOf = (index: number) => {
    const newest = (versions[index] as number) + itemCount;
    const items = Array.from({ length: itemCount }, (_, place) => {
      const number = newest - place;
      return `<item><title>Story ${number} of feed ${index}</title><link>https://news-${index}.example/${number}</link><guid>${index}-${number}</guid><pubDate>${new Date(Date.UTC(2026, 10, 1) + number * 3_600_000).toUTCString()}</pubDate><description><![CDATA[<p>${words}</p><p>${words}</p>]]></description></item>`;
    });
    return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed ${index}</title><link>https://news-${index}.example/</link><language>en</language>${items.join('')}</channel></rss>`;
  };
  const server = createServer((request, response) => {
    const index = Number(request.url?.slice(1));
    const etag = `"${versions[index]}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(documentOf(index));
  });
  server.keepAliveTimeout = 60_000;
  process.once('disconnect', () => process.exit());
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  process.on('message', (share: number) => {
    for (let index = 0; index < feeds; index++)
      if (index % Math.round(1 / share) === 0) versions[index] = (versions[index] as number) + 1;
    process.send?.('changed');
  });
  process.send?.((server.address() as AddressInfo).port);
}

/** Polls on demand and tells what it took. */
async function answerRounds(round: () => Promise<void>, dataDir: string | null): Promise<void> {
  const postgres = () => (dataDir === null ? { cpuMs: 0, memoryMb: 0 } : postgresUsage(dataDir));
  process.on('message', async () => {
    const before = { node: process.cpuUsage(), postgres: postgres().cpuMs, at: performance.now() };
    await round();
    const node = process.cpuUsage(before.node);
    const nodeCpuMs = (node.user + node.system) / 1000;
    const { cpuMs, memoryMb } = postgres();
    process.send?.({
      nodeCpuMs,
      cpuMs: nodeCpuMs + cpuMs - before.postgres,
      seconds: (performance.now() - before.at) / 1000,
      memoryMb: memoryOf(process.pid) + memoryMb,
      nodeMemoryMb: memoryOf(process.pid),
    } satisfies Round);
  });
  process.send?.('ready');
}

async function bareLoop(port: number): Promise<void> {
  const { Agent } = await import('undici');
  const { parseFeed } = await import('feedsmith');
  const agent = new Agent();
  const etags = new Map<number, string>();
  process.once('disconnect', () => process.exit());
  await answerRounds(async () => {
    let next = 0;
    const work = async () => {
      for (let index = next++; index < feeds; index = next++) {
        const url = new URL(addressOf(index, port));
        const etag = etags.get(index);
        const answer = await agent.request({
          origin: url.origin,
          path: url.pathname,
          method: 'GET',
          headers: etag === undefined ? {} : { 'if-none-match': etag },
        });
        const text = await answer.body.text();
        if (answer.statusCode === 200) parseFeed(text);
        etags.set(index, String(answer.headers.etag));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, null);
}

async function crier(port: number): Promise<void> {
  const [
    { createFeeds },
    { silentLog },
    { pollDue },
    { createScheduler },
    store_,
    { Secret },
    clock_,
    { urlKey },
    pg,
    { newDataDir },
  ] = await Promise.all([
    import('../src/feeds/index.ts'),
    import('../src/lib/log.ts'),
    import('../src/pipeline/collect/index.ts'),
    import('../src/scheduler/index.ts'),
    import('../src/store/index.ts'),
    import('../src/lib/secret.ts'),
    import('../src/lib/clock.ts'),
    import('../src/domain/article.ts'),
    import('pg'),
    import('../test/support/crier.ts'),
  ]);
  const log = silentLog;
  const dataDir = await newDataDir();
  const database = await store_.openEmbedded({ dataDir, progress: () => {}, log });
  await store_.migrate(database.connection, log);
  const scheduler = await createScheduler(database.connection, { log, works: true });
  const secret = new Secret('00'.repeat(32));
  const store = await store_.createStore({ connection: database.connection, secret, jobsIn: scheduler.jobsIn, log });
  const clock = clock_.settableClock(new Date('2026-11-23T12:00:00Z'));
  const urls = Array.from({ length: feeds }, (_, index) => addressOf(index, port));
  const brand = await store.brands.default();
  const client = new pg.default.Client(database.connection);
  await client.connect();
  await client.query(
    'INSERT INTO feed (url, url_key, next_poll_at) SELECT url, key, $3 FROM unnest($1::text[], $2::text[]) AS new (url, key)',
    [urls, urls.map(urlKey), clock.now()],
  );
  await client.query('INSERT INTO source (brand_id, feed_id, first_posts, created_at) SELECT $1, id, 0, $2 FROM feed', [
    brand.id,
    clock.now(),
  ]);
  await client.query('ANALYZE');
  await client.end();
  const hosts = Array.from({ length: HOSTS }, (_, index) => new URL(addressOf(index, port)).host);
  const adapter = createFeeds({ allowPrivate: hosts, userAgent: 'Crier/bench', log });
  process.once('disconnect', async () => {
    await adapter.close();
    await scheduler.stop();
    await store.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
    process.exit(0);
  });
  const ports = { store, feeds: adapter, clock, log };
  await answerRounds(async () => {
    let polled = 0;
    for (let more = 1; more > 0; polled += more) more = (await pollDue(ports, new AbortController().signal)).polled;
    if (polled !== feeds) throw new Error(`${polled} of ${feeds} feeds were polled`);
    clock.advance(2 * clock_.DAY);
  }, dataDir);
}

function part(name: string, port = 0): ChildProcess {
  const args = [
    '--part',
    name,
    '--port',
    String(port),
    '--feeds',
    String(feeds),
    '--items',
    String(itemCount),
    '--changed',
    values.changed,
  ];
  // As src/main.ts sets them.
  const execArgv = name === 'crier' ? ['--optimize-for-size', '--max-semi-space-size=2'] : [];
  return fork(import.meta.filename, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv });
}

async function tell<T>(child: ChildProcess, message: number | string): Promise<T> {
  const answer = once(child, 'message');
  child.send(message);
  return (
    await Promise.race([answer, once(child, 'exit').then(() => Promise.reject(new Error('a part ended')))])
  )[0] as T;
}

async function main(): Promise<void> {
  const server = part('server');
  const [port] = (await once(server, 'message')) as [number];
  const measured = new Map<
    string,
    {
      first: Round;
      unchanged: number;
      nodeUnchanged: number;
      changed: number;
      nodeChanged: number;
      memoryMb: number;
      nodeMemoryMb: number;
      perSecond: number;
    }
  >();
  for (const name of ['bare', 'crier']) {
    const child = part(name, port);
    await once(child, 'message');
    const first = await tell<Round>(child, 'round');
    const quiet: Round[] = [];
    const busy: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      quiet.push(await tell<Round>(child, 'round'));
      await tell(server, CHANGED);
      busy.push(await tell<Round>(child, 'round'));
    }
    const median = (list: Round[], of: (round: Round) => number) =>
      list.map(of).sort((left, right) => left - right)[Math.floor(list.length / 2)] as number;
    const unchanged = median(quiet, (round) => round.cpuMs / feeds);
    const nodeUnchanged = median(quiet, (round) => round.nodeCpuMs / feeds);
    measured.set(name, {
      first,
      unchanged,
      nodeUnchanged,
      nodeChanged: median(
        busy,
        (round) => (round.nodeCpuMs - nodeUnchanged * feeds * (1 - CHANGED)) / (feeds * CHANGED),
      ),
      changed: median(busy, (round) => (round.cpuMs - unchanged * feeds * (1 - CHANGED)) / (feeds * CHANGED)),
      memoryMb: Math.max(...[...quiet, ...busy].map((round) => round.memoryMb)),
      nodeMemoryMb: Math.max(...[...quiet, ...busy].map((round) => round.nodeMemoryMb)),
      perSecond: median(quiet, (round) => feeds / round.seconds),
    });
    child.disconnect();
    await once(child, 'exit');
  }
  server.kill();
  const bare = measured.get('bare');
  const own = measured.get('crier');
  if (bare === undefined || own === undefined) return;
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  process.stdout.write(
    [
      `${feeds} feeds of ${itemCount} items, ${CHANGED * 100} % changed per round, medians of ${rounds} rounds, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
      '',
      '| what | reach | Crier | bare loop |',
      '|---|---|---|---|',
      `| CPU per unchanged feed, node and PostgreSQL | ≤ 0.5 ms | ${ms(own.unchanged)} | ${ms(bare.unchanged)} |`,
      `| of that, node | | ${ms(own.nodeUnchanged)} | ${ms(bare.nodeUnchanged)} |`,
      `| CPU per changed feed (one new item of ${itemCount}) | ≤ 1.5 × bare | ${ms(own.changed)} (${(own.changed / bare.changed).toFixed(1)} ×) | ${ms(bare.changed)} |`,
      `| of that, node | | ${ms(own.nodeChanged)} | ${ms(bare.nodeChanged)} |`,
      `| CPU per feed at its first poll (${itemCount} new items) | | ${ms(own.first.cpuMs / feeds)} | ${ms(bare.first.cpuMs / feeds)} |`,
      `| most memory (PSS) in these rounds, with PostgreSQL | ≤ 350 MB | ${own.memoryMb.toFixed(0)} MB | ${bare.memoryMb.toFixed(0)} MB |`,
      `| of that, node | | ${own.nodeMemoryMb.toFixed(0)} MB | ${bare.nodeMemoryMb.toFixed(0)} MB |`,
      `| memory after the first poll of all, with PostgreSQL | | ${own.first.memoryMb.toFixed(0)} MB | ${bare.first.memoryMb.toFixed(0)} MB |`,
      `| unchanged feeds per second | | ${own.perSecond.toFixed(0)} | ${bare.perSecond.toFixed(0)} |`,
      '',
    ].join('\n'),
  );
}

const parts: Record<string, () => Promise<void>> = {
  all: main,
  server: serveFeeds,
  bare: () => bareLoop(Number(values.port)),
  crier: () => crier(Number(values.port)),
};
await parts[values.part]?.();
