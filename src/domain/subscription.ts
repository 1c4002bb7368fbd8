import { after, DAY, HOUR, MINUTE } from '../lib/clock.ts';
import type { Secret } from '../lib/secret.ts';
import { isLoopback } from '../lib/url.ts';
import type { FeedHub } from './source.ts';

/** A feed's subscription at the hub that it names (WebSub, W3C Recommendation 2018). One per feed. */
export interface Subscription {
  feedId: number;
  hub: string;
  topic: string;
  /** The unguessable end of the callback's address. */
  code: string;
  /** What stands before it: PUBLIC_URL when the hub was asked. */
  publicUrl: string;
  /** What the hub signs its deliveries with. */
  secret: Secret;
  state: SubscriptionState;
  /** What the hub was asked for and has not confirmed; only that may be confirmed. */
  pending: 'subscribe' | 'unsubscribe' | null;
  /** Why it isn't as wished, for a person. */
  reason: string | null;
  /** Requests in a row that led to nothing. */
  failures: number;
  /** When the hub took the request whose confirmation is awaited. */
  askedAt: Date | null;
  confirmedAt: Date | null;
  /** The end of the lease. */
  expiresAt: Date | null;
  /** When something is to be done next: ask, renew, give up waiting. */
  nextAt: Date;
  deliveredAt: Date | null;
  /** A delivery that no poll has answered yet. */
  freshAt: Date | null;
  /** Whether a delivery has come since the last news that came without one. */
  proven: boolean;
  /** Deliveries with a good signature, and those that were ignored for want of one. */
  deliveries: number;
  ignored: number;
}

/** asking: not confirmed yet; refused: the hub said no; failing: it doesn't answer or confirm; ending: nobody follows. */
export type SubscriptionState = 'asking' | 'active' | 'refused' | 'failing' | 'ending';

/** What Crier asks for; the hub decides. */
export const LEASE_SECONDS = 10 * 24 * 3600;
/** A hub that has not confirmed by then is called silent. */
const CONFIRM_WITHIN_MS = 15 * MINUTE;
/** Leases are renewed when a fourth of them is left, but at least an hour and at most a day before their end … */
const RENEW_SHARE = 0.25;
const RENEW_BEFORE_MS = { least: HOUR, most: DAY };
/** … and never more often than this, whatever lease the hub gives. */
const LEAST_PAUSE_MS = 5 * MINUTE;
/** Longer leases are not believed: a hub may lose what it promised. */
const LONGEST_LEASE_MS = 30 * DAY;
/** An end that the hub doesn't confirm is asked for so often; then the lease runs out by itself. */
const ENDINGS = 3;

/** A subscription that is still to be asked for. */
export function newSubscription(
  given: Pick<Subscription, 'feedId' | 'hub' | 'topic' | 'code' | 'publicUrl' | 'secret'>,
  now: Date,
): Subscription {
  return {
    ...given,
    state: 'asking',
    pending: null,
    reason: null,
    failures: 0,
    askedAt: null,
    confirmedAt: null,
    expiresAt: null,
    nextAt: now,
    deliveredAt: null,
    freshAt: null,
    proven: false,
    deliveries: 0,
    ignored: 0,
  };
}

/** What is to be done for a feed's subscription. `wanted`: the hub that it should be at; null = nowhere. */
export type NextStep = 'nothing' | 'begin' | 'subscribe' | 'unsubscribe' | 'call-silent' | 'forget';

/** Decides that from what is stored. */
export function nextStep(
  subscription: Subscription | null,
  { hub, publicUrl, now }: { hub: FeedHub | null; publicUrl: string; now: Date },
): NextStep {
  if (subscription === null) return hub === null ? 'nothing' : 'begin';
  const due = subscription.nextAt <= now;
  if (hub === null) {
    if (subscription.state !== 'ending') return isLeased(subscription, now) ? 'unsubscribe' : 'forget';
    if (!due) return 'nothing';
    return subscription.failures + 1 < ENDINGS ? 'unsubscribe' : 'forget';
  }
  const same = subscription.hub === hub.url && subscription.topic === hub.topic && subscription.publicUrl === publicUrl;
  if (!same) return 'begin';
  if (subscription.state === 'ending') return 'subscribe';
  if (!due) return 'nothing';
  return subscription.askedAt === null ? 'subscribe' : 'call-silent';
}

/** The hub is being asked; stored before it is, since it may confirm before it answers. */
export function asked(subscription: Subscription, pending: 'subscribe' | 'unsubscribe', now: Date): Subscription {
  const { state, failures } = subscription;
  return {
    ...subscription,
    pending,
    askedAt: now,
    nextAt: after(now, CONFIRM_WITHIN_MS),
    state: pending === 'unsubscribe' ? 'ending' : isLeased(subscription, now) ? 'active' : 'asking',
    failures: pending === 'unsubscribe' ? (state === 'ending' ? failures + 1 : 0) : failures,
  };
}

