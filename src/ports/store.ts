import type { Article, Fate, FateState, WaitingFor } from '../domain/article.ts';
import type { Brand } from '../domain/brand.ts';
import type { Channel, ChannelState } from '../domain/channel.ts';
import type { Attempt, Delivery, DeliveryState, Outcome, OutcomeKind } from '../domain/delivery.ts';
import type { ClickClass, Engagement, Metric } from '../domain/engagement.ts';
import type { Filter } from '../domain/filter.ts';
import type { Consent, Contact, Lead, LeadMessage, Touch } from '../domain/lead.ts';
import type { Member, Role } from '../domain/member.ts';
import type { Link, Post, PostState } from '../domain/post.ts';
import type { Report } from '../domain/report.ts';
import type { Feed, Source } from '../domain/source.ts';
import type { IncomingUpdate } from './chat.ts';
import type { FeedEntry } from './feeds.ts';
import type { Jobs } from './queue.ts';

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
  readonly articles: Articles;
  readonly fates: Fates;
  readonly channels: Channels;
  readonly posts: Posts;
  readonly deliveries: Deliveries;
  readonly engagements: Engagements;
  readonly leads: Leads;
  readonly updates: Updates;
  readonly reports: Reports;
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

export interface Brands {
  list(): Promise<Brand[]>;
  get(id: number): Promise<Brand | null>;
  bySlug(slug: string): Promise<Brand | null>;
  /** The first brand; made when there is none. */
  default(): Promise<Brand>;
  save(brand: Brand): Promise<Brand>;
}

export interface Members {
  list(brandId: number): Promise<Member[]>;
  /** The brand's owner; made when there is none. */
  owner(brandId: number): Promise<Member>;
  add(member: { brandId: number; name: string; role: Role; language: string }): Promise<Member>;
  /** Stores the hash of a one-time login token. */
  addLogin(memberId: number, tokenHash: string, expiresAt: Date): Promise<void>;
  /** Takes the token: who it is for, once; null when unknown, used or expired. */
  takeLogin(tokenHash: string, now: Date): Promise<Member | null>;
  addSession(memberId: number, sessionHash: string, expiresAt: Date): Promise<void>;
  bySession(sessionHash: string, now: Date): Promise<Member | null>;
  endSession(sessionHash: string): Promise<void>;
}

/** What became of the articles of a source: `seen` is the sum of the others, at one instant. */
export interface SourceCounts {
  seen: number;
  posted: number;
  filtered: number;
  waiting: number;
  failed: number;
}

export interface Sources {
  /** Removed ones are left out. */
  list(brandId: number): Promise<(Source & { counts: SourceCounts })[]>;
  /** The same numbers without the sources, of every brand. */
  counts(): Promise<{ sourceId: number; brand: string; counts: SourceCounts }[]>;
  get(id: number): Promise<Source | null>;
  /** Makes the feed if no brand follows it yet; an existing source of the brand is made active again. `created` tells which. */
  add(
    source: {
      brandId: number;
      url: string;
      name: string | null;
      firstPosts: number;
      sample: boolean;
      /** Added to those that it has. */
      tags?: readonly string[];
    },
    now: Date,
  ): Promise<{ source: Source; created: boolean }>;
  /** The brand's source at that address, unless it was removed. */
  byUrl(brandId: number, url: string): Promise<Source | null>;
  setState(id: number, state: Source['state']): Promise<void>;
  setTags(id: number, tags: readonly string[]): Promise<void>;
  setFilter(id: number, filter: Filter): Promise<void>;
  /** Remembers that the first poll of these sources was good. */
  setStarted(ids: readonly number[], now: Date): Promise<void>;
  /** Active sources that follow the feed, with their brands. */
  following(feedId: number): Promise<Source[]>;
  getFeed(feedId: number): Promise<Feed | null>;
  saveFeed(feed: Feed): Promise<void>;
  /**
   * When another feed has this address: gives it the sources of brands that don't follow it yet. Returns that feed's id; null when the address is nobody else's.
   */
  mergeFeed(feedId: number, url: string, now: Date): Promise<number | null>;
  /** Takes the feed for one poll; false while a living process has it. `release` ends that. */
  claimFeed(feedId: number): Promise<boolean>;
  releaseFeeds(feedIds: readonly number[]): Promise<void>;
  /** Takes feeds that are due, the longest due first. `begun`: every source that follows has had its first good poll. */
  claimDue(now: Date, limit: number): Promise<{ feed: Feed; begun: boolean }[]>;
  /** Stores feeds whose poll was good and brought nothing new, and ends their claims. One that gained a source meanwhile is due again. */
  saveUnchanged(feeds: readonly Feed[]): Promise<void>;
  /** Feeds with an active source whose next poll is due. */
  dueFeeds(now: Date, limit: number): Promise<number[]>;
  /** Every feed with an active source, whether due or not. */
  activeFeeds(brandId: number | null): Promise<number[]>;
}

