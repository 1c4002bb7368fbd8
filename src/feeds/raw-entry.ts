import type { AtomFeed, DcNs, DcTermsNs, JsonFeed, MediaNs, RdfFeed, RssFeed } from 'feedsmith';

/** An item of any format, with its parts in the order of preference. */
export interface RawEntry {
  guid: string | undefined;
  links: (string | undefined)[];
  base?: string | undefined;
  title: { value: string; plain: boolean } | null;
  /** The first that holds words is the text. */
  texts: { value: string | undefined; plain: boolean }[];
  authors: (string | undefined)[];
  dates: (Date | undefined)[];
  updated: Date | undefined;
  images: (string | undefined)[];
  languages: (string | undefined)[];
  categories: (string | undefined)[];
}

type RssItem = RssFeed.Item<Date>;
type RdfItem = RdfFeed.Item<Date>;
type AtomEntry = AtomFeed.Entry<Date>;
type JsonItem = JsonFeed.Item<Date>;

/** An item of RSS 0.91 to 2.0. */
export function fromRss(item: RssItem): RawEntry {
  const guid = item.guid?.value;
  const guidIsLink = item.guid?.isPermaLink !== false && /^https?:\/\//iu.test(guid ?? '');
  return {
    guid,
    links: [
      item.link,
      alternate(item.atom?.links),
      guidIsLink ? guid : undefined,
      ...(item.enclosures ?? []).map(({ url }) => url),
    ],
    base: item.xml?.base,
    title: html(item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value ?? item.itunes?.title),
    texts: [
      { value: item.content?.encoded, plain: false },
      { value: item.description, plain: false },
      { value: item.atom?.content?.value ?? item.atom?.summary?.value, plain: false },
      { value: item.dc?.descriptions?.[0], plain: false },
      { value: item.itunes?.summary, plain: false },
      ...mediaTexts(item.media),
    ],
    authors: firstOf(
      item.authors?.map(({ name, email }) => name ?? email),
      item.dc?.creators,
      item.atom?.authors?.map(({ name, email }) => name ?? email),
      [item.itunes?.author],
    ),
    dates: [item.pubDate, ...datesOf(item), item.atom?.published, item.atom?.updated],
    updated: item.atom?.updated ?? item.dcterms?.modified?.[0],
    images: [...mediaImages(item.media), ...pictures(item.enclosures), item.itunes?.image],
    languages: [item.xml?.lang, item.dc?.languages?.[0]],
    categories: [...(item.categories?.map(({ name }) => name) ?? []), ...(item.dc?.subjects ?? [])],
  };
}

/** An item of RSS 0.90 or 1.0. */
export function fromRdf(item: RdfItem): RawEntry {
  return {
    guid: item.rdf?.about ?? item.dc?.identifiers?.[0],
    links: [item.link, alternate(item.atom?.links), item.rdf?.about],
    base: item.xml?.base,
    title: html(item.title ?? item.dc?.titles?.[0]),
    texts: [
      { value: item.content?.encoded, plain: false },
      { value: item.description, plain: false },
      { value: item.dc?.descriptions?.[0], plain: false },
    ],
    authors: firstOf(item.dc?.creators),
    dates: datesOf(item),
    updated: item.dcterms?.modified?.[0],
    images: mediaImages(item.media),
    languages: [item.xml?.lang, item.dc?.languages?.[0]],
    categories: item.dc?.subjects ?? [],
  };
}

