import type { FateState } from '../domain/article.ts';
import { MAX_WAIT_MS } from '../domain/polling.ts';
import { type Feed, type FeedKind, type FeedState, feedKey, type Source } from '../domain/source.ts';
import { tidyTags } from '../domain/tag.ts';
import { after } from '../lib/clock.ts';
import type { SourceCounts, Sources } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { filterJson, toFilter } from './filter-json.ts';
import { type Feed as FeedRow, Prisma, type Source as Row } from './generated/client.ts';
import { storable } from './storable.ts';
import { isFree } from './worker.ts';

/** Who a feed is polled for: nothing is collected for a paused brand. */
const POLLED = { state: 'active', brand: { paused: false } };

/** A chat is heard, not polled. Null is a kind that is not known yet. */
const NO_CHAT = { OR: [{ kind: null }, { kind: { not: 'chat' } }] };

/** SQL for the store's own statements: the sources that `feed` is polled for. */
export const FOLLOWING = Prisma.sql`FROM source JOIN brand ON brand.id = source.brand_id
  WHERE source.feed_id = feed.id AND source.state = 'active' AND NOT brand.paused`;

/** SQL: when `feed` is polled next. One that gained a source while it was polled is due again at once. */
const NEXT_POLL = Prisma.sql`CASE
  WHEN EXISTS (SELECT 1 ${FOLLOWING} AND source.started_at IS NULL) THEN said.polled_at ELSE said.next_poll_at END`;

