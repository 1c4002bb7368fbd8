import type { Article } from '../domain/article.ts';
import { plainLine } from '../lib/text.ts';
import { stripHidden } from './hidden.ts';

/** The article's title as a headline: without the site's name that pages put behind it. */
export function headlineOf(article: Pick<Article, 'title' | 'siteName' | 'url'>): string {
  const title = plainLine(stripHidden(article.title).text);
  const parts = /^(.{12,}\S)\s+[-–—|:·•»]\s+([^-–—|·•»]{2,40})$/u.exec(title);
  if (parts === null) return title;
  const [, story = '', site = ''] = parts;
  const host = URL.canParse(article.url) ? new URL(article.url).hostname : '';
  const same = key(site).length > 1 && [article.siteName ?? '', host].some((name) => key(name).includes(key(site)));
  const isHost = /^(?:www\.)?[\p{L}\p{N}-]+\.[a-z]{2,6}$/iu.test(site);
  return same || isHost ? story : title;
}

function key(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