export interface NewArticle {
  feedId: number | null;
  entry: FeedEntry;
  seenAt: Date;
}

export interface KnownArticle {
  articleId: number;
  /** Whether this feed is known to have carried it. */
  sighted: boolean;
  /** Whether its page was read already. */
  frozen: boolean;
}

export interface ArticleView extends Article {
  fate: Fate | null;
  /** Name or address of the source, for a person. */
  source: string | null;
}

export interface Articles {
  get(id: number): Promise<Article | null>;
  /**
   * Which of the entries are known already, keyed by index: by guid within the feed, by address anywhere, or by path
   * and date or title where the feed has changed its host.
   */
  known(feedId: number, entries: readonly FeedEntry[]): Promise<Map<number, KnownArticle>>;
  /** Stores what the feed said; ids in the order given. An address that is stored already gives that article's id. */
  add(articles: readonly NewArticle[]): Promise<number[]>;
  /** Remembers that this feed, or a person where it is null, gave the article under this guid. */
  sight(
    feedId: number | null,
    sightings: readonly { articleId: number; guid: string | null; url: string }[],
    now: Date,
  ): Promise<void>;
  /** What the feed said of it, for reading the page. */
  entry(id: number): Promise<FeedEntry | null>;
  /** Freezes the article. When another article has that canonical address already, nothing is stored and its id returned. */
  freeze(
    id: number,
    article: Omit<Article, 'id' | 'feedId' | 'guid' | 'seenAt'>,
  ): Promise<{ duplicateOf: number | null }>;
  /**
   * Articles that may tell the same story: seen since then, not filtered for the brand, never carried by the source; the
   * likeliest first, at most 10. Holds off others who ask for the brand until the transaction ends. Inside one only.
   */
  similar(query: {
    brandId: number;
    articleId: number;
    sourceId: number;
    since: Date;
  }): Promise<{ id: number; text: string }[]>;
  list(query: {
    brandId: number;
    state?: FateState;
    sourceId?: number;
    limit: number;
    before?: number;
  }): Promise<ArticleView[]>;
  view(brandId: number, articleId: number): Promise<ArticleView | null>;
  /** By the address as given or by its canonical form. */
  byUrl(url: string): Promise<Article | null>;
}

