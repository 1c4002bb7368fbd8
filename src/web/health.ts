import { Hono } from 'hono';
import { MINUTE, SECOND } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Ports } from '../ports/app.ts';
import type { Queue } from '../ports/queue.ts';

/** A delivery that is due for longer than this shows that nobody works the queue. */
const LATE_MS = 15 * MINUTE;
/** The database and the queue answer within this, or count as not answering. */
const ANSWER_WITHIN_MS = 3 * SECOND;

/** /healthz: the process lives. /readyz: it can do its work, or 503 with the reasons. */
export function healthRoutes(ports: Pick<Ports, 'store' | 'clock' | 'settings'>, queue: Pick<Queue, 'depths'>): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ alive: true, version: ports.settings.version }));
  app.get('/readyz', async (c) => {
    const reasons: string[] = [];
    const [health, jobs] = await Promise.all([
      within(ports.store.health(ports.clock.now())).catch((error) => {
        reasons.push(`database: ${messageOf(error)}`);
        return null;
      }),
      within(queue.depths()).catch((error) => {
        reasons.push(`queue: ${messageOf(error)}`);
        return null;
      }),
    ]);
    const oldestUnsentSeconds = health?.oldestUnsentSeconds ?? null;
    if (oldestUnsentSeconds !== null && oldestUnsentSeconds * SECOND > LATE_MS) {
      reasons.push(`deliveries: the oldest has been due for ${Math.round(oldestUnsentSeconds / 60)} minutes`);
    }
    const failedJobs = jobs?.reduce((sum, one) => sum + one.failed, 0) ?? null;
    const waitingJobs = jobs?.reduce((sum, one) => sum + one.waiting, 0) ?? null;
    return c.json(
      {
        ready: reasons.length === 0,
        reasons,
        database: health !== null,
        queue: jobs !== null,
        oldestUnsentSeconds,
        waitingJobs,
        failedJobs,
      },
      reasons.length === 0 ? 200 : 503,
      { 'cache-control': 'no-store' },
    );
  });
  return app;
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`no answer within ${ANSWER_WITHIN_MS / SECOND} s`)), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
