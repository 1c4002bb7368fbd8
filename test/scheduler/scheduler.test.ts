import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { Job, VerbName } from '../../src/ports/queue.ts';
import { createScheduler, type Scheduler } from '../../src/scheduler/index.ts';
import { QUEUES, type QueueRow } from '../../src/scheduler/table.ts';
import { createStore } from '../../src/store/index.ts';
import { gate, signal } from '../pipeline/world.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
/** One that only sends and drains, as the command line has it. */
let idle: Scheduler;
beforeAll(async () => {
  database = await testDatabase();
  idle = await createScheduler(database.connection, { log: silentLog, works: false });
});
afterAll(async () => {
  await idle.stop();
  await database.close();
});
beforeEach(() => database.sql('DELETE FROM pgboss.job'));

const review = (postId: number): Job => ({ verb: 'review', postId });
/** Jobs of ours that wait; pg-boss and cron have some of their own. */
const waiting = () =>
  database.sql(
    `SELECT data, state FROM pgboss.job WHERE state IN ('created', 'retry') AND name NOT IN ('sweep', '__pgboss__send-it')
     ORDER BY created_on`,
  );

/** A scheduler at work, until the test is over, and what it did. */
async function atWork(handle: (job: Job) => Promise<void> = async () => {}) {
  const scheduler = await createScheduler(database.connection, { log: silentLog, works: true });
  const done: Job[] = [];
  const waiters: (() => void)[] = [];
  onTestFinished(() => scheduler.stop());
  await scheduler.start(async (job) => {
    await handle(job);
    if (job.verb === 'sweep') return;
    done.push(job);
    for (const waiter of waiters.splice(0)) waiter();
  });
  return {
    scheduler,
    done,
    /** Resolves once that many jobs are done. */
    async reached(count: number) {
      while (done.length < count) await new Promise<void>((resume) => waiters.push(resume));
    },
  };
}
async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
const jobsOf = (scheduler: Scheduler, client: pg.Client) =>
  scheduler.jobsIn({ executeSql: (text, values) => client.query(text, values) });

describe('a job sent inside a transaction', () => {
  test('exists from its commit on and is worked within a moment, by notification', async () => {
    const { scheduler, reached, done } = await atWork();
    await connected(async (client) => {
      // The worker has looked once and waits for its notification: polling comes 20 seconds later.
      await scheduler.jobs.send([review(0)]);
      await reached(1);
      await client.query('BEGIN');
      await jobsOf(scheduler, client).send([review(1)]);
      expect(await waiting()).toEqual([]);
      expect(done).toEqual([review(0)]);
      const committed = performance.now();
      await client.query('COMMIT');
      await reached(2);
      expect(performance.now() - committed).toBeLessThan(2 * SECOND);
      expect(done).toEqual([review(0), review(1)]);
    });
  });

  test('needs no polling: five one after the other are done in less time than two polls take', async () => {
    const { scheduler, reached } = await atWork();
    await scheduler.jobs.send([review(0)]);
    await reached(1);
    const began = performance.now();
    for (let count = 1; count <= 5; count++) {
      await scheduler.jobs.send([review(count)]);
      await reached(count + 1);
    }
    expect(performance.now() - began).toBeLessThan(2 * SECOND);
  });
  test('never runs when it is rolled back', async () => {
    await connected(async (client) => {
      await client.query('BEGIN');
      await jobsOf(idle, client).send([review(1), { verb: 'deliver', deliveryId: 1 }]);
      await client.query('ROLLBACK');
    });
    expect(await waiting()).toEqual([]);
    expect(await idle.drain(async () => {}, signal)).toBe(0);
  });

  test('of the store commits or vanishes together with what the store wrote', async () => {
    const store = await createStore({
      connection: database.connection,
      secret: new Secret('0'.repeat(64)),
      jobsIn: idle.jobsIn,
      log: silentLog,
    });
    const brand = await store.brands.default();
    const change = (fails: boolean) =>
      store.transaction(async (tables) => {
        await tables.brands.save({ ...brand, name: fails ? 'Never' : 'Now' });
        await tables.jobs.send([{ verb: 'write', fateId: fails ? 1 : 2 }]);
        if (fails) throw new Error('changed my mind');
      });
    await expect(change(true)).rejects.toThrow('changed my mind');
    await change(false);
    expect((await store.brands.get(brand.id))?.name).toBe('Now');
    expect((await waiting()).map((row) => row.data)).toEqual([{ verb: 'write', fateId: 2 }]);
    await store.close();
  });
});

