import type { Ports } from '../ports/app.ts';
import type { JobHandler } from '../ports/queue.ts';
import { collect, judge, pollDue, push, readArticle } from './collect/index.ts';
import { check, deliver, look } from './deliver/index.ts';
import { measure } from './measure/index.ts';
import { review } from './review/index.ts';
import { sweep } from './sweep.ts';
import { write } from './write/index.ts';

/** Which verb does which job. `handleUpdate` is the bot's: conversations belong to a driver. */
export function jobHandler(
  ports: Ports,
  handleUpdate: (updateId: number, signal: AbortSignal) => Promise<void>,
): JobHandler {
  return async (job, signal) => {
    switch (job.verb) {
      case 'poll':
        await pollDue(ports, signal);
        return;
      case 'collect':
        await collect(ports, job.feedId, signal);
        return;
      case 'push':
        return push(ports, job.feedId, signal);
      case 'read':
        return readArticle(ports, job.articleId, signal);
      case 'judge':
        return judge(ports, job.fateId, signal);
      case 'write':
        return write(ports, job.fateId, signal);
      case 'review':
        return review(ports, job.postId);
      case 'deliver':
        return deliver(ports, job.deliveryId, signal);
      case 'check':
        return check(ports, job.channelId, signal);
      case 'look':
        return look(ports, job.deliveryId, signal);
      case 'measure':
        return measure(ports, job.deliveryId, signal);
      case 'qualify':
        return handleUpdate(job.updateId, signal);
      case 'sweep':
        return sweep(ports);
    }
  };
}
