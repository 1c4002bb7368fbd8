import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, SECOND } from '../lib/clock.ts';
import { FetchError } from '../lib/errors.ts';

/** Longer pauses are not kept: a news site that means them would be read for days. */
const MOST_DELAY_MS = 30 * SECOND;
/** A pause that is waited for on the spot; a longer one would keep other sites' pages waiting too. */
const MOST_WAIT_MS = 3 * SECOND;
const MOST_SITES = 1000;

/**
 * Keeps the pause that a site wants between two pages (Crawl-delay), up to 30 s. `turn` waits a short while for it, or
 * throws FetchError `later` with `retryAfterMs`, spread so that those who come back don't all come at once.
 */
export function createPagePace(clock: Clock) {
  const sites = new Map<string, { nextAt: number; sentAway: number }>();
  return {
    turn: async (origin: string, delayMs: number, signal: AbortSignal): Promise<void> => {
      const pauseMs = Math.min(delayMs, MOST_DELAY_MS);
      if (pauseMs <= 0) return;
      const now = clock.now().getTime();
      const site = sites.get(origin) ?? { nextAt: 0, sentAway: 0 };
      const waitMs = Math.min(Math.max(0, site.nextAt - now), MOST_DELAY_MS);
      if (waitMs > MOST_WAIT_MS) {
        const retryAfterMs = waitMs + site.sentAway * pauseMs;
        site.sentAway += 1;
        throw new FetchError('later', `${origin} asks for ${pauseMs / SECOND} seconds between two pages.`, {
          retryAfterMs,
          cure: 'Nothing to do; Crier reads this page when its turn comes.',
        });
      }
      sites.delete(origin);
      sites.set(origin, { nextAt: now + waitMs + pauseMs, sentAway: Math.max(0, site.sentAway - 1) });
      const [oldest] = sites.keys();
      if (sites.size > MOST_SITES && oldest !== undefined) sites.delete(oldest);
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    },
  };
}
