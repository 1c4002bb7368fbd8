import type { Article } from '../../domain/article.ts';
import { correctedReason, correctionOf } from '../../domain/correction.ts';
import { afterCorrection } from '../../domain/post.ts';
import { after, HOUR } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { FeedEntry } from '../../ports/feeds.ts';
import type { Job } from '../../ports/queue.ts';
import { settleFate } from '../fate.ts';

/**
 * Reads a frozen article again because its feed says something else of it. One that really says something else is
 * stored with what changed; its posts that are out are marked, the others wait for a person. Nothing is posted again.
 * Safe to run twice. A page that can't be read now is tried again in an hour, some times; where the article had only
 * the feed's text, that counts.
 */
export async function recheckArticle(
  { store, feeds, clock, log }: Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>,
  article: Article,
  entry: FeedEntry,
  signal: AbortSignal,
): Promise<void> {
  const reread = await wordsNow(feeds, article, entry, signal);
  if (reread === null) return store.articles.recheckLater(article.id, after(clock.now(), HOUR));
  const corrected = await store.transaction(async (tables) => {
    const now = clock.now();
    // Whoever decides or sends a post of it comes before or after this, never between; so does who writes one, by its
    // fates. In this order, as everywhere, nobody waits for each other in a ring.
    await tables.posts.lockOfArticle(article.id);
    await tables.fates.lockArticle(article.id);
    const posts = await tables.posts.lockOfArticle(article.id);
    const current = (await tables.articles.get(article.id)) ?? article;
    const correction = correctionOf(current, reread, now, reread.pageProblem);
    if (correction === null) {
      await tables.articles.rechecked(article.id, null);
      return false;
    }
    await tables.articles.rechecked(article.id, { title: reread.title, text: reread.text, correction });
    const jobs: Job[] = [];
    for (const { post, delivery } of posts) {
      const sent = post.state === 'approved' && delivery !== null && delivery !== 'waiting';
      const marked = afterCorrection(post, sent, now, correctedReason(correction));
      await tables.posts.save(marked);
      if (!sent && post.state === 'approved') await tables.deliveries.withdraw(post.id);
      if (marked.state === 'review') jobs.push({ verb: 'review', postId: post.id });
      if (marked.state !== post.state) await settleFate(tables, post, now);
    }
    await tables.jobs.send(jobs);
    return true;
  });
  log.info({ articleId: article.id, corrected }, corrected ? 'article was corrected' : 'article says the same');
}

async function wordsNow(
  feeds: Ports['feeds'],
  article: Article,
  entry: FeedEntry,
  signal: AbortSignal,
): Promise<{ title: string; text: string; pageProblem: string | null } | null> {
  try {
    const page = await feeds.read(article.url, entry, signal);
    // A page that hides its article now (a login, a notice) has not become a short article.
    const hidden = page.textFrom === 'feed' && article.textFrom === 'page';
    return hidden ? null : { title: page.title, text: page.text, pageProblem: null };
  } catch (error) {
    if (signal.aborted) throw error;
    if (article.textFrom === 'page') return null;
    return { title: entry.title, text: entry.text || article.text, pageProblem: messageOf(error) };
  }
}
