import type { Article } from '../domain/article.ts';
import type { Brand } from '../domain/brand.ts';
import { type Channel, channelRef, parseChannelRef } from '../domain/channel.ts';
import type { Lead } from '../domain/lead.ts';
import type { Source } from '../domain/source.ts';
import { UsageError } from '../lib/errors.ts';
import { canonicalUrl } from '../lib/url.ts';
import { parseChat } from '../pipeline/collect/index.ts';
import type { Platforms, Ports } from '../ports/app.ts';
import type { ArticleView, DeliveryView, PostView } from '../ports/store/index.ts';

/** What a person typed → the thing it names. Each throws a UsageError that says how to see what there is. */

type InStore = Pick<Ports, 'store'>;

/** The brand with that short name; without one the first brand. */
export async function findBrand({ store }: InStore, slug: string | undefined): Promise<Brand> {
  if (slug === undefined) return store.brands.default();
  const brand = await store.brands.bySlug(slug);
  if (brand !== null) return brand;
  const slugs = (await store.brands.list()).map((one) => one.slug);
  throw new UsageError(`There is no brand "${slug}".`, { cure: `There is: ${slugs.join(', ')}` });
}

/** By number, or by the address of its feed or chat. */
export async function findSource(
  ports: Pick<Ports, 'store' | 'platforms'>,
  brand: Brand,
  input: string,
): Promise<Source> {
  const id = idOf(input);
  const wanted = canonicalUrl(parseChat(ports, input) === null ? input : storedRef(ports.platforms, input));
  const source = (await ports.store.sources.list(brand.id)).find((one) =>
    id === null ? canonicalUrl(one.feed.url) === wanted : one.id === id,
  );
  return source ?? unknown('source', input, 'crier source list');
}

/** By number or by reference, `platform:address`, spelled as the platform allows. */
export async function findChannel(
  ports: Pick<Ports, 'store' | 'platforms'>,
  brand: Brand,
  input: string,
): Promise<Channel> {
  const id = idOf(input);
  const ref = id === null ? storedRef(ports.platforms, input) : null;
  const channel = (await ports.store.channels.list(brand.id)).find((one) =>
    id === null ? channelRef(one) === ref : one.id === id,
  );
  return channel ?? unknown('channel', input, 'crier channel list');
}

/** The reference as stored: the platform may know several spellings of one address. */
function storedRef(platforms: Platforms, input: string): string {
  const ref = parseChannelRef(input);
  if (ref === null) return input;
  const parsed = platforms.get(ref.platform)?.parseAddress(ref.address);
  return channelRef({ platform: ref.platform, address: parsed && 'address' in parsed ? parsed.address : ref.address });
}

/** By number or by address, if a source of the brand carried it. */
export async function findArticle({ store }: InStore, brand: Brand, input: string): Promise<ArticleView> {
  const id = idOf(input) ?? (await articleByUrl({ store }, input))?.id ?? null;
  const view = id === null ? null : await store.articles.view(brand.id, id);
  // Articles are shared: without a fate it was never this brand's.
  return view?.fate ? view : unknown('article', input, 'crier article list');
}

/** The stored article with that address, whatever brand it is for. */
export async function articleByUrl({ store }: InStore, input: string): Promise<Article | null> {
  return URL.canParse(input) ? store.articles.byUrl(input) : null;
}

/** By number. */
export async function findPost({ store }: InStore, brand: Brand, input: string): Promise<PostView> {
  const id = idOf(input);
  const view = id === null ? null : await store.posts.view(id);
  return view?.post.brandId === brand.id ? view : unknown('post', input, 'crier post list');
}

/** By number. */
export async function findDelivery({ store }: InStore, brand: Brand, input: string): Promise<DeliveryView> {
  const id = idOf(input);
  const view = id === null ? null : await store.deliveries.view(id);
  return view?.channel.brandId === brand.id ? view : unknown('delivery', input, 'crier delivery list');
}

/** By number. */
export async function findLead({ store }: InStore, brand: Brand, input: string): Promise<Lead> {
  const id = idOf(input);
  const lead = id === null ? null : await store.leads.get(id);
  return lead?.brandId === brand.id ? lead : unknown('lead', input, 'crier lead list');
}

/** A number as the database has them, or null. */
function idOf(input: string): number | null {
  return /^[1-9]\d{0,8}$/u.test(input) ? Number(input) : null;
}

function unknown(noun: string, input: string, list: string): never {
  throw new UsageError(`There is no ${noun} ${idOf(input) === null ? `"${input}"` : input}.`, {
    cure: `See them with: ${list}`,
  });
}
