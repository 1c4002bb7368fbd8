import type { DomDocument } from './dom.ts';

/** What schema.org data in a page says of its article; each as written there. */
export interface ArticleData {
  headline: string | null;
  authors: string[];
  datePublished: string | null;
  image: string | null;
  publisher: string | null;
  language: string | null;
  /** The whole text, where the site gives it. */
  body: string | null;
}

/** The types of schema.org that are articles. */
export const ARTICLE = /(?:Article|BlogPosting|Report|LiveBlogPosting|Review)$/u;
/** Nesting deeper than this is not data. */
const MAX_DEPTH = 6;

/** The first article among the page's JSON-LD blocks; null when there is none. Broken blocks are passed over. */
export function articleData(document: DomDocument): ArticleData | null {
  for (const block of jsonLdBlocks(document)) {
    const article = findArticle(block, 0);
    if (article)
      return {
        headline: words(article.headline) ?? words(article.name),
        authors: names(article.author),
        datePublished: words(article.datePublished),
        image: firstAddress(article.image) ?? firstAddress(article.thumbnailUrl),
        publisher: names(article.publisher)[0] ?? null,
        language: words(article.inLanguage),
        body: words(article.articleBody),
      };
  }
  return null;
}

/** Anything of schema.org. */
export type Data = Record<string, unknown>;

/** The page's JSON-LD, block by block; broken ones are null. */
export function* jsonLdBlocks(document: DomDocument): Generator<unknown> {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    yield parseLoosely(script.textContent ?? '');
}

/** Whether one of its types, without the name of the vocabulary, is such a one. */
export function isOfType(data: Data, type: RegExp): boolean {
  return [data['@type']]
    .flat()
    .some((one) => typeof one === 'string' && type.test(one.replace(/^(?:https?:\/\/schema\.org\/|schema:)/u, '')));
}

function parseLoosely(source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\s*(?:\/\/)?\s*<!(?:--|\[CDATA\[)|(?:\/\/)?\s*(?:-->|\]\]>)\s*$/gu, ''));
  } catch {
    return null;
  }
}

function findArticle(value: unknown, depth: number): Data | null {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    const data = value as Data;
    if (isOfType(data, ARTICLE)) return data;
    return findArticle([data['@graph'], data.mainEntity, data.mainEntityOfPage].flat(), depth + 1);
  }
  for (const part of value) {
    const found = findArticle(part, depth + 1);
    if (found) return found;
  }
  return null;
}

/** A value that is text with something in it; null otherwise. */
export function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() ? value : null;
}

/** The names of people or organisations, given as text or as things. */
export function names(value: unknown): string[] {
  return [value]
    .flat()
    .map((one) => (typeof one === 'object' && one !== null ? words((one as Data).name) : words(one)))
    .filter((name): name is string => name !== null && !/^https?:/iu.test(name));
}

/** The first address of a value, given as text or as a thing that has one. */
export function firstAddress(value: unknown): string | null {
  const [first] = [value].flat();
  return typeof first === 'object' && first !== null ? words((first as Data).url) : words(first);
}
