import { escapeHtml } from '../../lib/text.ts';
import type { SampleArticle } from './article.ts';

/** What the sample publication calls itself. */
export const SAMPLE_TITLE = 'Fair Signal (sample news)';

/** The RSS 2.0 feed of the sample articles. `origin` has no slash at the end; `published` gives each article's instant. */
export function sampleFeed(
  articles: readonly SampleArticle[],
  origin: string,
  published: (article: SampleArticle) => Date,
): string {
  const items = articles.map(
    (article) => `    <item>
      <title>${escapeHtml(article.title)}</title>
      <link>${escapeHtml(articleUrl(origin, article))}</link>
      <guid isPermaLink="false">crier-sample:${article.slug}</guid>
      <pubDate>${published(article).toUTCString()}</pubDate>
      <dc:creator>${escapeHtml(article.author)}</dc:creator>
      <dc:language>${article.language}</dc:language>
      <description>${escapeHtml(article.summary)}</description>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${escapeHtml(SAMPLE_TITLE)}</title>
    <link>${escapeHtml(origin)}/sample</link>
    <description>Five articles about responsible AI in marketing, written for the preview of Crier. People and firms are invented.</description>
    <atom:link href="${escapeHtml(origin)}/sample/feed.xml" rel="self" type="application/rss+xml"/>
    <ttl>60</ttl>
${items.join('\n')}
  </channel>
</rss>
`;
}

/** Where an article of the sample source can be read. */
export function articleUrl(origin: string, article: Pick<SampleArticle, 'slug'>): string {
  return `${origin}/sample/articles/${article.slug}`;
}
