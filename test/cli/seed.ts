import type { CliPorts } from '../../src/cli/index.ts';
import type { Brand } from '../../src/domain/brand.ts';
import type { Post } from '../../src/domain/post.ts';
import { addSource, collect, readArticle } from '../../src/pipeline/collect/index.ts';
import { connectChannel } from '../../src/pipeline/deliver/index.ts';
import { review } from '../../src/pipeline/review/index.ts';
import { write } from '../../src/pipeline/write/index.ts';
import type { ExtractedArticle } from '../../src/ports/feeds.ts';
import type { PostView, Store } from '../../src/ports/store/index.ts';
import { article, fakeFeeds, outsidePorts } from './support.ts';

export const FEED = 'https://news.example/feed.xml';
export const STORIES = [
  article(),
  article({
    url: 'https://news.example/koki',
    canonicalUrl: 'https://news.example/koki',
    title: 'Jauni koki Rīgā: šogad iestādīs 40',
    publishedAt: new Date('2026-11-21T08:30:00Z'),
  }),
];

/** Ports around a real store: the feed FEED carries STORIES. */
export function storePorts(store: Store, given: Parameters<typeof outsidePorts>[0] = {}): CliPorts {
  const pages = Object.fromEntries(STORIES.map((story: ExtractedArticle) => [story.url, story]));
  return {
    ...outsidePorts({ feeds: fakeFeeds({ feeds: { [FEED]: STORIES }, pages }), ...given }),
    store,
    depths: async () => [],
  };
}

/** A source and a channel, the stories collected and written, their posts waiting for review. Newest post first. */
export async function seedPosts(ports: CliPorts): Promise<{ brand: Brand; posts: PostView[] }> {
  const { signal } = new AbortController();
  const brand = await ports.store.brands.default();
  await connectChannel(ports, { brandId: brand.id, ref: 'square:@news', language: null, auto: false }, signal);
  const { source } = await addSource(ports, { brandId: brand.id, url: FEED, name: null, firstPosts: 10 }, signal);
  await collect(ports, source.feed.id, signal);
  for (const { id } of await ports.store.articles.list({ brandId: brand.id, limit: 10 }))
    await readArticle(ports, id, signal);
  for (const fateId of await ports.store.fates.waiting({ what: 'writer', brandId: brand.id, limit: 10 }))
    await write(ports, fateId, signal);
  for (const { post } of await ports.store.posts.list({ brandId: brand.id, limit: 10 })) await review(ports, post.id);
  return { brand, posts: await ports.store.posts.list({ brandId: brand.id, limit: 10 }) };
}

/** The first post of a list; a test without one has failed. */
export function first(posts: readonly PostView[]): Post {
  const [view] = posts;
  if (view === undefined) throw new Error('there is no post');
  return view.post;
}