export interface Fates {
  get(id: number): Promise<Fate | null>;
  many(ids: readonly number[]): Promise<Fate[]>;
  ofArticle(articleId: number): Promise<Fate[]>;
  /** Adds one per source and article; those that exist are left as they are. Returns the ids of the added, in no order. */
  add(fates: readonly Omit<Fate, 'id'>[]): Promise<number[]>;
  /**
   * Has a person's wish decide: the article waits for the writer, for these channels, whatever rule kept it out, as toBring says.
   * Null when it has its fate already. Inside a transaction only.
   */
  bring(
    wish: { brandId: number; articleId: number; channelIds: readonly number[]; by: string },
    now: Date,
  ): Promise<number | null>;
  set(
    id: number,
    change: { state: FateState; waitingFor: WaitingFor | null; reason: string | null },
    now: Date,
  ): Promise<void>;
  /** Keeps other transactions from settling the article's fates until this one ends. Inside a transaction only. */
  lock(brandId: number, articleId: number): Promise<void>;
  /** The same for every fate of the brand and article that isn't filtered by a rule; a story that a person filtered can come back. */
  settle(
    brandId: number,
    articleId: number,
    change: { state: FateState; waitingFor: WaitingFor | null; reason: string | null },
    now: Date,
  ): Promise<void>;
  /** All that wait for the page of the article: now for the writer. Returns their ids. */
  pageRead(articleId: number, now: Date): Promise<number[]>;
  /** Takes a fate that waits for the writer or a channel; null when it doesn't, or a living process has it. */
  claim(id: number): Promise<Fate | null>;
  release(id: number): Promise<void>;
  /** Ids that wait for `what`, oldest first. `orphans`: only those that waited a while and that no living process has. */
  waiting(query: { what: WaitingFor; brandId?: number; changedBefore?: Date; limit: number }): Promise<number[]>;
}

export interface Channels {
  /** Removed ones are left out. */
  list(brandId: number): Promise<Channel[]>;
  get(id: number): Promise<Channel | null>;
  /** By platform and address; a removed one too. */
  find(brandId: number, platform: string, address: string): Promise<Channel | null>;
  byAddress(platform: string, address: string): Promise<Channel[]>;
  /** Adds it, or brings a removed one back with the new settings. */
  add(channel: Omit<Channel, 'id'>): Promise<Channel>;
  save(channel: Channel): Promise<void>;
  setState(id: number, state: ChannelState, reason: string | null): Promise<void>;
}

export interface PostView {
  post: Post;
  channel: Channel;
  article: Article;
  delivery: Delivery | null;
}

export interface Posts {
  get(id: number): Promise<Post | null>;
  view(id: number): Promise<PostView | null>;
  byCode(code: string): Promise<PostView | null>;
  /** Reads it and keeps others from changing it until the transaction ends. */
  lock(id: number): Promise<Post | null>;
  /** One per article and channel: null when there is one. */
  add(post: Omit<Post, 'id'>, links: readonly Omit<Link, 'postId'>[]): Promise<Post | null>;
  save(post: Post): Promise<void>;
  list(query: {
    brandId: number;
    state?: PostState;
    articleIds?: readonly number[];
    limit: number;
    before?: number;
  }): Promise<PostView[]>;
  /** How many posts wait for a person. */
  inReview(): Promise<number>;
  /** Which channels have a post of the article. */
  channelsWith(brandId: number, articleId: number): Promise<number[]>;
  /** State of each post of the article with its delivery's. */
  standing(brandId: number, articleId: number): Promise<{ post: PostState; delivery: DeliveryState | null }[]>;
  /** Posts of automatic channels that review has not looked at. */
  unreviewed(createdBefore: Date, limit: number): Promise<number[]>;
  link(code: string): Promise<Link | null>;
  linksOf(postId: number): Promise<Link[]>;
}

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
}