/** An entry of Atom 0.3 or 1.0. */
export function fromAtom(entry: AtomEntry): RawEntry {
  const title = entry.title;
  return {
    guid: entry.id,
    links: [alternate(entry.links), entry.content?.src, /^https?:\/\//iu.test(entry.id ?? '') ? entry.id : undefined],
    base: entry.content?.xml?.base ?? entry.xml?.base,
    title: title?.value ? { value: title.value, plain: isPlain(title.type) } : null,
    texts: [
      // A content of another kind (image, base64) has no words.
      ...(isWords(entry.content?.type) ? [{ value: entry.content?.value, plain: isPlain(entry.content?.type) }] : []),
      { value: entry.summary?.value, plain: isPlain(entry.summary?.type) },
      ...mediaTexts(entry.media),
    ],
    authors: firstOf(
      entry.authors?.map(({ name, email }) => name ?? email),
      entry.dc?.creators,
    ),
    dates: [entry.published, ...datesOf(entry), entry.updated],
    updated: entry.updated,
    images: [
      ...mediaImages(entry.media),
      ...pictures(entry.links?.filter(({ rel }) => rel === 'enclosure').map(({ href, type }) => ({ url: href, type }))),
    ],
    languages: [entry.content?.xml?.lang, entry.xml?.lang, entry.dc?.languages?.[0]],
    categories: entry.categories?.map(({ label, term }) => label ?? term) ?? [],
  };
}

/** An item of a JSON Feed. */
export function fromJson(item: JsonItem): RawEntry {
  return {
    guid: item.id,
    links: [item.url, item.external_url, /^https?:\/\//iu.test(item.id ?? '') ? item.id : undefined],
    title: item.title ? { value: item.title, plain: true } : null,
    texts: [
      { value: item.content_html, plain: false },
      { value: item.content_text, plain: true },
      { value: item.summary, plain: true },
    ],
    authors: firstOf(item.authors?.map(({ name }) => name)),
    dates: [item.date_published, item.date_modified],
    updated: item.date_modified,
    images: [
      item.image,
      item.banner_image,
      ...pictures(item.attachments?.map(({ url, mime_type }) => ({ url, type: mime_type }))),
    ],
    languages: [item.language],
    categories: item.tags ?? [],
  };
}

function firstOf(...lists: ((string | undefined)[] | undefined)[]): (string | undefined)[] {
  return lists.find((list) => list?.some(Boolean)) ?? [];
}

function html(value: string | undefined): RawEntry['title'] {
  return value ? { value, plain: false } : null;
}

/** Atom's default type is plain text. */
function isPlain(type: string | undefined): boolean {
  return type === undefined || type === 'text' || type === 'text/plain';
}

function isWords(type: string | undefined): boolean {
  return isPlain(type) || /html|^text\//iu.test(type ?? '');
}

function alternate(links: AtomEntry['links']): string | undefined {
  const pages = links?.filter(({ rel }) => rel === undefined || rel === 'alternate');
  return (pages?.find(({ type }) => type === undefined || /html/iu.test(type)) ?? pages?.[0])?.href;
}

function datesOf(item: { dc?: DcNs.ItemOrFeed<Date>; dcterms?: DcTermsNs.ItemOrFeed<Date> }): (Date | undefined)[] {
  const { dc, dcterms } = item;
  return [dc?.dates?.[0], dcterms?.issued?.[0], dcterms?.created?.[0], dcterms?.dates?.[0], dcterms?.modified?.[0]];
}

function pictures(files: { url?: string | undefined; type?: string | undefined }[] = []): (string | undefined)[] {
  return files.filter(isPicture).map(({ url }) => url);
}

function isPicture(file: {
  url?: string | undefined;
  type?: string | undefined;
  medium?: string | undefined;
}): boolean {
  if (file.medium || file.type) return file.medium === 'image' || /^image\//iu.test(file.type ?? '');
  return /\.(jpe?g|png|webp|gif|avif)(\?|$)/iu.test(file.url ?? '');
}

function mediaImages(media: MediaNs.ItemOrFeed | undefined): (string | undefined)[] {
  const contents = [...(media?.contents ?? []), ...(media?.groups ?? []).flatMap((group) => group.contents ?? [])];
  const thumbnails = [media, ...(media?.groups ?? []), ...contents].flatMap((part) => part?.thumbnails ?? []);
  return [...contents.filter(isPicture).map(({ url }) => url), ...thumbnails.map(({ url }) => url)];
}

function mediaTexts(media: MediaNs.ItemOrFeed | undefined): RawEntry['texts'] {
  const parts = [media, ...(media?.groups ?? []), ...(media?.contents ?? [])];
  return parts.map((part) => ({ value: part?.description?.value, plain: part?.description?.type !== 'html' }));
}
