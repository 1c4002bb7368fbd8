import { SECOND } from '../lib/clock.ts';

/** What asks Crier to end; a terminal that is closed asks too. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C can come twice: the terminal sends it to every process, and npm passes it on. */
const SAME_PRESS_MS = SECOND;

/** Aborts when Crier is asked to end. Asked again, the process ends at once: what is being sent becomes unclear, nothing is lost. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  let askedAt = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!stopping.signal.aborted) {
        askedAt = performance.now();
        stopping.abort();
      } else if (performance.now() - askedAt > SAME_PRESS_MS) process.exit(130);
    });
  }
  return stopping.signal;
}
