import type { Jobs } from '../queue.ts';
import type { Articles } from './articles.ts';
import type { Brands } from './brands.ts';
import type { Breakers } from './breakers.ts';
import type { Channels } from './channels.ts';
import type { Deliveries } from './deliveries.ts';
import type { Engagements } from './engagements.ts';
import type { Fates } from './fates.ts';
import type { Leads } from './leads.ts';
import type { Members } from './members.ts';
import type { Notices } from './notices.ts';
import type { Posts } from './posts.ts';
import type { Relevances } from './relevance.ts';
import type { Reports } from './reports.ts';
import type { Sources } from './sources.ts';
import type { Spendings } from './spending.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Updates } from './updates.ts';
import type { Writings } from './writings.ts';

export type * from './articles.ts';
export type * from './brands.ts';
export type * from './breakers.ts';
export type * from './channels.ts';
export type * from './deliveries.ts';
export type * from './engagements.ts';
export type * from './fates.ts';
export type * from './leads.ts';
export type * from './members.ts';
export type * from './notices.ts';
export type * from './posts.ts';
export type * from './relevance.ts';
export type * from './reports.ts';
export type * from './sources.ts';
export type * from './spending.ts';
export type * from './subscriptions.ts';
export type * from './updates.ts';
export type * from './writings.ts';

/**
 * Everything that is kept, one interface per noun. Inside `transaction` the same interfaces read and write
 * together, and jobs sent there exist from its commit on.
 */
export interface Store extends Tables {
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Throws AppError when the database does not answer. */
  ping(): Promise<void>;
  health(now: Date): Promise<StoreHealth>;
  close(): Promise<void>;
}

export interface Tables {
  readonly brands: Brands;
  readonly members: Members;
  readonly sources: Sources;
  readonly subscriptions: Subscriptions;
  readonly articles: Articles;
  readonly fates: Fates;
  readonly channels: Channels;
  readonly breakers: Breakers;
  readonly posts: Posts;
  readonly writings: Writings;
  readonly deliveries: Deliveries;
  readonly engagements: Engagements;
  readonly leads: Leads;
  readonly updates: Updates;
  readonly reports: Reports;
  readonly spending: Spendings;
  readonly notices: Notices;
  readonly relevance: Relevances;
  readonly jobs: Jobs;
}

export interface StoreHealth {
  /** Version of the server, for a person. */
  server: string;
  sizeBytes: number;
  /** Seconds since the oldest delivery that is due and has no attempt; null when none waits. */
  oldestUnsentSeconds: number | null;
  unclear: number;
  /** Seconds that the database's clock is ahead of `now` (negative: behind). */
  clockSkewSeconds: number;
}
