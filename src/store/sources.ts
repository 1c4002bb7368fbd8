import { urlKey } from '../domain/article.ts';
import type { Feed, FeedKind, FeedState, Source } from '../domain/source.ts';
import { tidyTags } from '../domain/tag.ts';
import type { SourceCounts, Sources } from '../ports/store.ts';
import type { Context } from './context.ts';
import { filterJson, toFilter } from './filter-json.ts';
import type { Feed as FeedRow, Source as Row } from './generated/client.ts';
import { storable } from './storable.ts';
import { isFree } from './worker.ts';

/** Who a feed is polled for: nothing is collected for a paused brand. */
const POLLED = { state: 'active', brand: { paused: false } };

/** Sources and the feeds behind them in PostgreSQL. */
export function createSources({ db, worker, atomically }: Context): Sources {
  const withFeed = { include: { feed: true } } as const;
  return {
    async list(brandId) {
      const [rows, counts] = await Promise.all([
        db.source.findMany({ where: { brandId, state: { not: 'removed' } }, orderBy: { id: 'asc' }, ...withFeed }),
        db.fate.groupBy({ by: ['sourceId', 'state'], where: { brandId }, _count: { _all: true } }),
      ]);
      return rows.map((row) => {
        const own = counts.filter((count) => count.sourceId === row.id);
        const of = (state: string) => own.find((count) => count.state === state)?._count._all ?? 0;
        const byState: Omit<SourceCounts, 'seen'> = {
          posted: of('posted'),
          filtered: of('filtered'),
          waiting: of('waiting'),
          failed: of('failed'),
        };
        const seen = Object.values(byState).reduce((sum, count) => sum + count, 0);
        return { ...toSource(row), counts: { seen, ...byState } };
      });
    },
    async get(id) {
      const row = await db.source.findUnique({ where: { id }, ...withFeed });
      return row && toSource(row);
    },
    add({ brandId, url, name, firstPosts, sample, tags = [] }, now) {
      return atomically(async (context) => {
        const key = urlKey(url);
        const feed = { url: storable(url), urlKey: key, kind: sample ? 'sample' : null, nextPollAt: now };
        await context.db.feed.createMany({ data: [feed], skipDuplicates: true });
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
        where: { brandId, state: { not: 'removed' }, feed: { urlKey: urlKey(url) } },
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
      await db.source.updateMany({ where: { id: { in: [...ids] }, startedAt: null }, data: { startedAt: now } });
    },
    async following(feedId) {
      const rows = await db.source.findMany({
        where: { feedId, ...POLLED },
        orderBy: { id: 'asc' },
        ...withFeed,
      });
      return rows.map(toSource);
    },
    async getFeed(feedId) {
      const row = await db.feed.findUnique({ where: { id: feedId } });
      return row && toFeed(row);
    },
    async saveFeed({ id, url, ...feed }) {
      await db.feed.updateMany({ where: { id }, data: storable(feed) });
      // A feed moves, but never onto another's address.
      await db.$executeRaw`
        UPDATE feed SET url = ${storable(url)}, url_key = ${urlKey(url)}
        WHERE id = ${id} AND url <> ${storable(url)}
          AND NOT EXISTS (SELECT 1 FROM feed AS other WHERE other.url_key = ${urlKey(url)} AND other.id <> ${id})`;
    },
    async claimFeed(feedId) {
      const owner = await worker.id();
      return (
        (await db.$executeRaw`
          UPDATE feed SET claimed_by = ${owner} WHERE id = ${feedId} AND ${isFree('feed.claimed_by')}`) === 1
      );
    },
    async releaseFeed(feedId) {
      await db.feed.updateMany({ where: { id: feedId, claimedBy: await worker.id() }, data: { claimedBy: null } });
    },
    async dueFeeds(now, limit) {
      const rows = await db.feed.findMany({
        where: { nextPollAt: { lte: now }, state: { not: 'gone' }, sources: { some: POLLED } },
        orderBy: { nextPollAt: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async activeFeeds(brandId) {
      const some = brandId === null ? POLLED : { ...POLLED, brandId };
      const rows = await db.feed.findMany({
        where: { state: { not: 'gone' }, sources: { some } },
        orderBy: { id: 'asc' },
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
  };
}

/** What a person calls the source. */
export function sourceName(row: Row & { feed: FeedRow }): string {
  return row.name ?? row.feed.title ?? row.feed.url;
}

function toSource({ feedId: _, feed, state, filter, ...row }: Row & { feed: FeedRow }): Source {
  return {
    ...row,
    state: state as Source['state'],
    filter: toFilter(filter, `source ${row.id}`),
    feed: toFeed(feed),
  };
}

function toFeed({ urlKey: _, claimedBy: __, kind, state, ...row }: FeedRow): Feed {
  return { ...row, kind: kind as FeedKind | null, state: state as FeedState };
}
