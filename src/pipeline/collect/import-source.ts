import type { Source } from '../../domain/source.ts';
import { tidyTags } from '../../domain/tag.ts';
import { AppError, FetchError, messageOf, UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { Outline } from '../../ports/outlines.ts';
import { addSource, parseAddress } from './add-source.ts';

/** What became of one outline of a list. */
export type ImportAnswer =
  | { outcome: 'added' | 'followed'; source: Source }
  /** `reason` is for a person. */
  | { outcome: 'refused'; reason: string };

/**
 * Follows one feed of a list, its folders as tags. One that the brand follows already only gets the tags, without a
 * request. Whatever is wrong with the feed is answered; throws when the database doesn't answer, and on abort.
 */
export async function importSource(
  ports: Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>,
  { brandId, outline, firstPosts }: { brandId: number; outline: Outline; firstPosts: number },
  signal: AbortSignal,
): Promise<ImportAnswer> {
  const { store, log } = ports;
  signal.throwIfAborted();
  if (outline.url === null) return { outcome: 'refused', reason: 'It names no feed.' };
  try {
    const url = parseAddress(outline.url.replace(/^feed:(?:\/\/)?(?=https?:)/iu, '').replace(/^feed:/iu, 'http:'));
    const known = await store.sources.byUrl(brandId, url);
    if (known !== null) {
      const tags = tidyTags([...known.tags, ...outline.tags]);
      if (tags.length > known.tags.length) await store.sources.setTags(known.id, tags);
      return { outcome: 'followed', source: { ...known, tags } };
    }
    const wish = { brandId, url, name: outline.title, firstPosts, tags: outline.tags };
    const { source, created } = await addSource(ports, wish, signal);
    return { outcome: created ? 'added' : 'followed', source };
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof FetchError || error instanceof UsageError)) {
      // Was it the feed or the database? Without the latter there is no use in going on.
      await store.ping();
      log.warn({ reason: messageOf(error) }, 'a feed of a list could not be followed');
    }
    const cure = error instanceof AppError && error.cure ? ` ${error.cure}` : '';
    return { outcome: 'refused', reason: `${messageOf(error)}${cure}` };
  }
}
