import { createHash } from 'node:crypto';
import type { Relevances } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** What models said of articles, in PostgreSQL. */
export function createRelevances({ db }: Context): Relevances {
  return {
    async get(articleId, about) {
      const row = await db.relevance.findUnique({ where: { articleId_aboutKey: keyOf(articleId, about) } });
      return row && { fits: row.fits, reason: row.reason, tries: row.tries };
    },
    async save(articleId, about, { fits, reason }, now) {
      const key = keyOf(articleId, about);
      const answer = { fits, reason: storable(reason), at: now };
      await db.relevance.upsert({
        where: { articleId_aboutKey: key },
        create: { ...key, ...answer },
        update: answer,
      });
    },
    async failed(articleId, about, now) {
      const key = keyOf(articleId, about);
      const { tries } = await db.relevance.upsert({
        where: { articleId_aboutKey: key },
        create: { ...key, tries: 1, at: now },
        update: { tries: { increment: 1 }, at: now },
      });
      return tries;
    },
  };
}

function keyOf(articleId: number, about: string) {
  return { articleId, aboutKey: createHash('sha256').update(about).digest('hex') };
}
