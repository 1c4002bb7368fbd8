import type { DeliveryState } from '../domain/delivery.ts';
import type { Link, Post, PostState } from '../domain/post.ts';
import type { Posts, PostView } from '../ports/store/index.ts';
import { type Context, json } from './context.ts';
import type { Link as LinkRow, Prisma } from './generated/client.ts';
import { toArticle, toChannel, toDelivery, toPost } from './rows.ts';
import { chargedFor } from './spending.ts';
import { storable } from './storable.ts';

const WHOLE = { include: { channel: true, article: true, deliveries: true } } as const;
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
        select: { state: true, deliveries: { select: { state: true } } },
      });
      return rows.map(({ state, deliveries }) => ({
        post: state as PostState,
        delivery: (deliveries[0]?.state ?? null) as DeliveryState | null,
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
    async link(code) {
      const row = await db.link.findUnique({ where: { code: storable(code) } });
      return row && toLink(row);
    },
    async linksOf(postId) {
      return (await db.link.findMany({ where: { postId }, orderBy: { code: 'asc' } })).map(toLink);
    },
  };
}

function columns({ grounding, ...post }: Omit<Post, 'id'>) {
  const { brandId, articleId, channelId, language, text, format, state, reason, plannedAt } = post;
  const { costMicros, writer, approvedBy, approvedAt, code, createdAt } = post;
  return storable({
    ...{ brandId, articleId, channelId, language, text, format, state, reason, plannedAt },
    ...{ costMicros, writer, approvedBy, approvedAt, code, createdAt },
    grounding: json(grounding),
  });
}

function toLink(row: LinkRow): Link {
  return { ...row, kind: row.kind as Link['kind'] };
}

function toView({ channel, article, deliveries, ...post }: WholeRow): PostView {
  return {
    post: toPost(post),
    channel: toChannel(channel),
    article: toArticle(article),
    delivery: deliveries[0] ? toDelivery(deliveries[0]) : null,
  };
}
