import type { DeliveryState } from '../domain/delivery.ts';
import type { Link, Post, PostState } from '../domain/post.ts';
import type { Posts, PostView } from '../ports/store/index.ts';
import { type Context, json } from './context.ts';
import { type Link as LinkRow, Prisma } from './generated/client.ts';
import { toArticle, toChannel, toDelivery, toPost, toWriting } from './rows.ts';
import { chargedFor } from './spending.ts';
import { storable } from './storable.ts';

const IN_ORDER = { orderBy: { part: 'asc' } } as const;
const WHOLE = { include: { channel: true, article: true, deliveries: IN_ORDER, writing: true } } as const;
type WholeRow = Prisma.PostGetPayload<typeof WHOLE>;

/** Posts and their tracked links in PostgreSQL. */
export function createPosts({ db, atomically }: Context): Posts {
  async function views(...rows: (WholeRow | null)[]): Promise<PostView[]> {
    const found = rows.filter((row) => row !== null);
    const charged = await chargedFor(
      db,
      found.map((row) => row.id),
    );
    return found.map((row) => ({ ...toView(row), publishMicros: charged.get(row.id) ?? 0 }));
  }
  return {
    async get(id) {
      const row = await db.post.findUnique({ where: { id } });
      return row && toPost(row);
    },
    async view(id) {
      const row = await db.post.findUnique({ where: { id }, ...WHOLE });
      return (await views(row))[0] ?? null;
    },
    async byCode(code) {
      const row = await db.post.findUnique({ where: { code: storable(code) }, ...WHOLE });
      return (await views(row))[0] ?? null;
    },
    async lock(id) {
      await db.$queryRaw`SELECT 1 AS locked FROM post WHERE id = ${id} FOR UPDATE`;
      const row = await db.post.findUnique({ where: { id } });
      return row && toPost(row);
    },
    add(post, links) {
      return atomically(async (context) => {
        const [row] = await context.db.post.createManyAndReturn({ data: [columns(post)], skipDuplicates: true });
        if (!row) return null;
        await context.db.link.createMany({
          data: links.map(({ code, kind, brandId, articleId, channelId, target }) =>
            storable({ code, kind, brandId, postId: row.id, articleId, channelId, target }),
          ),
        });
        return toPost(row);
      });
    },
    async save(post) {
      await db.post.updateMany({ where: { id: post.id }, data: columns(post) });
    },
    async lockOfArticle(articleId) {
      await db.$queryRaw`SELECT 1 AS locked FROM post WHERE article_id = ${articleId} ORDER BY id FOR UPDATE`;
      await db.$queryRaw`
        SELECT 1 AS locked FROM delivery WHERE post_id IN (SELECT id FROM post WHERE article_id = ${articleId})
        ORDER BY id FOR UPDATE`;
      const rows = await db.post.findMany({
        where: { articleId },
        orderBy: { id: 'asc' },
        include: { deliveries: { select: { state: true } } },
      });
      return rows.map(({ deliveries, ...post }) => ({
        post: toPost(post),
        delivery: (deliveries[0]?.state ?? null) as DeliveryState | null,
      }));
    },
    async list({ brandId, state, articleIds, limit, before }) {
      const rows = await db.post.findMany({
        where: {
          brandId,
          ...(state === undefined ? {} : { state }),
          ...(articleIds === undefined ? {} : { articleId: { in: [...articleIds] } }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit,
        ...WHOLE,
      });
      return views(...rows);
    },
    async inReview() {
      return db.post.count({ where: { state: 'review' } });
    },
    async channelsWith(brandId, articleId) {
      const rows = await db.post.findMany({ where: { brandId, articleId }, select: { channelId: true } });
      return rows.map((row) => row.channelId);
    },
    async standing(brandId, articleId) {
      const rows = await db.post.findMany({
        where: { brandId, articleId },
        select: { state: true, deliveries: { select: { state: true, reason: true }, ...IN_ORDER } },
      });
      return rows.map(({ state, deliveries }) => ({
        post: state as PostState,
        delivery: (deliveries[0]?.state ?? null) as DeliveryState | null,
        reason: deliveries[0]?.reason ?? null,
      }));
    },
    async unreviewed(createdBefore, limit) {
      const rows = await db.post.findMany({
        where: { state: 'review', reason: null, createdAt: { lte: createdBefore }, channel: { auto: true } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async hasLinkSince(channelId, since) {
      const where = { channelId, createdAt: { gte: since }, state: { not: 'rejected' }, card: { not: Prisma.DbNull } };
      return (await db.post.findFirst({ where, select: { id: true } })) !== null;
    },
    async twinOf({ id, channelId, sameness }, platform) {
      if (sameness === null) return null;
      const row = await db.post.findFirst({
        where: {
          sameness,
          id: { not: id },
          channelId: { not: channelId },
          channel: { platform },
          OR: [{ state: 'approved' }, { state: 'review', id: { lt: id } }],
        },
        orderBy: { id: 'asc' },
        include: { channel: true },
      });
      return row && { postId: row.id, channel: toChannel(row.channel) };
    },
    async link(code) {
      const row = await db.link.findUnique({ where: { code: storable(code) } });
      return row && toLink(row);
    },
    async linksOf(postId) {
      return (await db.link.findMany({ where: { postId }, orderBy: { code: 'asc' } })).map(toLink);
    },
  };
}

function columns({ grounding, alternative, card, ...post }: Omit<Post, 'id'>) {
  const { brandId, articleId, channelId, language, text, format, state, reason, plannedAt, breaking } = post;
  const { costMicros, writer, approvedBy, approvedAt, code, createdAt, writingId } = post;
  const { label, substanceBy, substanceAt, sameness, articleCorrectedAt = null } = post;
  return storable({
    ...{ brandId, articleId, channelId, language, text, format, state, reason, plannedAt, breaking },
    ...{ costMicros, writer, approvedBy, approvedAt, code, createdAt, writingId },
    ...{ label, substanceBy, substanceAt, sameness, articleCorrectedAt },
    grounding: json(grounding),
    alternative: alternative === null ? Prisma.DbNull : json(alternative),
    card: card === null ? Prisma.DbNull : json(card),
  });
}

function toLink(row: LinkRow): Link {
  return { ...row, kind: row.kind as Link['kind'] };
}

function toView({ channel, article, deliveries, writing, ...post }: WholeRow): PostView {
  return {
    post: toPost(post),
    channel: toChannel(channel),
    article: toArticle(article),
    delivery: deliveries[0] ? toDelivery(deliveries[0]) : null,
    writing: writing && toWriting(writing),
    messages: deliveries.map(toDelivery),
  };
}
