import { html, raw } from 'hono/html';
import type { SampleArticle } from './article.ts';
import { articleUrl, SAMPLE_TITLE } from './feed.ts';

const WORDS: Record<SampleArticle['language'], { sample: string; by: string; all: string }> = {
  en: {
    sample: 'Sample article that comes with Crier. People and firms in it are invented.',
    by: 'By',
    all: 'All sample articles',
  },
  lv: {
    sample: 'Parauga raksts, kas nāk kopā ar Crier. Cilvēki un uzņēmumi tajā ir izdomāti.',
    by: 'Autors:',
    all: 'Visi parauga raksti',
  },
  ru: {
    sample: 'Образец статьи, который поставляется вместе с Crier. Люди и фирмы в ней вымышлены.',
    by: 'Автор:',
    all: 'Все образцы статей',
  },
};
const LOCALE: Record<SampleArticle['language'], string> = { en: 'en_GB', lv: 'lv_LV', ru: 'ru_RU' };

/** The whole page of one sample article, as a newspaper would serve it: Open Graph, JSON-LD, canonical address. */
export function samplePage(article: SampleArticle, origin: string, published: Date) {
  const url = articleUrl(origin, article);
  const words = WORDS[article.language];
  const jsonLd = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    description: article.summary,
    inLanguage: article.language,
    datePublished: published.toISOString(),
    author: { '@type': 'Person', name: article.author },
    publisher: { '@type': 'Organization', name: SAMPLE_TITLE },
    mainEntityOfPage: url,
  }).replace(/</gu, '\\u003c');
  return html`<!doctype html>
<html lang="${article.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${article.title}</title>
    <meta name="description" content="${article.summary}">
    <meta name="author" content="${article.author}">
    <link rel="canonical" href="${url}">
    <link rel="alternate" type="application/rss+xml" title="${SAMPLE_TITLE}" href="${origin}/sample/feed.xml">
    <meta property="og:type" content="article">
    <meta property="og:title" content="${article.title}">
    <meta property="og:description" content="${article.summary}">
    <meta property="og:url" content="${url}">
    <meta property="og:site_name" content="${SAMPLE_TITLE}">
    <meta property="og:locale" content="${LOCALE[article.language]}">
    <meta property="article:published_time" content="${published.toISOString()}">
    <script type="application/ld+json">${raw(jsonLd)}</script>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/sample/style.css">
  </head>
  <body>
    <header class="top"><a href="/sample">${SAMPLE_TITLE}</a></header>
    <header class="headline">
      <h1>${article.title}</h1>
      <p class="byline">${words.by} <span class="author">${article.author}</span> · <time datetime="${published.toISOString()}">${day(published, article.language)}</time></p>
    </header>
    <main>
      <article>
        ${article.paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}
      </article>
    </main>
    <footer><p>${words.sample}</p><p><a href="/sample">${words.all}</a></p></footer>
  </body>
</html>`;
}

/** The front page of the sample publication. */
export function sampleFrontPage(articles: readonly SampleArticle[], origin: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${SAMPLE_TITLE}</title>
    <link rel="alternate" type="application/rss+xml" title="${SAMPLE_TITLE}" href="${origin}/sample/feed.xml">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/sample/style.css">
  </head>
  <body>
    <header class="top"><a href="/sample">${SAMPLE_TITLE}</a></header>
    <main>
      <h1>Five articles to try Crier with</h1>
      <ul>
        ${articles.map(
          (article) =>
            html`<li lang="${article.language}"><a href="${articleUrl('', article)}">${article.title}</a><p>${article.summary}</p></li>`,
        )}
      </ul>
    </main>
    <footer><p>${WORDS.en.sample}</p></footer>
  </body>
</html>`;
}

function day(instant: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
}
