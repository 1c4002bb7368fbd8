import type { FeedKind } from '../../domain/source.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { ExtractedArticle } from '../../ports/feeds.ts';
import { parseAddress } from './add-source.ts';

export interface SourcePreview {
  source: { url: string; kind: FeedKind; title: string | null; language: string | null };
  articles: (ExtractedArticle & { guid: string | null })[];
}

/** What a source would give, from the feed alone, without storing anything. */
export async function previewSource(
  ports: Pick<Ports, 'feeds'>,
  url: string,
  signal: AbortSignal,
): Promise<SourcePreview> {
  const answer = await ports.feeds.poll({ url: parseAddress(url), etag: null, lastModified: null }, signal);
  if (answer.kind === 'unchanged')
    throw new UsageError('The server answered "unchanged" to a first question.', { cure: 'Try again later.' });
  return {
    source: { url: answer.url, kind: answer.feed.kind, title: answer.feed.title, language: answer.feed.language },
    articles: answer.entries.map((entry) => ({
      ...ports.feeds.fromEntry(entry, 'the page was not read for this preview'),
      guid: entry.guid,
    })),
  };
}

/** What an article page would give, without storing anything; read for the person who asks. */
export async function previewArticle(
  ports: Pick<Ports, 'feeds'>,
  url: string,
  signal: AbortSignal,
): Promise<ExtractedArticle> {
  return ports.feeds.read(parseAddress(url), null, signal, 'person');
}
