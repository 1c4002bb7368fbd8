import { toBring } from '../domain/article.ts';
import { after, DAY } from '../lib/clock.ts';
import type { Fates } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma, type Fate as Row } from './generated/client.ts';
import { toFate } from './rows.ts';
import { storable } from './storable.ts';
import { isFree } from './worker.ts';

/** Fates in PostgreSQL. Whatever decides a fate ends its claim. */
export function createFates({ db, worker }: Context): Fates {
  return {
    async get(id) {
      const row = await db.fate.findUnique({ where: { id } });
      return row && toFate(row);
    },
    async many(ids) {
      const rows = await db.fate.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
      return rows.map(toFate);
    },
    async ofArticle(articleId) {
      return (await db.fate.findMany({ where: { articleId }, orderBy: { id: 'asc' } })).map(toFate);
    },
    async add(fates) {
      const rows = await db.fate.createManyAndReturn({
        data: fates.map(({ brandId, sourceId, articleId, state, waitingFor, reason, changedAt }) =>
          storable({ brandId, sourceId, articleId, state, waitingFor, reason, changedAt }),
        ),
        skipDuplicates: true,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async bring({ brandId, articleId, channelIds, by }, now) {
      // Two who give the same address at once: the second finds what the first made.
      await db.$queryRaw`
        SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`bring ${brandId} ${articleId}`}, 0))`;
      await db.$queryRaw`
        SELECT 1 AS locked FROM fate WHERE brand_id = ${brandId} AND article_id = ${articleId} ORDER BY id FOR UPDATE`;
      const rows = await db.fate.findMany({ where: { brandId, articleId }, orderBy: { id: 'asc' } });
      const found = toBring(rows.map(toFate));
      if (found === 'decided') return null;
      const broughtFrom = found === 'new' ? null : found.reason;
      const data = storable({
        state: 'waiting',
        waitingFor: 'writer',
        reason: `by hand: brought in by ${by}${broughtFrom === null ? '' : ` although it was filtered (${broughtFrom})`}`,
        changedAt: now,
        claimedBy: null,
        channelIds: [...channelIds],
        broughtBy: by,
        broughtAt: now,
        broughtFrom,
      });
      const row =
        found === 'new'
          ? await db.fate.create({ data: { ...data, brandId, articleId, sourceId: null } })
          : await db.fate.update({ where: { id: found.id }, data });
      return row.id;
    },
    async set(id, { state, waitingFor, reason }, now) {
      const data = { state, waitingFor, reason: storable(reason), changedAt: now, claimedBy: null };
      await db.fate.updateMany({ where: { id }, data });
    },
    async lock(brandId, articleId) {
      await db.$queryRaw`
        SELECT 1 AS locked FROM fate WHERE brand_id = ${brandId} AND article_id = ${articleId} ORDER BY id FOR UPDATE`;
    },
    async settle(brandId, articleId, { state, waitingFor, reason }, now) {
      // What a rule filtered stays filtered; what a person's decisions filtered may come back.
      await db.$executeRaw`
        UPDATE fate SET state = ${state}, waiting_for = ${waitingFor}, reason = ${storable(reason)}, claimed_by = NULL,
          changed_at = ${now}
        WHERE brand_id = ${brandId} AND article_id = ${articleId} AND (state <> 'filtered' OR reason LIKE 'person:%')
          AND (state, waiting_for, reason) IS DISTINCT FROM (${state}, ${waitingFor}, ${storable(reason)})`;
    },
    async pageRead(articleId, now) {
      const rows = await db.fate.updateManyAndReturn({
        where: { articleId, state: 'waiting', waitingFor: 'page' },
        data: { waitingFor: 'writer', changedAt: now },
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async claim(id, waitingFor = ['writer', 'channel']) {
      const owner = await worker.id();
      const [row] = await db.$queryRaw<Row[]>`
        UPDATE fate SET claimed_by = ${owner}
        WHERE id = ${id} AND state = 'waiting' AND waiting_for = ANY(${[...waitingFor]}::text[]) AND ${isFree('fate.claimed_by')}
        RETURNING id, brand_id AS "brandId", source_id AS "sourceId", article_id AS "articleId", state,
          waiting_for AS "waitingFor", reason, changed_at AS "changedAt", claimed_by AS "claimedBy",
          channel_ids AS "channelIds", brought_by AS "broughtBy", brought_at AS "broughtAt", brought_from AS "broughtFrom"`;
      return row ? toFate(row) : null;
    },
    async release(id) {
      await db.fate.updateMany({ where: { id, claimedBy: await worker.id() }, data: { claimedBy: null } });
    },
    async waiting({ what, brandId, changedBefore, limit }) {
      const rows = await db.$queryRaw<{ id: number }[]>`
        SELECT id FROM fate
        WHERE waiting_for = ${what} AND state = 'waiting'
          ${brandId === undefined ? Prisma.empty : Prisma.sql`AND brand_id = ${brandId}`}
          ${
            changedBefore === undefined
              ? Prisma.empty
              : // What is dated a day ahead was written by a clock that was: it waits no less.
                Prisma.sql`AND (changed_at <= ${changedBefore} OR changed_at > ${after(changedBefore, 2 * DAY)}) AND ${isFree('fate.claimed_by')}`
          }
        ORDER BY changed_at, id LIMIT ${limit}`;
      return rows.map((row) => row.id);
    },
  };
}
