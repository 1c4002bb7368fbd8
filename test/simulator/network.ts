import type { Outcome } from '../../src/domain/delivery.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { squarePlatform } from '../cli/support.ts';

/** A message as readers see it. */
export interface Message {
  platform: string;
  deliveryId: number;
  attemptId: string;
  remoteId: string;
  text: string;
  replyTo: string | null;
  /** What the true clock showed. */
  at: Date;
}

/** What a platform makes of a send: whether readers get it, and what is heard of it, after how long. */
interface Reaction {
  name: string;
  weight: number;
  accepts: boolean;
  /** Null = the connection breaks without an answer. */
  answer: ((remoteId: string) => Outcome) | null;
  afterMs: number;
}

const confirmed = (remoteId: string): Outcome => ({ kind: 'confirmed', remoteId, url: null });
const unclear = (): Outcome => ({ kind: 'unclear', reason: 'No answer that proves anything.' });
const refused = (channelTrouble: boolean) => (): Outcome => ({
  kind: 'rejected',
  reason: 'No.',
  cure: 'Ask again.',
  channelTrouble,
});
const notSent = (retryAfterMs?: number) => (): Outcome => ({
  kind: 'not-sent',
  reason: 'Too many requests.',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const reaction = (
  weight: number,
  name: string,
  accepts: boolean,
  answer: Reaction['answer'],
  afterMs = 0,
): Reaction => ({ weight, name, accepts, answer, afterMs });

const REACTIONS: readonly Reaction[] = [
  reaction(30, 'accepts', true, confirmed),
  reaction(3, 'says 400', false, refused(false)),
  reaction(2, 'says 403', false, refused(true)),
  reaction(3, 'is not reached', false, notSent()),
  reaction(1, 'says 429', false, notSent()),
  reaction(1, 'says 429, 0 s', false, notSent(0)),
  reaction(1, 'says 429, 1 s', false, notSent(SECOND)),
  reaction(1, 'says 429, 3600 s', false, notSent(3600 * SECOND)),
  reaction(1, 'says 429, -5 s', false, notSent(-5 * SECOND)),
  reaction(3, 'says 500', false, unclear),
  reaction(3, 'accepts and says 502', true, unclear),
  reaction(3, 'accepts and resets', true, null),
  reaction(2, 'resets', false, null),
  reaction(3, 'is silent', false, unclear, 20 * SECOND),
  reaction(3, 'accepts and is silent', true, unclear, 20 * SECOND),
  reaction(4, 'accepts and says so after 10 s', true, confirmed, 10 * SECOND),
  // Longer than any deadline: the process was frozen in between.
  reaction(3, 'accepts and says so after 3 min', true, confirmed, 3 * MINUTE),
  reaction(2, 'says 400 after 3 min', false, refused(false), 3 * MINUTE),
  reaction(2, 'says 429 after 3 min', false, notSent(), 3 * MINUTE),
];
/** Each as often as it weighs. */
const DRAWN = REACTIONS.flatMap((one) => Array.from({ length: one.weight }, () => one));

/** Every platform there is, and what readers see on them. Nothing here forgets or forgives: what is sent twice stands twice. */
export interface Network {
  readonly messages: Message[];
  /** Attempts that reached a platform. */
  readonly reached: string[];
  /** Lets every send succeed from now on. */
  calm(): void;
  /** Takes a send. `chance` in [0, 1) decides what comes of it. */
  take(platform: string, sent: Parameters<Platform['publish']>[0], chance: number): Reaction & { remoteId: string };
}

export function createNetwork(now: () => Date): Network {
  const messages: Message[] = [];
  const reached: string[] = [];
  let isCalm = false;
  return {
    messages,
    reached,
    calm() {
      isCalm = true;
    },
    take(platform, { deliveryId, attemptId, text, replyTo }, chance) {
      const chosen = (isCalm ? REACTIONS[0] : DRAWN[Math.floor(chance * DRAWN.length)]) as Reaction;
      const remoteId = `m${messages.length + 1}`;
      reached.push(attemptId);
      if (chosen.accepts) messages.push({ platform, deliveryId, attemptId, remoteId, text, replyTo, at: now() });
      return { ...chosen, remoteId };
    },
  };
}

/** A platform of the network. `call` has each send, and each answer that takes time, wait for its turn. */
export function platformOf(
  name: string,
  network: Network,
  call: <T>(name: string, make: (chance: number) => Promise<T>, afterMs?: number) => Promise<T>,
): Platform {
  const square = squarePlatform();
  return {
    ...square,
    name,
    form: (address, style) => ({
      ...square.form(address, style),
      partsOf: (text) => (name === 'thread' ? text.split('|') : [text]),
    }),
    async publish(message) {
      const {
        answer,
        afterMs,
        remoteId,
        name: does,
      } = await call('publish', async (chance) => network.take(name, message, chance));
      if (afterMs > 0) await call(`answer (${does})`, async () => {}, afterMs);
      if (answer === null) throw new Error('read ECONNRESET');
      return answer(remoteId);
    },
  };
}