describe('equal jobs', () => {
  test('that wait are one; other ones and those of other verbs are their own', async () => {
    await idle.jobs.send([review(1), review(1), review(2), { verb: 'deliver', deliveryId: 1 }]);
    await idle.jobs.send([review(1)]);
    await idle.jobs.send([{ verb: 'measure', deliveryId: 1 }]);
    const done: Job[] = [];
    expect(await idle.drain(async (job) => void done.push(job), signal)).toBe(4);
    expect(new Set(done.map((job) => JSON.stringify(job)))).toEqual(
      new Set(
        [review(1), review(2), { verb: 'deliver', deliveryId: 1 }, { verb: 'measure', deliveryId: 1 }].map((job) =>
          JSON.stringify(job),
        ),
      ),
    );
  });

  test('may come again while one is being worked, and after it', async () => {
    let times = 0;
    await idle.jobs.send([review(1)]);
    const done = await idle.drain(async () => {
      if (++times < 3) await idle.jobs.send([review(1)]);
    }, signal);
    expect(done).toBe(3);
  });

  test('sent by two processes at once are one', async () => {
    const other = await createScheduler(database.connection, { log: silentLog, works: false });
    await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? idle : other).jobs.send([review(7)])));
    expect(await waiting()).toHaveLength(1);
    await other.stop();
  });
});

describe('a job that fails', () => {
  test('is tried again, not before its pause, which doubles, and only as often as the table says', async () => {
    const { retries, retryDelayMs } = QUEUES.find(({ verb }) => verb === 'write') as QueueRow;
    await idle.jobs.send([{ verb: 'write', fateId: 1 }]);
    let tries = 0;
    const fails = async () => {
      tries++;
      throw new Error('not today');
    };
    for (let round = 0; round <= retries; round++) {
      await idle.drain(fails, signal);
      await idle.drain(fails, signal);
      expect(tries, 'a second pass at once does not try again').toBe(round + 1);
      const [job] = await database.sql(
        `SELECT state, output, extract(epoch FROM start_after - now()) * 1000 AS pause_ms FROM pgboss.job
         WHERE name = 'write'`,
      );
      expect(job.output).toEqual({ reason: 'not today' });
      expect(job.state).toBe(round === retries ? 'failed' : 'retry');
      if (job.state === 'retry') {
        expect(Number(job.pause_ms)).toBeGreaterThan(2 ** round * retryDelayMs - SECOND);
        expect(Number(job.pause_ms)).toBeLessThan(2 ** (round + 1) * retryDelayMs + SECOND);
      }
      await database.sql('UPDATE pgboss.job SET start_after = now()');
    }
    expect(await idle.drain(fails, signal)).toBe(0);
  });

  test('does not stop the others', async () => {
    await idle.jobs.send([review(1), review(2), review(3)]);
    const done: Job[] = [];
    await idle.drain(async (job) => {
      if (job.verb === 'review' && job.postId === 2) throw new Error('not this one');
      done.push(job);
    }, signal);
    expect(done.map((job) => job.verb === 'review' && job.postId).toSorted()).toEqual([1, 3]);
  });

  test('at a worker leaves the rest of its batch done', async () => {
    const { scheduler, reached, done } = await atWork(async (job) => {
      if (job.verb === 'review' && job.postId === 2) throw new Error('not this one');
    });
    await scheduler.jobs.send([review(1), review(2), review(3)]);
    await reached(2);
    await scheduler.stop();
    expect(done.map((job) => job.verb === 'review' && job.postId).toSorted()).toEqual([1, 3]);
    expect((await waiting()).map((row) => [row.data, row.state])).toEqual([[review(2), 'retry']]);
  });
});

