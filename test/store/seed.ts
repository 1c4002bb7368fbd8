import type { Article } from '../../src/domain/article.ts';
import type { Brand } from '../../src/domain/brand.ts';
import { type Channel, PLAIN_STYLE } from '../../src/domain/channel.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { Link, Post } from '../../src/domain/post.ts';
import { OPEN_SCHEDULE } from '../../src/domain/schedule.ts';
import type { Source } from '../../src/domain/source.ts';
import type { FeedEntry } from '../../src/ports/feeds.ts';
import type { NewLead, Store } from '../../src/ports/store/index.ts';

/** The instant at which everything here happens unless a test says otherwise. */
export const NOW = new Date('2026-11-23T12:00:00.000Z');

/** NOW, moved by so many milliseconds. */
export const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

let counter = 0;
/** A number that was not given before in this file. */
export const next = () => ++counter;

export function entry(given: Partial<FeedEntry> = {}): FeedEntry {
  const id = next();
  return {
    guid: `guid-${id}`,
    url: `https://news.example/story-${id}`,
    title: `Story ${id}`,
    text: 'A first sentence. A second sentence.',
    author: null,
    publishedAt: NOW,
    imageUrl: null,
    language: 'en',
    ...given,
  };
}

/** What reading the page gives for an article that was recorded from `from`. */
export function page(from: FeedEntry, given: Partial<Article> = {}): Parameters<Store['articles']['freeze']>[1] {
  return {
    url: from.url,
    canonicalUrl: from.url,
    title: from.title,
    text: from.text,
    language: 'en',
    author: from.author,
    publishedAt: from.publishedAt,
    imageUrl: null,
    siteName: null,
    textFrom: 'page',
    pageProblem: null,
    frozenAt: NOW,
    ...given,
  };
}

export function channelOf(brand: Brand, given: Partial<Channel> = {}): Omit<Channel, 'id'> {
  return {
    brandId: brand.id,
    platform: 'preview',
    address: `place-${next()}`,
    name: 'A place',
    language: null,
    auto: true,
    state: 'active',
    reason: null,
    schedule: OPEN_SCHEDULE,
    style: PLAIN_STYLE,
    createdAt: NOW,
    ...given,
  };
}

export function postOf(channel: Channel, articleId: number, given: Partial<Post> = {}): Omit<Post, 'id'> {
  return {
    brandId: channel.brandId,
    articleId,
    channelId: channel.id,
    language: 'en',
    text: 'A post.',
    format: 'plain',
    state: 'approved',
    reason: null,
    plannedAt: null,
    breaking: false,
    grounding: { ok: true, failures: [] },
    label: null,
    substanceBy: null,
    substanceAt: null,
    card: null,
    sameness: null,
    costMicros: 0,
    writer: 'offline',
    approvedBy: 'auto',
    approvedAt: NOW,
    code: `post-${next()}`,
    createdAt: NOW,
    writingId: null,
    alternative: null,
    ...given,
  };
}

export interface Scene {
  brand: Brand;
  source: Source;
  articleId: number;
  channel: Channel;
  post: Post;
  link: Link;
  delivery: Delivery;
}

/** A brand with a source, an article of it, a channel, its post with a link, and the delivery that waits and is due. */
export async function scene(store: Store, given: { now?: Date; post?: Partial<Post> } = {}): Promise<Scene> {
  const now = given.now ?? NOW;
  const brand = await store.brands.default();
  const { source } = await store.sources.add(
    { brandId: brand.id, url: `https://news.example/feed-${next()}`, name: null, firstPosts: 1, sample: false },
    now,
  );
  const carried = entry({ publishedAt: now });
  const [articleId = 0] = await store.articles.add([{ feedId: source.feed.id, entry: carried, seenAt: now }]);
  await store.articles.sight([{ feedId: source.feed.id, articleId, guid: carried.guid, url: carried.url }], now);
  await store.articles.freeze(articleId, page(carried));
  await store.fates.add([
    {
      brandId: brand.id,
      sourceId: source.id,
      articleId,
      state: 'waiting',
      waitingFor: 'writer',
      reason: null,
      changedAt: now,
    },
  ]);
  const channel = await store.channels.add(channelOf(brand));
  const code = `link-${next()}`;
  const link = {
    code,
    kind: 'article' as const,
    brandId: brand.id,
    articleId,
    channelId: channel.id,
    target: carried.url,
  };
  const post = await store.posts.add(postOf(channel, articleId, { createdAt: now, ...given.post }), [link]);
  if (post === null) throw new Error('there is a post already');
  const delivery = await store.deliveries.add({ postId: post.id, channelId: channel.id, dueAt: now }, now);
  return { brand, source, articleId, channel, post, link: { ...link, postId: post.id }, delivery };
}

/** Somebody who filled the form of a post. */
export function person(scene: Pick<Scene, 'brand'> & Partial<Scene>, given: Partial<NewLead> = {}): NewLead {
  return {
    brandId: scene.brand.id,
    name: 'Anna Bērziņa',
    language: 'lv',
    contacts: [{ kind: 'email', value: 'anna.berzina@example.lv' }],
    consent: {
      purpose: 'contact',
      granted: true,
      wordingId: 'contact-en-0',
      wording: 'I agree.',
      how: 'form',
      at: NOW,
    },
    touch: {
      postId: scene.post?.id ?? null,
      articleId: scene.articleId ?? null,
      channelId: scene.channel?.id ?? null,
      kind: 'form',
      at: NOW,
    },
    message: null,
    ...given,
  };
}
