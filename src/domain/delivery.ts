import { after, HOUR, MINUTE, SECOND } from '../lib/clock.ts';

/** The promise that one post, or one part of a thread, appears once on one channel. */
export interface Delivery {
  id: number;
  postId: number;
  channelId: number;
  /** Which of `parts` messages it is, from 1. */
  part: number;
  parts: number;
  /** The platform's name of the message before it; null for the first. */
  replyTo: string | null;
  state: DeliveryState;
  dueAt: Date;
  /** Grows with each attempt; an outcome that names an older fence changes nothing. */
  fence: number;
  /** What the platform calls the message. */
  remoteId: string | null;
  url: string | null;
  /** For a person: why it is where it is, and what to do. */
  reason: string | null;
  confirmedAt: Date | null;
  changedAt: Date;
}

/**
 * waiting → intent → confirmed | rejected | unclear; what is proven not to have been sent, or was refused because of the
 * channel, goes back to waiting;
 * dropped: a person decided, or the channel is gone.
 */
export type DeliveryState = 'waiting' | 'intent' | 'confirmed' | 'rejected' | 'unclear' | 'dropped';

/** One try, written before the socket opens; never changed. */
export interface Attempt {
  id: string;
  deliveryId: number;
  fence: number;
  startedAt: Date;
  /** Exactly what was to be sent. */
  body: string;
}

/** What a platform's answer to one attempt proves. `down`: the platform could not be reached, or has trouble of its own. */
export type Outcome =
  | { kind: 'confirmed'; remoteId: string; url: string | null }
  /** The platform said no, and will say so again. `channelTrouble`: every other post would meet the same. */
  | {
      kind: 'rejected';
      reason: string;
      cure: string;
      channelTrouble: boolean;
      /** The chat goes on under this address; its posts follow it by themselves. */
      movedTo?: string;
      /** The platform has an equal text of this channel already. */
      duplicate?: boolean;
    }
  /** Proven not sent: DNS, refused, TLS, connect timeout, 429. */
  | { kind: 'not-sent'; reason: string; retryAfterMs?: number; down?: boolean }
  /** Anything else: read timeout, reset after write, 5xx, an unreadable 2xx, the process died. */
  | { kind: 'unclear'; reason: string; down?: boolean };

export type OutcomeKind = Outcome['kind'];

/** An answer that can't be told from silence; each call to a platform ends by then. */
export const SEND_DEADLINE_MS = 20 * SECOND;

/** The reason given to an intent whose process ended before the answer. */
export const DIED = 'Crier stopped between sending and the answer; the post may or may not be there';

/** How the reason of a delivery begins that waits because its channel's budget is used up. */
export const WAITS_FOR_BUDGET = 'budget: ';

/** The delivery after the outcome of the attempt with the present fence. */
export function settle(delivery: Delivery, outcome: Outcome, now: Date): Delivery {
  const changed = { ...delivery, changedAt: now };
  switch (outcome.kind) {
    case 'confirmed':
      return {
        ...changed,
        state: 'confirmed',
        remoteId: outcome.remoteId,
        url: outcome.url,
        reason: null,
        confirmedAt: now,
      };
    case 'rejected': {
      const reason = `${outcome.reason} ${outcome.cure}`.trim();
      // The post is not at fault: it waits until the channel is right again.
      if (outcome.channelTrouble || outcome.movedTo !== undefined)
        return { ...changed, state: 'waiting', reason, dueAt: now };
      return { ...changed, state: 'rejected', reason };
    }
    case 'not-sent':
      return {
        ...changed,
        state: 'waiting',
        reason: outcome.reason,
        dueAt: after(now, retryDelayMs(delivery.fence, outcome.retryAfterMs)),
      };
    case 'unclear':
      return { ...changed, state: 'unclear', reason: outcome.reason };
  }
}

/** How long a proven-not-sent post waits: what the platform asked, within 1 s and 1 h; otherwise 5 s doubling up to 15 min. */
export function retryDelayMs(attemptsSoFar: number, askedMs: number | undefined): number {
  if (askedMs !== undefined && Number.isFinite(askedMs)) return Math.min(HOUR, Math.max(SECOND, askedMs));
  return Math.min(15 * MINUTE, 5 * SECOND * 2 ** Math.min(Math.max(0, attemptsSoFar - 1), 10));
}
