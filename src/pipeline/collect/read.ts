import { FILTERED } from '../../domain/article.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { ExtractedArticle } from '../../ports/feeds.ts';
import { toWriter } from './to-writer.ts';

/**
 * Reads the page of one recorded article and freezes it; the feed's own text stands in when the page can't be had.
 * A page whose canonical address is known already makes the article a duplicate. Safe to run twice.
 */
export async function readArticle(
  ports: Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>,
  articleId: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, feeds, clock, log } = ports;
  const article = await store.articles.get(articleId);
  if (article === null) return;
  if (article.frozenAt !== null) {
    // A source that brought it in while its page was being read waits for nothing any more.
    await store.transaction(async (tables) => {
      const now = clock.now();
      await tables.jobs.send(await toWriter(tables, await tables.fates.pageRead(articleId, now), now));
    });
    return;
  }
  const entry = await store.articles.entry(articleId);
  let extracted: ExtractedArticle;
  try {
    extracted = await feeds.read(article.url, entry, signal);
  } catch (error) {
    // Whatever a page does to us, the feed's own text is there: no article is lost to its page.
    if (signal.aborted || entry === null) throw error;
    log.warn({ articleId, reason: messageOf(error) }, 'article page could not be read');
    extracted = feeds.fromEntry(entry, messageOf(error));
  }
  await store.transaction(async (tables) => {
    const now = clock.now();
    const { duplicateOf } = await tables.articles.freeze(articleId, { ...extracted, url: article.url, frozenAt: now });
    if (duplicateOf !== null) {
      for (const fate of await tables.fates.ofArticle(articleId)) {
        if (fate.state === 'waiting')
          await tables.fates.set(fate.id, { state: 'filtered', waitingFor: null, reason: FILTERED.duplicate }, now);
      }
      log.info({ articleId, duplicateOf }, 'article is known under another address');
      return;
    }
    await tables.jobs.send(await toWriter(tables, await tables.fates.pageRead(articleId, now), now));
  });
}
