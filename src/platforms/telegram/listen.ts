import { setTimeout as delay } from 'node:timers/promises';
import type { Update } from 'telegraf/types';
import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import { type Clock, HOUR, SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { IncomingUpdate } from '../../ports/chat.ts';
import type { Client, Failure } from './client.ts';
import { ALLOWED_UPDATES, readUpdate } from './updates.ts';

/** How long the parts of listening wait. */
export interface ListenTiming {
  /** How long one getUpdates may stay open; the server's most is 50. */
  pollSeconds: number;
  /** After a 409. At least the 50 s that the poll of a killed predecessor may stay open. */
  conflictMs: number;
  /** After the first failure in a row; doubles up to 30 times as much. */
  retryMs: number;
}

/** What suits Telegram's own server. */
export const LISTEN_TIMING: ListenTiming = { pollSeconds: 50, conflictMs: 60 * SECOND, retryMs: SECOND };

type Store = (update: IncomingUpdate) => Promise<void>;

/** Long polling until `signal` aborts: an update is confirmed by the poll after the one that brought it, once it is stored. */
export async function listen(
  client: Client,
  timing: ListenTiming,
  store: Store,
  signal: AbortSignal,
  { log, clock }: { log: Log; clock: Clock },
): Promise<void> {
  const answering = new Set<Promise<unknown>>();
  let offset = 0;
  let failures = 0;
  // A webhook that somebody set once would keep every update from us.
  await client.call('deleteWebhook', {}, { signal, deadlineMs: SEND_DEADLINE_MS });
  while (!signal.aborted) {
    const answer = await client.call<Update[]>(
      'getUpdates',
      { offset, timeout: timing.pollSeconds, allowed_updates: ALLOWED_UPDATES },
      { signal, deadlineMs: timing.pollSeconds * SECOND + SEND_DEADLINE_MS },
    );
    if (signal.aborted) break;
    if (!answer.ok) {
      const waitMs = waitAfter(answer.failure, ++failures, timing, log);
      // Given up: to return would only make somebody start again.
      if (waitMs === null) await until(signal);
      else await pause(waitMs, signal);
      continue;
    }
    failures = 0;
    try {
      for (const update of answer.result) {
        for (const incoming of readSafely(update, clock, log)) await store(incoming);
        // The next getUpdates with this offset is what confirms the update.
        offset = update.update_id + 1;
        if ('callback_query' in update) track(answering, answerButton(client, update.callback_query.id, signal));
      }
    } catch (error) {
      // Only the name: a database's message may hold what the person wrote.
      log.warn({ error: (error as Error).name }, 'an update could not be stored and will be fetched again');
      await pause(timing.retryMs, signal);
    }
  }
  await Promise.allSettled(answering);
}

/** How long to wait before the next getUpdates; null = never again. */
function waitAfter(failure: Failure, failures: number, timing: ListenTiming, log: Log): number | null {
  const backoffMs = timing.retryMs * Math.min(30, 2 ** (failures - 1));
  if (failure.kind !== 'answered') {
    if (failures === 1) log.warn({ code: failure.code }, 'Telegram could not be asked for updates; trying again');
    return backoffMs;
  }
  const { code, retryAfterMs } = failure;
  if (code === 401 || code === 404) {
    log.error({ code }, 'Telegram does not know the bot token: nobody can write to the bot until it is corrected');
    return null;
  }
  if (code === 409) {
    log.warn({ waitMs: timing.conflictMs }, 'another program fetches the updates of this bot; waiting for it to end');
    return timing.conflictMs;
  }
  if (failures === 1) log.warn({ code }, 'Telegram did not give updates; trying again');
  return retryAfterMs === undefined ? backoffMs : Math.min(HOUR, Math.max(SECOND, retryAfterMs));
}

/** An update of a shape that nobody foresaw must not stop those behind it. */
function readSafely(update: Update, clock: Clock, log: Log): IncomingUpdate[] {
  try {
    return readUpdate(update, clock.now());
  } catch (error) {
    log.error(
      { updateId: update.update_id, error: (error as Error).name },
      'an update could not be read and is left out',
    );
    return [];
  }
}

/** Ends the waiting sign on a pressed button. Telegram forgets the press after a while, so a failure doesn't matter. */
async function answerButton(client: Client, id: string, signal: AbortSignal): Promise<void> {
  await client.call('answerCallbackQuery', { callback_query_id: id }, { signal, deadlineMs: 5 * SECOND });
}

function track(set: Set<Promise<unknown>>, work: Promise<unknown>): void {
  set.add(work);
  void work.finally(() => set.delete(work));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}

async function until(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
