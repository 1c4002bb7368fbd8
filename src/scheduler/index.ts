import { PgBoss } from 'pg-boss';
import { SECOND } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Job, JobHandler, Jobs, Queue, VerbName } from '../ports/queue.ts';
import { keyOf, QUEUES, type QueueRow } from './table.ts';

/** A connection or transaction of whoever wants to send jobs. */
export interface SqlExecutor {
  // biome-ignore lint/suspicious/noExplicitAny: pg-boss's own type of a row
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

export interface Scheduler extends Queue {
  /** Jobs sent through the given connection: inside its transaction when it has one open. */
  jobsIn(sql: SqlExecutor): Jobs;
}

/** How long stop() waits for jobs that finish (see QueueRow) before it cuts them off too. */
const GRACE_MS = 25 * SECOND;

type Depth = Awaited<ReturnType<Queue['depths']>>[number];
const DEPTHS = `SELECT name AS verb,
  (count(*) FILTER (WHERE state IN ('created', 'retry')))::int AS waiting,
  (count(*) FILTER (WHERE state = 'active'))::int AS active,
  (count(*) FILTER (WHERE state = 'failed'))::int AS failed
FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name`;

/**
 * The job queue on pg-boss, in the schema `pgboss` of the same database. Nothing runs until `start` or `drain`.
 * `works: false` is for processes that only send (the command line).
 */
export async function createScheduler(
  connection:
    | { connectionString: string }
    | { host: string; port: number; user: string; database: string; password?: string },
  { log, works }: { log: Log; works: boolean },
): Promise<Scheduler> {
  const boss = new PgBoss({
    ...connection,
    application_name: 'crier-queue',
    max: works ? 4 : 2,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ reason: messageOf(error) }, 'job queue had an error and goes on'));
  await boss.start();
  await Promise.all(QUEUES.map((row) => ensureQueue(boss, row)));

  const jobsIn = (sql?: SqlExecutor): Jobs => ({
    async send(jobs, options = {}) {
      for (const [verb, list] of byVerb(jobs)) {
        const rows = list.map((job) => ({
          data: job,
          singletonKey: keyOf(job),
          ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter.toISOString() }),
        }));
        await boss.insert(verb, rows, sql === undefined ? {} : { db: sql });
      }
    },
  });

  const stopping = new AbortController();
  return {
    jobs: jobsIn(),
    jobsIn,
    async start(handle) {
      for (const row of QUEUES) {
        await boss.work<Job>(
          row.verb,
          {
            batchSize: row.atOnce,
            burstWhenBatchFull: row.atOnce > 1,
            pollingIntervalSeconds: 1,
            notifyPollingIntervalSeconds: 5,
            perJobResults: true,
          },
          async (batch) =>
            Promise.all(
              batch.map(async (job) => {
                const ends = row.finishes ? job.signal : AbortSignal.any([stopping.signal, job.signal]);
                const problem = await outcomeOf(job.data, handle, ends, log);
                return {
                  id: job.id,
                  status: problem === null ? ('completed' as const) : ('failed' as const),
                  output: problem ?? {},
                };
              }),
            ),
        );
        if (row.cron !== undefined)
          await boss.schedule(row.verb, row.cron, { verb: row.verb }, { singletonKey: 'sweep' });
      }
    },
    async drain(handle, signal) {
      const never = new AbortController().signal;
      let done = 0;
      for (let progress = true; progress && !signal.aborted; ) {
        progress = false;
        for (const row of QUEUES) {
          if (row.cron !== undefined) continue;
          for (
            let batch = await boss.fetch<Job>(row.verb, { batchSize: row.atOnce });
            batch.length > 0;
            batch = await boss.fetch<Job>(row.verb, { batchSize: row.atOnce })
          ) {
            progress = true;
            await Promise.all(
              batch.map(async (job) => {
                const problem = await outcomeOf(job.data, handle, row.finishes ? never : signal, log);
                if (problem === null) await boss.complete(row.verb, job.id);
                else await boss.fail(row.verb, job.id, problem);
                done++;
              }),
            );
            if (signal.aborted) return done;
          }
        }
      }
      return done;
    },
    async depths() {
      // Counted here: pg-boss's own numbers are up to a minute old, and nobody's where only web runs.
      const { rows } = await boss.getDb().executeSql(DEPTHS, []);
      const found = new Map((rows as Depth[]).map((row) => [row.verb, row]));
      return QUEUES.map(({ verb }) => found.get(verb) ?? { verb, waiting: 0, active: 0, failed: 0 });
    },
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: GRACE_MS });
    },
  };
}

async function ensureQueue(boss: PgBoss, row: QueueRow): Promise<void> {
  const options = {
    expireInSeconds: row.expireMs / SECOND,
    retryLimit: row.retries,
    retryDelay: row.retryDelayMs / SECOND,
    retryBackoff: row.retries > 0,
    deleteAfterSeconds: 3600,
    notify: true,
  };
  if ((await boss.getQueue(row.verb)) === null) await boss.createQueue(row.verb, { policy: 'short', ...options });
}

/** Null when the verb did its work, otherwise what pg-boss keeps of the failure. */
async function outcomeOf(
  job: Job,
  handle: JobHandler,
  signal: AbortSignal,
  log: Log,
): Promise<{ reason: string } | null> {
  try {
    await handle(job, signal);
    return null;
  } catch (error) {
    const reason = messageOf(error);
    if (!signal.aborted) log.warn({ job, reason }, 'job failed and will be tried again');
    return { reason };
  }
}

function byVerb(jobs: readonly Job[]): Map<VerbName, Job[]> {
  const groups = new Map<VerbName, Job[]>();
  for (const job of jobs) {
    const group = groups.get(job.verb);
    if (group === undefined) groups.set(job.verb, [job]);
    else group.push(job);
  }
  return groups;
}
