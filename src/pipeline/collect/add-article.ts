import { toBring } from '../../domain/article.ts';
import type { Ports } from '../../ports/app.ts';
import type { ExtractedArticle } from '../../ports/feeds.ts';
import type { Tables } from '../../ports/store/index.ts';
import { parseAddress } from './add-source.ts';
import { freeze, readPage } from './read.ts';

/**
 * Takes in one article that a person gave, past every filter: it is read and frozen unless it was before, and written
 * for the brand's channels, or only for those named. `brought` false = it has its fate already (ask why) and nothing
 * was changed. `robots` tells that machines were asked not to read it. Throws UsageError for what is no address, FetchError when there is nothing to read.
 */
export async function addArticle(
  ports: Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>,
  wish: { brandId: number; url: string; channelIds: readonly number[]; by: string },
  signal: AbortSignal,
): Promise<{ articleId: number; brought: boolean; robots?: 'forbids' }> {
  const { store, clock, log } = ports;
  const url = parseAddress(wish.url);
  const stored = await store.articles.byUrl(url);
  if (stored !== null) {
    const fates = (await store.fates.ofArticle(stored.id)).filter((fate) => fate.brandId === wish.brandId);
    if (toBring(fates) === 'decided') return { articleId: stored.id, brought: false };
  }
  const page =
    stored !== null && stored.frozenAt !== null
      ? null
      : await readPage(ports, { id: stored?.id ?? null, url: stored?.url ?? url }, signal, 'person');
  const answer = await store.transaction(async (tables) => {
    const now = clock.now();
    const articleId = page === null ? (stored?.id as number) : await storedPage(tables, url, page, now);
    const { brandId, channelIds, by } = wish;
    const fateId = await tables.fates.bring({ brandId, articleId, channelIds, by }, now);
    if (fateId !== null) await tables.jobs.send([{ verb: 'write', fateId }]);
    return { articleId, brought: fateId !== null, ...(page?.robots ? { robots: page.robots } : {}) };
  });
  if (answer.brought) log.info(answer, 'article brought in by hand');
  return answer;
}

/** The article of that page: the one known by its canonical address, else the one of `url`, frozen now if it wasn't. */
async function storedPage(tables: Tables, url: string, page: ExtractedArticle, now: Date): Promise<number> {
  const same = await tables.articles.byUrl(page.canonicalUrl);
  const { title, text, author, publishedAt, imageUrl, language } = page;
  const entry = { guid: null, url, title, text, author, publishedAt, imageUrl, language };
  const id = same?.id ?? (await tables.articles.add([{ feedId: null, entry, seenAt: now }]))[0];
  const article = await tables.articles.get(id as number);
  if (article === null) throw new Error('an article that was just stored is not there');
  const { duplicateOf } = article.frozenAt === null ? await freeze(tables, article, page, now) : { duplicateOf: null };
  const named = duplicateOf ?? article.id;
  // Whoever asks by the address that the person gave finds it, whatever address the page says it has.
  if ((await tables.articles.byUrl(url))?.id !== named)
    await tables.articles.sight([{ feedId: null, articleId: named, guid: null, url }], now);
  return named;
}
