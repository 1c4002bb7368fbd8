import { fateOf } from '../domain/article.ts';
import type { Tables } from '../ports/store/index.ts';

/** Brings an article's fate in line with its posts and their deliveries. Inside a transaction only. */
export async function settleFate(tables: Tables, of: { brandId: number; articleId: number }, now: Date): Promise<void> {
  await tables.fates.lock(of.brandId, of.articleId);
  const standing = await tables.posts.standing(of.brandId, of.articleId);
  if (standing.length > 0) await tables.fates.settle(of.brandId, of.articleId, fateOf(standing), now);
}
