import { FetchError } from '../lib/errors.ts';

/** Lets so many requests at a time through to each host. */
export interface HostGate {
  /**
   * Waits for a place, first come, first served; call what it gives, once, when the answer is read. Throws the
   * signal's reason when it is aborted first, and FetchError when too many wait already.
   */
  enter(host: string, signal: AbortSignal): Promise<() => void>;
}

const AT_ONCE = 2;
const MAX_WAITING = 1_000;
/** A feed that found the queue full is tried again then. */
const FULL_RETRY_MS = 5 * 60_000;

interface Place {
  taken: number;
  waiting: Set<() => void>;
}

/** A gate whose hosts are forgotten as soon as nobody is there. The limits are for tests. */
export function createHostGate({ atOnce = AT_ONCE, maxWaiting = MAX_WAITING } = {}): HostGate {
  const places = new Map<string, Place>();

  const leaver = (host: string, place: Place) => () => {
    place.taken -= 1;
    const [next] = place.waiting;
    if (next) next();
    else if (place.taken === 0) places.delete(host);
  };

  return {
    enter: async (host, signal) => {
      signal.throwIfAborted();
      const place = places.get(host) ?? { taken: 0, waiting: new Set() };
      places.set(host, place);
      if (place.taken >= atOnce) {
        if (place.waiting.size >= maxWaiting)
          throw new FetchError('unreachable', `${host} was not asked: ${maxWaiting} requests wait for it already.`, {
            retryAfterMs: FULL_RETRY_MS,
            cure: 'Nothing to do; Crier asks one server at most two things at once and tries again later.',
          });
        await turn(place, signal);
      } else place.taken += 1;
      return leaver(host, place);
    },
  };
}

/** Resolves when a place was given over; whoever gives it up has it counted as taken. */
function turn(place: Place, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      place.taken += 1;
      end();
      resolve();
    };
    const abort = () => {
      end();
      reject(signal.reason);
    };
    const end = () => {
      place.waiting.delete(go);
      signal.removeEventListener('abort', abort);
    };
    place.waiting.add(go);
    signal.addEventListener('abort', abort, { once: true });
  });
}
