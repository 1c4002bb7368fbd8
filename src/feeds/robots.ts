import { type Clock, DAY, HOUR, MINUTE } from '../lib/clock.ts';
import { FetchError } from '../lib/errors.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { orAbort } from './or-abort.ts';
import { isAllowed, parseRobots, type RobotsFile } from './robots-file.ts';

/** What a site says of one page: whether machines may read it, and how long they should pause between two pages. */
export interface RobotsWord {
  allowed: boolean;
  delayMs: number;
}

/** RFC 9309 2.4: not longer than a day. */
const KEPT_MS = DAY;
/** A server that can't say is asked again after this. */
const TROUBLE_KEPT_MS = 10 * MINUTE;
/** However long a server wants to be left alone. */
const MOST_TROUBLE_MS = 6 * HOUR;
const MOST_SITES = 1000;
/** All patterns together, in characters; a file of 512 KB alone counts for an eighth. */
const MOST_PATTERNS = 4 * 1024 * 1024;
/** What a rule takes beside its pattern. */
const RULE_WEIGHT = 50;

interface Kept {
  answer: Promise<RobotsFile>;
  until: number;
  weight: number;
}

/**
 * Asks a site's robots.txt what it says of a page. Each site is asked once a day, however many pages wait for the
 * answer; those asked longest ago are forgotten when there are too many. Throws FetchError when the server can't say:
 * then nothing may be read, for now (RFC 9309 2.3.1.4).
 */
export function createRobots(guarded: Pick<GuardedFetch, 'get'>, clock: Clock) {
  const kept = new Map<string, Kept>();
  const own = new AbortController().signal;
  let patterns = 0;

  const forget = (origin: string): void => {
    patterns -= kept.get(origin)?.weight ?? 0;
    kept.delete(origin);
  };
  const now = () => clock.now().getTime();

  const ask = (origin: string): Promise<RobotsFile> => {
    const known = kept.get(origin);
    if (known && known.until > now()) return known.answer;
    forget(origin);
    // Not with the signal of whoever asked first: others may wait for the same answer.
    const answer = fetchRobots(guarded, origin, own);
    const entry: Kept = { answer, until: now() + KEPT_MS, weight: 0 };
    kept.set(origin, entry);
    answer.then(
      ({ rules }) => {
        if (kept.get(origin) !== entry) return;
        entry.weight = rules.reduce((sum, { pattern }) => sum + pattern.length + RULE_WEIGHT, 0);
        patterns += entry.weight;
        for (const [oldest] of kept) {
          if (kept.size <= MOST_SITES && patterns <= MOST_PATTERNS) break;
          if (oldest !== origin) forget(oldest);
        }
      },
      (problem: unknown) => {
        const waitMs = problem instanceof FetchError ? (problem.retryAfterMs ?? 0) : 0;
        entry.until = now() + Math.min(MOST_TROUBLE_MS, Math.max(TROUBLE_KEPT_MS, waitMs));
      },
    );
    return answer;
  };

  return async (address: string, signal: AbortSignal): Promise<RobotsWord> => {
    const url = new URL(address);
    const { rules, delayMs } = await orAbort(ask(url.origin), signal);
    return { allowed: isAllowed(rules, url.pathname + url.search), delayMs };
  };
}

const ALLOWS_ALL: RobotsFile = { rules: [], delayMs: 0 };

async function fetchRobots(guarded: Pick<GuardedFetch, 'get'>, origin: string, signal: AbortSignal) {
  try {
    const { body } = await guarded.get(`${origin}/robots.txt`, { headers: { accept: 'text/plain' }, signal });
    return parseRobots(new TextDecoder().decode(body));
  } catch (thrown) {
    if (!(thrown instanceof FetchError)) throw thrown;
    // Only single pages of this host may be opened, by the installation's own word: then that is what counts.
    if (thrown.kind === 'blocked') return ALLOWS_ALL;
    // No file (4xx), or one that leads in a circle, allows everything (RFC 9309 2.3.1.2 and 2.3.1.3).
    const status = thrown.status ?? 0;
    if (thrown.kind === 'redirects' || (status >= 400 && status < 500 && status !== 429)) return ALLOWS_ALL;
    throw thrown;
  }
}
