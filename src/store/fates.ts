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
      if (fates.length === 0) return [];
      const said = storable(
        fates.map((fate) => ({
          ...{ brand_id: fate.brandId, source_id: fate.sourceId, article_id: fate.articleId, state: fate.state },
          ...{ waiting_for: fate.waitingFor, reason: fate.reason, changed_at: fate.changedAt },
        })),
      );
      const rows = await db.$queryRaw<{ id: number }[]>`
        INSERT INTO fate (brand_id, source_id, article_id, state, waiting_for, reason, changed_at)
        SELECT brand_id, source_id, article_id, state, waiting_for, reason, changed_at
        FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS (brand_id int, source_id int,
          article_id int, state text, waiting_for text, reason text, changed_at timestamptz)) WITH ORDINALITY AS said
        ORDER BY ordinality
        ON CONFLICT DO NOTHING RETURNING id`;
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
    async lockArticle(articleId) {
      await db.$queryRaw`SELECT 1 AS locked FROM fate WHERE article_id = ${articleId} ORDER BY id FOR UPDATE`;
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
    async channelFound({ brandId, since, reason, now, limit }) {
      const rows = await db.$queryRaw<{ id: number; old: boolean }[]>`
        WITH found AS (
          SELECT fate.id, changed_at, changed_at < ${since} AS old
          FROM fate JOIN brand ON brand.id = fate.brand_id
          WHERE waiting_for = 'channel' AND fate.state = 'waiting'
            AND (changed_at <= ${now} OR changed_at > ${after(now, 2 * DAY)}) AND ${isFree('fate.claimed_by')}
            AND ${
              brandId === null
                ? Prisma.sql`NOT brand.paused AND EXISTS (
                    SELECT 1 FROM channel WHERE channel.brand_id = brand.id AND channel.state = 'active')`
                : Prisma.sql`brand.id = ${brandId}`
            }
          ORDER BY changed_at, fate.id LIMIT ${limit}
        ), filtered AS (
          UPDATE fate SET state = 'filtered', waiting_for = NULL, reason = ${reason}, changed_at = ${now}, claimed_by = NULL
          FROM found WHERE fate.id = found.id AND old
        )
        SELECT id, old FROM found ORDER BY changed_at, id`;
      return rows.filter((row) => !row.old).map((row) => row.id);
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
