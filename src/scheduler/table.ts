import { MINUTE, SECOND } from '../lib/clock.ts';
import type { Job, VerbName } from '../ports/queue.ts';

/** How the queue treats one kind of job. */
export interface QueueRow {
  verb: VerbName;
  /** Jobs of this kind that one process works at a time. */
  atOnce: number;
  /** A job that takes longer has lost its worker and is worked again. */
  expireMs: number;
  /** Tries after the first; the sweep brings back what is still due afterwards. */
  retries: number;
  /** Pause before the first retry; each further one doubles it. */
  retryDelayMs: number;
  /** Left to finish when Crier stops: cut off, nobody would know whether the message went out. */
  finishes?: true;
  /** Cron expression (UTC) for jobs that come by themselves. */
  cron?: string;
}

/** The table of jobs, in the river's order. */
export const QUEUES: readonly QueueRow[] = [
  { verb: 'poll', atOnce: 1, expireMs: 5 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'collect', atOnce: 8, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'push', atOnce: 4, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'read', atOnce: 4, expireMs: 2 * MINUTE, retries: 3, retryDelayMs: 5 * SECOND },
  { verb: 'judge', atOnce: 4, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'write', atOnce: 4, expireMs: 5 * MINUTE, retries: 3, retryDelayMs: 10 * SECOND },
  { verb: 'review', atOnce: 8, expireMs: MINUTE, retries: 3, retryDelayMs: SECOND },
  { verb: 'deliver', atOnce: 8, expireMs: 2 * MINUTE, retries: 3, retryDelayMs: 2 * SECOND, finishes: true },
  { verb: 'check', atOnce: 2, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'look', atOnce: 4, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0, finishes: true },
  { verb: 'measure', atOnce: 4, expireMs: 2 * MINUTE, retries: 0, retryDelayMs: 0 },
  { verb: 'qualify', atOnce: 4, expireMs: 2 * MINUTE, retries: 5, retryDelayMs: 2 * SECOND, finishes: true },
  { verb: 'sweep', atOnce: 1, expireMs: MINUTE, retries: 0, retryDelayMs: 0, cron: '* * * * *' },
];

/** Two waiting jobs with the same key are one. */
export function keyOf(job: Job): string {
  switch (job.verb) {
    case 'collect':
    case 'push':
      return String(job.feedId);
    case 'read':
      return String(job.articleId);
    case 'judge':
    case 'write':
      return String(job.fateId);
    case 'review':
      return String(job.postId);
    case 'deliver':
    case 'look':
    case 'measure':
      return String(job.deliveryId);
    case 'check':
      return String(job.channelId);
    case 'qualify':
      return String(job.updateId);
    case 'poll':
    case 'sweep':
      return job.verb;
  }
}