/** Sources and the feeds behind them in PostgreSQL. */
export function createSources({ db, worker, atomically }: Context): Sources {
  const withFeed = { include: { feed: true } } as const;
  return {
    async list(brandId) {
      const [rows, counts] = await Promise.all([
        db.source.findMany({ where: { brandId, state: { not: 'removed' } }, orderBy: { id: 'asc' }, ...withFeed }),
        countsOf(db, brandId),
      ]);
      return rows.map((row) => ({ ...toSource(row), counts: counts.get(row.id) ?? NONE }));
    },
    async counts() {
      const [rows, counts] = await Promise.all([
        db.source.findMany({
          where: { state: { not: 'removed' } },
          orderBy: { id: 'asc' },
          select: { id: true, brand: { select: { slug: true } } },
        }),
        countsOf(db, null),
      ]);
      return rows.map(({ id, brand }) => ({ sourceId: id, brand: brand.slug, counts: counts.get(id) ?? NONE }));
    },
    async get(id) {
      const row = await db.source.findUnique({ where: { id }, ...withFeed });
      return row && toSource(row);
    },
    add({ brandId, url, name, firstPosts, sample, chat, tags = [] }, now) {
      return atomically(async (context) => {
        const key = feedKey(url);
        const feed = { url: storable(url), urlKey: key, kind: sample ? 'sample' : null, nextPollAt: now };
        await context.db.feed.createMany({ data: [feed], skipDuplicates: true });
        if (chat)
          await context.db.feed.update({
            where: { urlKey: key },
            data: { kind: 'chat', title: storable(chat.title), state: 'ok' },
          });
        const { id: feedId } = await context.db.feed.findUniqueOrThrow({ where: { urlKey: key } });
        // Who adds a feed that had said it is gone asks for another look.
        await context.db.feed.updateMany({
          where: { id: feedId, state: 'gone' },
          data: { state: 'new', reason: null, failures: 0, nextPollAt: now },
        });
        const { count: made } = await context.db.source.createMany({
          data: [{ brandId, feedId, name: storable(name), firstPosts, createdAt: now }],
          skipDuplicates: true,
        });
        const { count: back } = await context.db.source.updateMany({
          where: { brandId, feedId, state: 'removed' },
          data: { state: 'active' },
        });
        const where = { brandId_feedId: { brandId, feedId } };
        const { tags: own } = await context.db.source.findUniqueOrThrow({ where, select: { tags: true } });
        const row = await context.db.source.update({
          where,
          data: {
            state: 'active',
            tags: storable(tidyTags([...own, ...tags])),
            ...(name === null ? {} : { name: storable(name) }),
          },
          ...withFeed,
        });
        return { source: toSource(row), created: made + back > 0 };
      });
    },
    async setState(id, state) {
      await db.source.updateMany({ where: { id }, data: { state } });
    },
    async byUrl(brandId, url) {
      const row = await db.source.findFirst({
        where: { brandId, state: { not: 'removed' }, feed: { urlKey: feedKey(url) } },
        ...withFeed,
      });
      return row && toSource(row);
    },
    async setTags(id, tags) {
      await db.source.updateMany({ where: { id }, data: { tags: storable([...tags]) } });
    },
    async setFilter(id, filter) {
      await db.source.updateMany({ where: { id }, data: { filter: filterJson(filter) } });
    },
    async setStarted(ids, now) {
      if (ids.length === 0) return;
      await db.source.updateMany({ where: { id: { in: [...ids] }, startedAt: null }, data: { startedAt: now } });
    },
    async following(feedIds) {
      return db.$queryRaw`
        SELECT source.id, source.feed_id AS "feedId", source.brand_id AS "brandId", source.first_posts AS "firstPosts",
          source.started_at AS "startedAt"
        FROM source JOIN brand ON brand.id = source.brand_id
        WHERE source.feed_id = ANY(${[...feedIds]}) AND source.state = 'active' AND NOT brand.paused
        ORDER BY source.id`;
    },
    async feedByUrl(url) {
      const row = await db.feed.findUnique({ where: { urlKey: feedKey(url) } });
      return row && toFeed(row);
    },
    async getFeed(feedId) {
      const row = await db.feed.findUnique({ where: { id: feedId } });
      return row && toFeed(row);
    },
    // Whether a hub is trusted is decided beside the poll.
    async saveFeed({ id, url, pace, wishes, hub, pushedUntil: _, ...feed }) {
      const named = storable({ hubUrl: hub?.url ?? null, hubTopic: hub?.topic ?? null });
      const polling = { paceFrom: pace?.from ?? null, paceCount: pace?.count ?? 0, ...wishes, ...named };
      const data = { ...storable(feed), ...polling };
      const { count: stayed } = await db.feed.updateMany({ where: { id, url: storable(url) }, data });
      if (stayed > 0) return;
      await db.feed.updateMany({ where: { id }, data });
      // A feed moves, but never onto another's address.
      await db.$executeRaw`
        UPDATE feed SET url = ${storable(url)}, url_key = ${feedKey(url)}
        WHERE id = ${id} AND NOT EXISTS (
          SELECT 1 FROM feed AS other WHERE other.url_key = ${feedKey(url)} AND other.id <> ${id})`;
    },
    async mergeFeed(feedId, url, now) {
      return atomically(async ({ db }) => {
        const other = await db.feed.findUnique({ where: { urlKey: feedKey(url) } });
        if (other === null || other.id === feedId) return null;
        await db.$executeRaw`
          UPDATE source SET feed_id = ${other.id} WHERE feed_id = ${feedId} AND NOT EXISTS (
            SELECT 1 FROM source AS own WHERE own.brand_id = source.brand_id AND own.feed_id = ${other.id})`;
        await db.feed.updateMany({
          where: { id: other.id, state: 'gone' },
          data: { state: 'new', reason: null, failures: 0, nextPollAt: now },
        });
        return other.id;
      });
    },
    async claimFeed(feedId) {
      const owner = await worker.id();
      return (
        (await db.$executeRaw`
          UPDATE feed SET claimed_by = ${owner} WHERE id = ${feedId} AND ${isFree('feed.claimed_by')}`) === 1
      );
    },
    async releaseFeeds(feedIds) {
      const owner = await worker.id();
      await db.feed.updateMany({ where: { id: { in: [...feedIds] }, claimedBy: owner }, data: { claimedBy: null } });
    },
    async claimDue(now, limit) {
      const owner = await worker.id();
      // As one value: Prisma takes every column of every row through many hands, and most feeds bring nothing.
      const [answer] = await db.$queryRaw<{ rows: ClaimedRow[] | null }[]>`
        WITH due AS (
          SELECT id FROM feed
          WHERE (next_poll_at <= ${now} OR next_poll_at > ${after(now, MAX_WAIT_MS)}) AND state <> 'gone'
            AND kind IS DISTINCT FROM 'chat' AND ${isFree('feed.claimed_by')} AND EXISTS (SELECT 1 ${FOLLOWING})
          ORDER BY next_poll_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), claimed AS (
          UPDATE feed SET claimed_by = ${owner} FROM due WHERE feed.id = due.id
          RETURNING feed.id, url, kind, title, language, site_url AS "siteUrl", etag,
            last_modified AS "lastModified", state, reason, failures, last_polled_at AS "lastPolledAt",
            last_good_at AS "lastGoodAt", next_poll_at AS "nextPollAt", pace_from AS "paceFrom",
            pace_count AS "paceCount", pause_ms AS "pauseMs", skip_hours AS "skipHours", skip_days AS "skipDays",
            moving_to AS "movingTo", hub_url AS "hubUrl", hub_topic AS "hubTopic", pushed_until AS "pushedUntil",
            (SELECT encode(carried, 'base64') FROM feed_document WHERE feed_id = feed.id) AS carried,
            NOT EXISTS (SELECT 1 ${FOLLOWING} AND source.started_at IS NULL) AS begun
        )
        SELECT json_agg(claimed) AS rows FROM claimed`;
      return (answer?.rows ?? []).map(({ begun, carried, ...row }) => ({
        feed: toFeed(dated(row)),
        begun,
        carried: carried === null ? null : new Uint8Array(Buffer.from(carried, 'base64')),
      }));
    },
    async carried(feedId) {
      return (await db.feedDocument.findUnique({ where: { feedId } }))?.carried ?? null;
    },
    async saveUnchanged(feeds) {
      if (feeds.length === 0) return [];
      const rows = await db.$queryRaw<{ id: number }[]>`
        WITH saved AS (
          UPDATE feed SET state = 'ok', reason = NULL, failures = 0, last_polled_at = said.polled_at,
            last_good_at = said.polled_at, moving_to = NULL, claimed_by = NULL,
            next_poll_at = ${NEXT_POLL}
          FROM unnest(${feeds.map((feed) => feed.id)}::int[], ${feeds.map((feed) => feed.lastPolledAt)}::timestamptz[],
            ${feeds.map((feed) => feed.nextPollAt)}::timestamptz[]) AS said (id, polled_at, next_poll_at)
          WHERE feed.id = said.id RETURNING feed.id, feed.next_poll_at <= said.polled_at AS again)
        SELECT id FROM saved WHERE again`;
      return rows.map((row) => row.id);
    },
    async savePolled(polled) {
      if (polled.length === 0) return [];
      const rows = await db.$queryRaw<{ id: number }[]>`
        WITH saved AS (
          UPDATE feed SET kind = said.kind, title = said.title, language = said.language, site_url = said.site_url,
            etag = said.etag, last_modified = said.last_modified, state = said.state, reason = said.reason,
            failures = said.failures, last_polled_at = said.polled_at, last_good_at = said.good_at,
            pace_from = said.pace_from, pace_count = said.pace_count, pause_ms = said.pause_ms,
            skip_hours = ARRAY(SELECT jsonb_array_elements(said.skip_hours)::int),
            skip_days = ARRAY(SELECT jsonb_array_elements(said.skip_days)::int),
            moving_to = said.moving_to, hub_url = said.hub_url, hub_topic = said.hub_topic,
            pushed_until = said.pushed_until, claimed_by = NULL,
            next_poll_at = CASE WHEN said.state = 'ok' THEN ${NEXT_POLL} ELSE said.next_poll_at END
          FROM jsonb_to_recordset(${JSON.stringify(polled.map(({ feed }) => polledRow(feed)))}::jsonb) AS said (id int,
            kind text, title text, language text, site_url text, etag text, last_modified text, state text, reason text,
            failures int, polled_at timestamptz, good_at timestamptz, next_poll_at timestamptz, pace_from timestamptz,
            pace_count int, pause_ms int, skip_hours jsonb, skip_days jsonb, moving_to text, hub_url text, hub_topic text,
             pushed_until timestamptz)
          WHERE feed.id = said.id
          RETURNING feed.id, feed.state = 'ok' AND feed.next_poll_at <= said.polled_at AS again)
        SELECT id FROM saved WHERE again`;
      const documents = polled.flatMap(({ feed, carried }) => (carried === null ? [] : [{ id: feed.id, carried }]));
      if (documents.length > 0)
        await db.$executeRaw`
          INSERT INTO feed_document (feed_id, carried)
          SELECT * FROM unnest(${documents.map((one) => one.id)}::int[], ${documents.map((one) => one.carried)}::bytea[])
          ON CONFLICT (feed_id) DO UPDATE SET carried = excluded.carried`;
      return rows.map((row) => row.id);
    },
    async dueFeeds(now, limit) {
      const rows = await db.feed.findMany({
        where: {
          // No feed waits longer than that: its time was set by a clock that was ahead.
          OR: [{ nextPollAt: { lte: now } }, { nextPollAt: { gt: after(now, MAX_WAIT_MS) } }],
          state: { not: 'gone' },
          AND: NO_CHAT,
          sources: { some: POLLED },
        },
        orderBy: { nextPollAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async activeFeeds(brandId) {
      const some = brandId === null ? POLLED : { ...POLLED, brandId };
      const rows = await db.feed.findMany({
        where: { state: { not: 'gone' }, AND: NO_CHAT, sources: { some } },
        orderBy: { id: 'asc' },
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
  };
}

const NONE: SourceCounts = { seen: 0, posted: 0, filtered: 0, waiting: 0, failed: 0 };

/** The fates of each source, counted by one statement: they add up also while they change. */
async function countsOf(db: Context['db'], brandId: number | null): Promise<Map<number, SourceCounts>> {
  const where = { sourceId: { not: null }, ...(brandId === null ? {} : { brandId }) };
  const rows = await db.fate.groupBy({ by: ['sourceId', 'state'], where, _count: { _all: true } });
  const counts = new Map<number, SourceCounts>();
  for (const { sourceId, state, _count } of rows) {
    const own = counts.get(sourceId as number) ?? { ...NONE };
    own[state as FateState] += _count._all;
    own.seen += _count._all;
    counts.set(sourceId as number, own);
  }
  return counts;
}

/** The columns that a poll changes. */
function polledRow({ pace, wishes, hub, ...feed }: Feed) {
  return storable({
    ...{ id: feed.id, kind: feed.kind, title: feed.title, language: feed.language, site_url: feed.siteUrl },
    ...{ etag: feed.etag, last_modified: feed.lastModified, state: feed.state, reason: feed.reason },
    ...{ failures: feed.failures, polled_at: feed.lastPolledAt, good_at: feed.lastGoodAt, moving_to: feed.movingTo },
    ...{ next_poll_at: feed.nextPollAt, pace_from: pace?.from ?? null, pace_count: pace?.count ?? 0 },
    ...{ hub_url: hub?.url ?? null, hub_topic: hub?.topic ?? null, pushed_until: feed.pushedUntil ?? null },
    ...{ pause_ms: wishes.pauseMs, skip_hours: wishes.skipHours, skip_days: wishes.skipDays },
  });
}

function toSource({ feedId: _, feed, state, filter, ...row }: Row & { feed: FeedRow }): Source {
  return {
    ...row,
    state: state as Source['state'],
    filter: toFilter(filter, `source ${row.id}`),
    feed: toFeed(feed),
  };
}

/** A feed's columns but those that a poll doesn't use. */
type FeedColumns = Omit<FeedRow, 'urlKey' | 'claimedBy'>;

type Instants = 'lastPolledAt' | 'lastGoodAt' | 'nextPollAt' | 'paceFrom' | 'pushedUntil';
/** As JSON has it. */
type ClaimedRow = Omit<FeedColumns, Instants> &
  Record<Exclude<Instants, 'nextPollAt'>, string | null> & {
    nextPollAt: string;
    carried: string | null;
    begun: boolean;
  };

function dated(row: Omit<ClaimedRow, 'carried' | 'begun'>): FeedColumns {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...row,
    lastPolledAt: date(row.lastPolledAt),
    lastGoodAt: date(row.lastGoodAt),
    nextPollAt: new Date(row.nextPollAt),
    paceFrom: date(row.paceFrom),
    pushedUntil: date(row.pushedUntil),
  };
}

function toFeed({ urlKey: _, claimedBy: __, kind, state, ...row }: FeedColumns & Partial<FeedRow>): Feed {
  const { paceFrom, paceCount, pauseMs, skipHours, skipDays, hubUrl, hubTopic, ...feed } = row;
  return {
    ...feed,
    kind: kind as FeedKind | null,
    state: state as FeedState,
    pace: paceFrom && { from: paceFrom, count: paceCount },
    wishes: { pauseMs, skipHours, skipDays },
    hub: hubUrl !== null && hubTopic !== null ? { url: hubUrl, topic: hubTopic } : null,
  };
}
