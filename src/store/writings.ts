import type { Claim } from '../domain/writing.ts';
import type { Writings } from '../ports/store/index.ts';
import { type Context, json } from './context.ts';
import { storable } from './storable.ts';

/** Briefs and edits in PostgreSQL. */
export function createWritings({ db }: Context): Writings {
  return {
    async add({ brandId, articleId, language, writer, headline, summary, altText, claims, at }) {
      const columns = { brandId, articleId, language, writer, headline, summary, altText, at };
      const { id } = await db.writing.create({
        data: storable({ ...columns, claims: json(claims satisfies Claim[]) }),
        select: { id: true },
      });
      return id;
    },
    async keepEdit({ postId, brandId, language, before, after, at }) {
      const latest = storable({ after, at });
      await db.edit.upsert({
        where: { postId },
        create: { ...storable({ postId, brandId, language, before }), ...latest },
        update: latest,
      });
    },
    async lastEdits(brandId, limit) {
      const rows = await db.edit.findMany({
        where: { brandId },
        orderBy: [{ at: 'desc' }, { postId: 'desc' }],
        take: limit,
      });
      return rows.reverse();
    },
  };
}
