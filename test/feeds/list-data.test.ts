import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/feeds/dom.ts';
import { linkList } from '../../src/feeds/link-list.ts';

const URL_OF_LIST = 'https://news.example/latest';
const page = (data: unknown, body = '') =>
  parseDocument(
    `<html lang="en"><head><title>Latest</title><script type="application/ld+json">${typeof data === 'string' ? data : JSON.stringify(data)}</script></head><body>${body}</body></html>`,
  );
const listed = (data: unknown, body?: string) => linkList(page(data, body), URL_OF_LIST).entries;
const short = (data: unknown, body?: string) =>
  listed(data, body).map(({ url, title }) => [new URL(url).pathname, title]);

const river = {
  '@type': 'NewsArticle',
  url: '/2026/11/23/river',
  headline: 'The river rose &amp; fell in one night',
  datePublished: '2026-11-23T06:30:00+02:00',
  author: { '@type': 'Person', name: 'By Jane Doe' },
  image: [{ '@type': 'ImageObject', url: '/river.jpg' }],
};
const expected = [['/2026/11/23/river', 'The river rose & fell in one night']];

describe('the articles that a list page’s data names', () => {
  test.each([
    [
      'ItemList of ListItem with item',
      { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', position: 1, item: river }] },
    ],
    [
      'ListItem that is the article’s name and address',
      { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', url: river.url, name: river.headline }] },
    ],
    ['CollectionPage', { '@type': 'CollectionPage', mainEntity: { '@type': 'ItemList', itemListElement: [river] } }],
    ['CollectionPage with parts', { '@graph': [{ '@type': ['WebPage', 'CollectionPage'], hasPart: [river] }] }],
    ['Blog', { '@type': 'Blog', blogPost: [{ ...river, '@type': 'BlogPosting' }] }],
    ['article by article', [river]],
    ['with the vocabulary’s whole name', [{ ...river, '@type': 'https://schema.org/NewsArticle' }]],
    [
      'by the page that it is the main thing of',
      [
        {
          ...river,
          url: undefined,
          mainEntityOfPage: { '@type': 'WebPage', '@id': 'https://news.example/2026/11/23/river#main' },
        },
      ],
    ],
  ])('%s', (_, data) => {
    expect(short(data)).toEqual(expected);
  });

  test('come with date, author and picture', () => {
    expect(listed([river])).toMatchObject([
      {
        publishedAt: new Date('2026-11-23T04:30:00Z'),
        author: 'Jane Doe',
        imageUrl: 'https://news.example/river.jpg',
        language: 'en',
        text: '',
      },
    ]);
  });

  test('complete what the page shows, in the page’s order, each story once', () => {
    const body = `<main><h2><a href="/stories/the-dam-held">The dam held through the night</a></h2>
      <h2><a href="/2026/11/23/river?utm_source=list">The river rose &amp; fell in …</a></h2></main>`;
    const bridge = {
      '@type': 'NewsArticle',
      url: 'https://m.news.example/stories/bridge-is-closed',
      name: 'Bridge is closed',
    };
    const entries = listed({ '@type': 'ItemList', itemListElement: [river, bridge] }, body);
    expect(entries.map(({ url, title, publishedAt }) => [url, title, publishedAt?.toISOString() ?? null])).toEqual([
      ['https://news.example/stories/the-dam-held', 'The dam held through the night', null],
      [
        'https://news.example/2026/11/23/river?utm_source=list',
        'The river rose & fell in one night',
        '2026-11-23T04:30:00.000Z',
      ],
      ['https://m.news.example/stories/bridge-is-closed', 'Bridge is closed', null],
    ]);
  });

  test('are not breadcrumbs, sections, other sites’ pages, the page itself or nameless addresses', () => {
    const item = (url: string, name: string | undefined) => ({ '@type': 'ListItem', url, name });
    expect(
      short([
        { '@type': 'BreadcrumbList', itemListElement: [item('/a/very-long-breadcrumb-name', 'Home')] },
        { '@type': 'SiteNavigationElement', hasPart: [river] },
        {
          '@type': 'ItemList',
          itemListElement: [
            item('/sport', 'Sport'),
            item('/category/politics-and-more', 'Politics'),
            item('https://other.example/2026/11/23/river', 'Elsewhere'),
            item(URL_OF_LIST, 'Itself'),
            item('/2026/11/23/nameless', undefined),
          ],
        },
      ]),
    ).toEqual([]);
  });

  test('broken, looped or endless data harms nothing', () => {
    expect(short('{"@type":"ItemList","itemListElement":[')).toEqual([]);
    expect(short(`${'[{"mainEntity":'.repeat(500)}1${'}]'.repeat(500)}`)).toEqual([]);
    const many = Array.from({ length: 20_000 }, (_, index) => ({ ...river, url: `/2026/11/23/${index}` }));
    expect(listed({ '@type': 'ItemList', itemListElement: many })).toHaveLength(200);
    expect(short({ '@type': 'ItemList', itemListElement: [null, 7, '', [[[]]], { '@type': 5, url: {} }] })).toEqual([]);
  });
});