export interface Deliveries {
  get(id: number): Promise<Delivery | null>;
  list(query: { brandId: number; state?: DeliveryState; limit: number; before?: number }): Promise<DeliveryView[]>;
  view(id: number): Promise<DeliveryView | null>;
  /** One per post and channel: the existing one when there is one. */
  add(delivery: { postId: number; channelId: number; dueAt: Date }, now: Date): Promise<Delivery>;
  /**
   * waiting and due → intent with the next fence, and its attempt, in one commit. Null when it is neither.
   * Committed before it resolves unless inside a transaction: never call it inside one.
   */
  begin(
    id: number,
    attempt: { id: string; body: string },
    now: Date,
  ): Promise<{ delivery: Delivery; attempt: Attempt } | null>;
  /** Adds the outcome to the ledger, and moves the delivery if the fence is still the attempt's. False when it isn't. */
  finish(attempt: Attempt, outcome: Outcome, next: Delivery, now: Date): Promise<boolean>;
  /** A person's or a read-back's word on an unclear delivery. False when it isn't unclear any more. */
  resolve(id: number, next: Delivery, by: string, outcome: Outcome, now: Date): Promise<boolean>;
  /** Moves every intent whose process is gone, or that is older than `olderThan`, to unclear. Returns them. */
  abandonDead(olderThan: Date, reason: string, now: Date): Promise<Delivery[]>;
  /** waiting and due, on channels that are active and brands that aren't paused, oldest first. */
  due(now: Date, limit: number): Promise<number[]>;
  /** confirmed and to be measured. */
  toMeasure(now: Date, limit: number): Promise<number[]>;
  setNextMeasure(id: number, at: Date | null): Promise<void>;
  byRemoteId(platform: string, address: string, remoteId: string): Promise<Delivery | null>;
  counts(brandId: number | null): Promise<Record<DeliveryState, number>>;
}

export interface Engagements {
  add(rows: readonly Engagement[]): Promise<void>;
  /** The latest total of each metric. */
  latest(deliveryIds: readonly number[]): Promise<Map<number, Partial<Record<Metric, number>>>>;
  /** `visitor` is a keyed hash that can't be undone once its day is over. */
  addClick(click: {
    code: string;
    at: Date;
    class: ClickClass;
    reason: string | null;
    visitor: string | null;
  }): Promise<void>;
  clickCounts(): Promise<Record<ClickClass, number>>;
  /** The random key of a day's visitor hashes; made at first use. Keys of days before `day` are destroyed. */
  visitorKey(day: string): Promise<Buffer>;
}

export interface NewLead {
  brandId: number;
  name: string;
  language: string;
  contacts: Contact[];
  consent: Omit<Consent, 'wording'> & { wording: string };
  touch: Omit<Touch, 'channel'>;
  message: string | null;
}

export interface Leads {
  /** A person known by one of the contacts is the same lead: name is kept, the rest is added. */
  upsert(lead: NewLead): Promise<{ lead: Lead; created: boolean }>;
  get(id: number): Promise<Lead | null>;
  byContact(brandId: number, contact: Contact): Promise<Lead | null>;
  list(query: { brandId: number; stage?: Lead['stage']; limit: number; before?: number }): Promise<Lead[]>;
  addConsent(leadId: number, consent: Consent): Promise<void>;
  addContact(leadId: number, contact: Contact, now: Date): Promise<void>;
  addMessage(leadId: number, message: LeadMessage): Promise<void>;
  setScore(leadId: number, score: number, reasons: Lead['reasons']): Promise<void>;
  /** Destroys the person's data and its key; counts keep their place without naming anyone. */
  erase(leadId: number, now: Date): Promise<boolean>;
  /** Where a person's conversation stands; small JSON, no contact data. */
  conversation(
    platform: string,
    personId: string,
  ): Promise<{ brandId: number; state: string; code: string | null } | null>;
  saveConversation(
    platform: string,
    personId: string,
    conversation: { brandId: number; state: string; code: string | null } | null,
    now: Date,
  ): Promise<void>;
}

export interface Updates {
  /** Stores an update once and enqueues its job; false when it was there. */
  add(platform: string, update: IncomingUpdate, now: Date): Promise<boolean>;
  /** Takes an update that isn't handled yet, to the end of the transaction. */
  take(id: number): Promise<{ platform: string; update: IncomingUpdate } | null>;
  /** Handled: its content is deleted, only the key stays. */
  done(id: number, now: Date): Promise<void>;
  waiting(limit: number): Promise<number[]>;
}

export interface Reports {
  funnel(brand: Brand, days: number, now: Date): Promise<Report>;
  /** Totals for /metrics and the dashboard's head. */
  totals(): Promise<{
    articles: number;
    posts: number;
    delivered: number;
    clicks: number;
    leads: number;
    byFate: Record<FateState, number>;
  }>;
}
