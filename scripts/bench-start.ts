/**
 * How fast Crier starts, how much memory it takes when idle, and how long an article takes from the poll that finds it
 * to the platform. `npm run bench:start [-- --runs 5]` prints a table in Markdown.
 */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTelegramEmulator } from '../test/emulators/telegram.ts';
import { crier, freePort, newDataDir, spawnCrier } from '../test/support/crier.ts';
import { manyArticles, startFeedServer } from '../test/support/feed-server.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, 'idle-seconds': { type: 'string', default: '60' } },
});
const runs = Number(values.runs);
const idleSeconds = Number(values['idle-seconds']);

/** Seconds from spawn to the first 200 of /readyz. */
async function secondsToReady(env: Record<string, string>): Promise<{ child: ChildProcess; seconds: number }> {
  const started = performance.now();
  const child = spawnCrier(['start'], env);
  child.stdout?.resume();
  child.stderr?.resume();
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${env.PORT}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { child, seconds: (performance.now() - started) / 1000 };
    if (child.exitCode !== null) throw new Error('crier ended before it was ready');
    await sleep(10);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await ended;
}

/** Proportional set size in MB of every process whose command line or parent belongs to the folder or the child. */
function memoryMb(child: ChildProcess, dataDir: string): { crier: number; postgres: number } {
  let crierKb = 0;
  let postgresKb = 0;
  const parents = new Map<string, string>();
  const commands = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      commands.set(pid, readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
      parents.set(pid, /PPid:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0');
    } catch {
      // It ended meanwhile.
    }
  }
  const servers = new Set(
    [...commands]
      .filter(([, command]) => command.includes('postgres') && command.includes(dataDir))
      .map(([pid]) => pid),
  );
  for (const pid of commands.keys()) {
    const ours = pid === String(child.pid);
    if (!ours && !servers.has(pid) && !servers.has(parents.get(pid) ?? '')) continue;
    const kb = Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    if (ours) crierKb += kb;
    else postgresKb += kb;
  }
  return { crier: crierKb / 1024, postgres: postgresKb / 1024 };
}

const median = (numbers: number[]) =>
  [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const span = (numbers: number[], digits: number) =>
  `${median(numbers).toFixed(digits)} (${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)})`;

const first: number[] = [];
const second: number[] = [];
for (let run = 0; run < runs; run++) {
  const folder = await newDataDir();
  const env = { DATA_DIR: folder, PORT: String(await freePort()), LOG_LEVEL: 'silent' };
  for (const times of [first, second]) {
    const { child, seconds } = await secondsToReady(env);
    times.push(seconds);
    await stop(child);
  }
  await rm(folder, { recursive: true, force: true });
}

const folder = await newDataDir();
const [feed, telegram] = await Promise.all([
  startFeedServer(manyArticles(1)),
  startTelegramEmulator({ acceptAnyChat: true, validate: false }),
]);
const env = {
  DATA_DIR: folder,
  PORT: String(await freePort()),
  LOG_LEVEL: 'silent',
  FETCH_ALLOW_PRIVATE: feed.host,
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.root,
};
await crier(['channel', 'add', 'telegram:-1001', '--auto', '--lang', 'en'], env);
const { child } = await secondsToReady(env);
await crier(['source', 'add', feed.feedUrl], env);
while (telegram.sent.length < 1) await sleep(20);

// The same feed again with one more article each time: from the answer that carries it to Telegram's acceptance.
const latencies: number[] = [];
for (let index = 2; index <= runs + 1; index++) {
  feed.articles.push(...manyArticles(index).slice(-1));
  const before = telegram.sent.length;
  const asked = feed.requests.length;
  await crier(['source', 'poll', '1'], env);
  while (telegram.sent.length === before) await sleep(1);
  const accepted = performance.now();
  const poll = feed.requests.slice(asked).find((request) => request.path === '/feed.xml');
  latencies.push(accepted - (poll?.at ?? Number.NaN));
}
await sleep(idleSeconds * 1000);
const memory = memoryMb(child, folder);
await stop(child);
await Promise.all([feed.close(), telegram.close()]);
await rm(folder, { recursive: true, force: true });

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${runs} runs, median (least–most)\n`,
);
console.log('| what | reach | measured |');
console.log('|---|---|---|');
console.log(`| first start with database creation to /readyz | ≤ 6 s | ${span(first, 2)} s |`);
console.log(`| second start to /readyz | ≤ 1.5 s | ${span(second, 2)} s |`);
console.log(
  `| idle memory (PSS) ${idleSeconds} s after the last post | ≤ 250 MB | ${(memory.crier + memory.postgres).toFixed(0)} MB (Crier ${memory.crier.toFixed(0)}, PostgreSQL ${memory.postgres.toFixed(0)}) |`,
);
console.log(
  `| from the poll that finds an article to Telegram's acceptance | ≤ 1 s | ${span(
    latencies.map((ms) => ms / 1000),
    3,
  )} s |`,
);