/** The hub confirmed what it was asked for: the lease runs from now on. Without a length it is the one asked for. */
export function confirmed(subscription: Subscription, leaseSeconds: number | null, now: Date): Subscription {
  const leaseMs = Math.min(LONGEST_LEASE_MS, (leaseSeconds ?? LEASE_SECONDS) * 1000);
  const earlyMs = Math.min(RENEW_BEFORE_MS.most, Math.max(RENEW_BEFORE_MS.least, leaseMs * RENEW_SHARE));
  return {
    ...subscription,
    state: 'active',
    pending: null,
    reason: null,
    failures: 0,
    askedAt: null,
    confirmedAt: now,
    expiresAt: after(now, leaseMs),
    nextAt: after(now, Math.max(LEAST_PAUSE_MS, leaseMs > 2 * earlyMs ? leaseMs - earlyMs : leaseMs / 2)),
    // What came out between the last poll and now was pushed to nobody.
    freshAt: isLeased(subscription, now) ? subscription.freshAt : now,
  };
}

/** The hub says no, at first or in the middle of a lease; it is asked again the next day. */
export function refused(subscription: Subscription, reason: string, now: Date): Subscription {
  return {
    ...subscription,
    state: 'refused',
    pending: null,
    reason,
    failures: subscription.failures + 1,
    askedAt: null,
    expiresAt: null,
    nextAt: after(now, DAY),
    proven: false,
  };
}

/** The hub could not be asked, or does not confirm. A confirmation that comes late still counts, and so does a lease that runs. */
export function unanswered(subscription: Subscription, reason: string, now: Date): Subscription {
  const failures = subscription.failures + 1;
  return {
    ...subscription,
    state: isLeased(subscription, now) ? 'active' : 'failing',
    reason,
    failures,
    askedAt: null,
    nextAt: after(now, Math.min(DAY, 30 * MINUTE * 2 ** Math.min(failures - 1, 10))),
  };
}

/** A delivery whose signature is right. */
export function delivered(subscription: Subscription, now: Date): Subscription {
  const { deliveries } = subscription;
  return { ...subscription, deliveredAt: now, freshAt: now, proven: true, deliveries: deliveries + 1 };
}

/** Whether the hub's promise holds at this moment. */
export function isLeased({ state, expiresAt }: Subscription, now: Date): boolean {
  return (state === 'active' || state === 'ending') && expiresAt !== null && expiresAt > now;
}

/** Until when the feed need not be polled at its own pace: only a hub that has delivered is trusted. */
export function pushedUntil({ state, proven, expiresAt }: Subscription): Date | null {
  return state === 'active' && proven ? expiresAt : null;
}

/** Whether a hub can reach the callback: a public one needs a public address, one on this machine only an address. */
export function canCallBack(settings: { publicUrl: string; publicUrlIsSet: boolean }, hub: string): boolean {
  return settings.publicUrlIsSet && (!isLoopback(settings.publicUrl) || isLoopback(hub));
}

/** How things stand with the hub, for a person; `at` writes instants as that person does. */
export function pushWords(subscription: Subscription, now: Date, at: (instant: Date) => string): string {
  const { hub, state, expiresAt, proven, reason, nextAt, deliveredAt } = subscription;
  const host = URL.parse(hub)?.host ?? hub;
  if (expiresAt !== null && state === 'active' && isLeased(subscription, now)) {
    const trouble = reason === null ? '' : ` Could not be renewed yet: ${reason}`;
    const last = deliveredAt === null ? 'nothing delivered yet' : `last delivery ${at(deliveredAt)}`;
    return proven
      ? `Pushed by ${host}, renewed until ${at(expiresAt)}; ${last}; polled every 6 hours all the same.${trouble}`
      : `Subscribed at ${host} until ${at(expiresAt)}; ${last}; polled as usual until it delivers.${trouble}`;
  }
  switch (state) {
    case 'asking':
      return `${host} was asked to push and has not confirmed yet; polled as usual.`;
    case 'ending':
      return `${host} was asked to push no more.`;
    default:
      return `Not pushed, polled as usual. ${reason ?? `The lease at ${host} has ended.`} ${host} is asked again ${at(nextAt)}.`;
  }
}

/** Where the hub is to deliver. */
export function callbackOf({ publicUrl, code }: Pick<Subscription, 'publicUrl' | 'code'>): string {
  return `${publicUrl}/websub/${code}`;
}
