import type { IncomingUpdate } from '../chat.ts';

export interface Updates {
  /** Stores an update once and enqueues its job; false when it was there. */
  add(platform: string, update: IncomingUpdate, now: Date): Promise<boolean>;
  /** Takes an update that isn't handled yet, to the end of the transaction. */
  take(id: number): Promise<{ platform: string; update: IncomingUpdate } | null>;
  /** Handled: its content is deleted, only the key stays. */
  done(id: number, now: Date): Promise<void>;
  waiting(limit: number): Promise<number[]>;
}
