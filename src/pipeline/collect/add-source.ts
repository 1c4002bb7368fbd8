import type { FeedKind, Source } from '../../domain/source.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import { endSample } from '../tour.ts';

/** `example.com/feed` → `https://example.com/feed`; UsageError when it can't be an address. */
export function parseAddress(input: string): string {
  const trimmed = input.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (
    !URL.canParse(withScheme) ||
    !/^https?:/iu.test(withScheme) ||
    !/[.:[]|^https?:\/\/localhost/iu.test(withScheme.slice(8))
  ) {
    throw new UsageError(`"${input}" is not a web address.`, {
      cure: 'Give an address like https://example.com/feed.xml',
    });
  }
  return new URL(withScheme).href;
}

/** Follows a feed. It is polled first, so a wrong address is refused here with the reason; its first articles come with the job this enqueues. */
export async function addSource(
  ports: Pick<Ports, 'store' | 'feeds' | 'clock' | 'log'>,
  wish: { brandId: number; url: string; name: string | null; firstPosts: number; tags?: readonly string[] },
  signal: AbortSignal,
): Promise<{
  source: Source;
  created: boolean;
  found: { kind: FeedKind; title: string | null; language: string | null; entries: number };
}> {
  const asked = parseAddress(wish.url);
  const answer = await ports.feeds.poll({ url: asked, etag: null, lastModified: null }, signal);
  if (answer.kind === 'unchanged')
    throw new UsageError('The server answered "unchanged" to a first question.', {
      cure: 'Try again later, or another address of this feed.',
    });
  const now = ports.clock.now();
  const { source, created } = await ports.store.transaction(async (tables) => {
    await endSample(tables, wish.brandId);
    const stored = await tables.sources.add(
      {
        ...wish,
        url: answer.url,
        // A name that only repeats the feed's would keep it when the feed changes it.
        name: wish.name === answer.feed.title ? null : wish.name,
        sample: false,
      },
      now,
    );
    await tables.jobs.send([{ verb: 'collect', feedId: stored.source.feed.id }]);
    return stored;
  });
  ports.log.info({ sourceId: source.id, created }, 'source added');
  return { source, created, found: { ...answer.feed, entries: answer.entries.length } };
}
