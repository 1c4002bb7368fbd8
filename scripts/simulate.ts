/**
 * Plays seeded histories of faults over the real verbs and a real PostgreSQL, and checks the promises of the ledger after
 * each. `npm run simulate -- --seeds 10000 [--seed 1] [--workers 5]`. Ends with 1 at the first broken promise, with the
 * shortest history found and the command that replays it.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { silentLog } from '../src/lib/log.ts';
import { openEmbedded } from '../src/store/embedded/index.ts';
import { migrate } from '../src/store/index.ts';
import { simulate } from '../test/simulator/simulate.ts';
import { openStage, type Stage } from '../test/simulator/stage.ts';

/** Histories played at a time, each on a database of its own: while one waits for the server, others go on. */
const AT_ONCE = 2;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '5' },
  },
});
const [seeds, first, workers] = [values.seeds, values.seed, values.workers].map(Number) as [number, number, number];
if (![seeds, first, workers].every(Number.isInteger) || workers < 1 || workers > 5) {
  console.error('Use: npm run simulate -- --seeds N [--seed S] [--workers 1-5]');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'crier-simulate-'));
await chmod(folder, 0o711); // started as root, the server runs as nobody and must pass through
const embedded = await openEmbedded({ dataDir: folder, progress: () => {}, log: silentLog });
let stopping = false;
process.once('SIGINT', () => {
  stopping = true;
});
try {
  const client = new pg.Client(embedded.connection);
  await client.connect();
  // The server itself never dies here, so nothing has to survive a power cut.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  await client.query('SELECT pg_reload_conf()');
  const stages: Stage[] = [];
  for (let index = 0; index < AT_ONCE; index++) {
    const connection = { ...embedded.connection, database: `simulation_${index}` };
    await client.query(`CREATE DATABASE ${connection.database}`);
    await migrate(connection, silentLog);
    stages.push(await openStage(connection));
  }
  const started = performance.now();
  const perSecond = (count: number) => (count / ((performance.now() - started) / 1000)).toFixed(1);
  const report = await simulate(stages, { first, seeds, workers, until: () => stopping }, (soFar) => {
    if (process.stderr.isTTY || soFar.seeds % 100 === 0)
      process.stderr.write(
        `${process.stderr.isTTY ? '\r' : ''}${soFar.seeds} seeds, ${perSecond(soFar.seeds)}/s, ${soFar.sends} sends${process.stderr.isTTY ? '' : '\n'}`,
      );
  });
  const [failure] = report.failures;
  if (failure !== undefined) {
    console.error(`\nSeed ${failure.seed} breaks a promise:\n  ${failure.problems.join('\n  ')}\n`);
    console.error(
      `${failure.history.join('\n')}\n\n${failure.steps.length} steps are left of its script. Again: ${failure.command}`,
    );
    process.exitCode = 1;
  }
  console.log(
    JSON.stringify({
      seeds: report.seeds,
      firstSeed: first,
      workers,
      sends: report.sends,
      messages: report.messages,
      broken: report.failures.length,
      seconds: Math.round((performance.now() - started) / 1000),
      seedsPerSecond: Number(perSecond(report.seeds)),
    }),
  );
  for (const stage of stages) await stage.close();
  await client.end();
} finally {
  await embedded.stop();
  await rm(folder, { recursive: true, force: true });
}