describe('drain', () => {
  test('works what waits and what that makes due, down the river, and comes back', async () => {
    const done: VerbName[] = [];
    await idle.jobs.send([{ verb: 'collect', feedId: 1 }]);
    const next: Partial<Record<VerbName, Job[]>> = {
      collect: [
        { verb: 'read', articleId: 1 },
        { verb: 'read', articleId: 2 },
      ],
      read: [{ verb: 'write', fateId: 1 }],
      write: [review(1)],
      review: [{ verb: 'deliver', deliveryId: 1 }],
      deliver: [{ verb: 'collect', feedId: 2 }],
    };
    const count = await idle.drain(async (job) => {
      done.push(job.verb);
      const jobs = next[job.verb] ?? [];
      delete next[job.verb];
      await idle.jobs.send(jobs);
    }, signal);
    expect(done).toEqual(['collect', 'read', 'read', 'write', 'review', 'deliver', 'collect']);
    expect(count).toBe(7);
    expect(await waiting()).toEqual([]);
  });

  test('leaves what is due later', async () => {
    await idle.jobs.send([review(1)], { startAfter: new Date(Date.now() + 60 * SECOND) });
    expect(await idle.drain(async () => {}, signal)).toBe(0);
    expect(await waiting()).toHaveLength(1);
  });

  test('works at most as many of one kind at once as the table says', async () => {
    await idle.jobs.send(Array.from({ length: 20 }, (_, index) => ({ verb: 'write' as const, fateId: index })));
    let now = 0;
    let most = 0;
    const count = await idle.drain(async () => {
      most = Math.max(most, ++now);
      await new Promise((resume) => setImmediate(resume));
      now--;
    }, signal);
    expect(count).toBe(20);
    expect(most).toBe(QUEUES.find(({ verb }) => verb === 'write')?.atOnce);
  });

  test('ends soon after it is told to stop; the job that was at work is tried again', async () => {
    await idle.jobs.send(Array.from({ length: 30 }, (_, index) => review(index)));
    const stop = new AbortController();
    let begun = 0;
    const count = await idle.drain(async (_, jobSignal) => {
      begun++;
      stop.abort();
      jobSignal.throwIfAborted();
    }, stop.signal);
    expect(count).toBeLessThan(30);
    expect(begun).toBe(count);
    expect((await waiting()).length).toBe(30);
  });
});

describe('stop', () => {
  test('waits for the job at work and leaves nothing open', async () => {
    const [inside, done] = [gate(), gate()];
    let told = false;
    const scheduler = await createScheduler(database.connection, { log: silentLog, works: true });
    await scheduler.start(async (job, jobSignal) => {
      if (job.verb !== 'review') return;
      inside.open();
      jobSignal.addEventListener('abort', () => {
        told = true;
        done.open();
      });
      await done.opened;
    });
    await scheduler.jobs.send([review(1)]);
    await inside.opened;
    await scheduler.stop();
    expect(told).toBe(true);
    expect((await database.sql(`SELECT state FROM pgboss.job WHERE name = 'review'`)).map((row) => row.state)).toEqual([
      'completed',
    ]);
    const mine = await database.sql(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'crier-queue%'`,
    );
    expect(mine[0].count, 'only the connections of the idle one are left').toBeLessThanOrEqual(2);
  });

  test('right after the start, without any work, is clean', async () => {
    const { scheduler } = await atWork();
    await scheduler.stop();
  });
});

test('depths tell what waits and what failed, by verb', async () => {
  await idle.jobs.send([review(1), review(2), { verb: 'collect', feedId: 1 }]);
  const depthOf = async (verb: VerbName) => (await idle.depths()).find((depth) => depth.verb === verb);
  expect(await depthOf('review')).toEqual({ verb: 'review', waiting: 2, active: 0, failed: 0 });
  expect(await depthOf('collect')).toEqual({ verb: 'collect', waiting: 1, active: 0, failed: 0 });
  expect((await idle.depths()).map((depth) => depth.verb).toSorted()).toEqual(QUEUES.map((row) => row.verb).toSorted());
  await idle.drain(async (job) => {
    if (job.verb === 'collect') throw new Error('the feed is gone');
  }, signal);
  expect(await depthOf('review')).toMatchObject({ waiting: 0, failed: 0 });
  expect(await depthOf('collect')).toMatchObject({ waiting: 0, failed: 1 });
});

test('two processes that start at once on an empty database both work', async () => {
  const empty = await testDatabase();
  const both = await Promise.all([1, 2].map(() => createScheduler(empty.connection, { log: silentLog, works: false })));
  await both[0]?.jobs.send([review(1)]);
  expect(await both[1]?.drain(async () => {}, signal)).toBe(1);
  await Promise.all(both.map((scheduler) => scheduler.stop()));
  await empty.close();
});
