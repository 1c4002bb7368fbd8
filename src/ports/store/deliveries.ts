import type { Channel } from '../../domain/channel.ts';
import type { Attempt, Delivery, DeliveryState, Outcome, OutcomeKind } from '../../domain/delivery.ts';
import type { Post } from '../../domain/post.ts';

export interface DeliveryView {
  delivery: Delivery;
  attempts: AttemptView[];
  channel: Channel;
  post: Post;
}

export interface AttemptView {
  id: string;
  at: Date;
  /** `open` while no outcome is known. */
  outcome: OutcomeKind | 'open';
  reason: string | null;
  /** Who said so: `crier`, `crier (read-back)` or a person; null while open. */
  by: string | null;
}

/** An unclear delivery whose time has come to be looked for. */
export interface ToLookFor {
  delivery: Delivery;
  /** Looks that it had. */
  looks: number;
  /** Of the last try: what was sent. */
  body: string;
  /** Why nobody knew what came of it. */
  reason: string | null;
  /** When these bytes were first sent. */
  since: Date;
}

/** A waiting delivery with what its time hangs on. */
export interface ToPlan {
  delivery: Delivery;
  plannedAt: Date | null;
  breaking: boolean;
  /** When its article was published, or seen where that is not known. */
  newsAt: Date;
}

export interface Deliveries {
  get(id: number): Promise<Delivery | null>;
  list(query: { brandId: number; state?: DeliveryState; limit: number; before?: number }): Promise<DeliveryView[]>;
  view(id: number): Promise<DeliveryView | null>;
  /** One per post, channel and part: the existing one when there is one. The only part where none is named. */
  add(
    delivery: Pick<Delivery, 'postId' | 'channelId' | 'dueAt'> & Partial<Pick<Delivery, 'part' | 'parts' | 'replyTo'>>,
    now: Date,
  ): Promise<Delivery>;
  /** Removes the delivery of a post that is not to go out now, if it was never tried. */
  withdraw(postId: number): Promise<void>;
  /**
   * waiting and due → intent with the next fence, and its attempt, in one commit. Null when it is neither, or its platform
   * is down and this is not the post that tries (`probing`). `troubled`: something is known against the platform.
   * Inside a transaction that only becomes true with its end: nothing may be sent before.
   */
  begin(
    id: number,
    attempt: { id: string; body: string },
    now: Date,
    probing?: boolean,
  ): Promise<{ delivery: Delivery; attempt: Attempt; troubled: boolean } | null>;
  /** unclear → intent with the next fence, for the very bytes of the try before it. Null when it is not that one any more. */
  repeat(
    delivery: Pick<Delivery, 'id' | 'fence'>,
    attemptId: string,
    now: Date,
  ): Promise<{ delivery: Delivery; attempt: Attempt } | null>;
  /** Has one that waits be due later, for a reason that a person reads. */
  postpone(id: number, dueAt: Date, reason: string, now: Date): Promise<void>;
  /** Has those of a channel that wait for its budget be due now. */
  budgetChanged(channelId: number, now: Date): Promise<Delivery[]>;
  /** unclear and to be looked for. */
  toLook(now: Date, limit: number): Promise<number[]>;
  /** Null when it isn't unclear any more, or not due to be looked for. */
  lookable(id: number, now: Date): Promise<ToLookFor | null>;
  /** Takes the look and sets the time of the next one. False when somebody else has it. */
  takeLook(of: ToLookFor, nextAt: Date | null, now: Date): Promise<boolean>;
  /** What the last look saw, for a person; only while that try is the unclear one. */
  noteLook(delivery: Pick<Delivery, 'id' | 'fence'>, reason: string): Promise<void>;
  /** Adds the outcome to the ledger, and moves the delivery if the fence is still the attempt's. False when it isn't. */
  finish(attempt: Attempt, outcome: Outcome, next: Delivery, now: Date, by?: string): Promise<boolean>;
  /** A person's or a read-back's word on the try that `next.fence` names. False when that isn't the unclear one any more. */
  resolve(next: Delivery, by: string, outcome: Outcome, now: Date): Promise<boolean>;
  /** Moves every intent whose process is gone, or that is older than `olderThan`, to unclear. Returns them. */
  abandonDead(olderThan: Date, reason: string, now: Date): Promise<Delivery[]>;
  /** waiting → dropped, for a reason that no attempt gave. False when it doesn't wait any more. */
  drop(id: number, reason: string, now: Date): Promise<boolean>;
  /**
   * What a channel's plan is made of: the first `limit` of its waiting deliveries (of threads the first parts), breaking ones first, then in their
   * order, and when others went out, or may have, since `since`.
   */
  toPlan(channelId: number, since: Date, limit: number): Promise<{ waiting: ToPlan[]; sent: Date[] }>;
  /** Gives waiting deliveries their times. */
  setDue(times: readonly { id: number; dueAt: Date }[]): Promise<void>;
  /** waiting and due, on channels that are active and brands that aren't paused, oldest first. */
  due(now: Date, limit: number): Promise<number[]>;
  /** confirmed and to be measured. */
  toMeasure(now: Date, limit: number): Promise<number[]>;
  setNextMeasure(id: number, at: Date | null): Promise<void>;
  byRemoteId(platform: string, address: string, remoteId: string): Promise<Delivery | null>;
  counts(brandId: number | null): Promise<Record<DeliveryState, number>>;
}
