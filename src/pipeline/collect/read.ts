import { type Article, believableDate, FILTERED } from '../../domain/article.ts';
import { after, MINUTE } from '../../lib/clock.ts';
import { FetchError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { ExtractedArticle, FeedEntry } from '../../ports/feeds.ts';
import type { Tables } from '../../ports/store/index.ts';
import { recheckArticle } from './recheck.ts';
import { toWriter } from './to-writer.ts';

type ReadPorts = Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>;

/**
 * Reads the page of one recorded article and freezes it; the feed's own text stands in when the page can't be had.
 * A link of which nothing else is known fails without its page. A page whose canonical address is known already makes
 * the article a duplicate. Safe to run twice.
 */
export async function readArticle(ports: ReadPorts, articleId: number, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = ports;
  const article = await store.articles.get(articleId);
  if (article === null) return;
  if (article.frozenAt !== null) {
    const said = await store.articles.entry(articleId);
    if (said !== null) return recheckArticle(ports, article, said, signal);
    // A source that brought it in while its page was being read waits for nothing any more.
    await store.transaction((tables) => sendOn(tables, articleId, clock.now()));
    return;
  }
  const page = await readPage(ports, article, signal).catch(async (error: unknown) => {
    if (signal.aborted || !(error instanceof FetchError)) throw error;
    if (error.kind === 'later') {
      const startAfter = after(clock.now(), error.retryAfterMs ?? MINUTE);
      await store.jobs.send([{ verb: 'read', articleId }], { startAfter });
      return null;
    }
    if (mayPass(error) && article.seenAt > after(clock.now(), -UNREACHABLE_MS)) throw error;
    await store.transaction((tables) => fail(tables, articleId, messageOf(error), clock.now()));
    return null;
  });
  if (page === null) return;
  const { duplicateOf } = await store.transaction((tables) => freeze(tables, article, page, clock.now()));
  if (duplicateOf !== null) log.info({ articleId, duplicateOf }, 'article is known under another address');
}

/** The page at an address, or what the feed said of it where the page can't be had: no article is lost to its page. */
export async function readPage(
  { store, feeds, log }: ReadPorts,
  { id, url }: { id: number | null; url: string },
  signal: AbortSignal,
  wish: 'own' | 'person' = 'own',
): Promise<ExtractedArticle> {
  const entry = id === null ? null : await store.articles.entry(id);
  try {
    return await feeds.read(url, entry, signal, wish);
  } catch (error) {
    const later = error instanceof FetchError && error.kind === 'later';
    if (signal.aborted || entry === null || later || isBare(entry)) throw error;
    log.warn({ articleId: id, reason: messageOf(error) }, 'article page could not be read');
    return feeds.fromEntry(entry, messageOf(error));
  }
}

/** Freezes an article as its page is and sends on whatever waited for that. Nothing is stored for a duplicate. */
export async function freeze(
  tables: Tables,
  { id, url, publishedAt }: Pick<Article, 'id' | 'url' | 'publishedAt'>,
  page: ExtractedArticle,
  now: Date,
): Promise<{ duplicateOf: number | null }> {
  const answer = await tables.articles.freeze(id, {
    ...page,
    url,
    publishedAt: believableDate(page.publishedAt, now) ?? publishedAt,
    frozenAt: now,
  });
  if (answer.duplicateOf === null) {
    await rememberOthers(tables, id, page.alsoAt ?? [], now);
    await sendOn(tables, id, now);
  } else
    for (const fate of await tables.fates.ofArticle(id)) {
      if (fate.state === 'waiting')
        await tables.fates.set(fate.id, { state: 'filtered', waitingFor: null, reason: FILTERED.duplicate }, now);
    }
  return answer;
}

/** Under its other addresses the article is known before anyone reads them, unless they are another's already. */
async function rememberOthers(tables: Tables, articleId: number, addresses: readonly string[], now: Date) {
  for (const url of addresses)
    if ((await tables.articles.byUrl(url)) === null)
      await tables.articles.sight([{ feedId: null, articleId, guid: null, url }], now);
}

/** A link whose page can't be reached for so long has none. */
const UNREACHABLE_MS = 10 * MINUTE;

function mayPass({ kind, status }: FetchError): boolean {
  return kind === 'timeout' || kind === 'unreachable' || status === 429 || (status ?? 0) >= 500;
}

/** An entry without a word of its own: without its page there is nothing to tell. */
function isBare({ text, title, url }: FeedEntry): boolean {
  return text === '' && title === url;
}

async function fail(tables: Tables, articleId: number, why: string, now: Date): Promise<void> {
  const change = { state: 'failed' as const, waitingFor: null, reason: `no-page: ${why}` };
  for (const fate of await tables.fates.ofArticle(articleId))
    if (fate.waitingFor === 'page') await tables.fates.set(fate.id, change, now);
}

async function sendOn(tables: Tables, articleId: number, now: Date): Promise<void> {
  await tables.jobs.send(
    await toWriter(tables, await tables.fates.many(await tables.fates.pageRead(articleId, now)), now),
  );
}
