import { createHash } from 'node:crypto';
import { plainLine, truncate } from '../lib/text.ts';
import type { FeedEntry } from '../ports/feeds.ts';
import { absoluteUrl } from './absolute-url.ts';
import { detectLanguage, primaryLanguage } from './language.ts';
import { boundedGuid, boundedLine } from './limits.ts';
import { decodeEntities, plainParagraphs, readFragment, readLine } from './plain-text.ts';
import type { RawEntry } from './raw-entry.ts';

/** What every item is read against: its feed. */
export interface Surroundings {
  /** Where the feed was found. */
  url: string;
  /** The site's own address, absolute. */
  siteUrl: string | null;
  /** The feed's xml:base. */
  base: string | null;
  language: string | null;
  /** Who wrote the items that name nobody. */
  author: string | null;
}

const CATEGORIES = 50;
const CATEGORY_LIMIT = 100;

/** The entry in plain words; null when it has neither link nor text. */
export async function finishEntry(raw: RawEntry, feed: Surroundings): Promise<FeedEntry | null> {
  const bases = [raw.base, feed.base, feed.siteUrl, feed.url];
  const { text, picture } = wordsOf(raw.texts);
  const title = raw.title
    ? raw.title.plain
      ? plainLine(decodeEntities(raw.title.value))
      : readLine(raw.title.value)
    : '';
  const link = firstUrl(raw.links, bases);
  const guid = boundedGuid(raw.guid?.trim() || null);
  if (!link && !text && !title) return null;
  const declared = raw.languages.map(primaryLanguage).find(Boolean) ?? primaryLanguage(feed.language);
  const categories = categoriesOf(raw.categories);
  return {
    guid,
    url: link ?? standInUrl(feed, guid ?? `${title}\n${text}`),
    title: boundedLine(title) || truncate(text.slice(0, 1_000).replaceAll('\n', ' '), 100) || (link ?? ''),
    text,
    author:
      boundedLine(
        plainLine([...new Set(raw.authors.map((name) => nameOf(readLine(name ?? ''))))].filter(Boolean).join(', ')),
      ) || feed.author,
    publishedAt: raw.dates.find((date) => date !== undefined) ?? null,
    imageUrl: firstUrl([...raw.images, picture ?? undefined], bases),
    language: declared ?? (await detectLanguage(`${title}\n${text}`)),
    ...(categories.length > 0 ? { categories } : {}),
    ...(raw.updated === undefined ? {} : { updatedAt: raw.updated }),
  };
}

/** The name without the e-mail address beside it: `Jane (jane@river.example)`, `jane@river.example (Jane)`. */
function nameOf(person: string): string {
  const [, before, inside] =
    /^(?:(.*[^\s(<])\s*[(<][^\s()<>@]+@[^\s()<>@]+[)>]|[^\s()<>@]+@[^\s()<>@]+\s*\(([^()@]+)\))$/u.exec(
      person.slice(0, 300),
    ) ?? [];
  return before ?? inside ?? person;
}

/** Names of categories, each once; feeds that list the whole site's are cut. */
function categoriesOf(names: readonly (string | undefined)[]): string[] {
  const plain = names.map((name) => truncate(boundedLine(readLine(name ?? '')), CATEGORY_LIMIT));
  return [...new Set(plain.filter(Boolean))].slice(0, CATEGORIES);
}

/**
 * The address of an entry that has none: the site's, with a parameter that tells its entries apart, since an article
 * is known by its address. Readers land on the site.
 */
function standInUrl(feed: Surroundings, name: string): string {
  const url = new URL(feed.siteUrl ?? feed.url);
  url.searchParams.set('entry', createHash('sha256').update(name).digest('hex').slice(0, 16));
  return url.href;
}

function wordsOf(texts: RawEntry['texts']): { text: string; picture: string | null } {
  let picture: string | null = null;
  for (const { value, plain } of texts) {
    if (!value) continue;
    const read = plain ? { text: plainParagraphs(decodeEntities(value)), imageUrl: null } : readFragment(value);
    picture ??= read.imageUrl;
    if (read.text) return { text: read.text, picture };
  }
  return { text: '', picture };
}

function firstUrl(candidates: readonly (string | undefined)[], bases: (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const url = absoluteUrl(candidate, ...bases);
    if (url) return url;
  }
  return null;
}
