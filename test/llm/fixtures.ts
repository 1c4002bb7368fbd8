import type { Article } from '../../src/domain/article.ts';
import { type Brand, emptyVoice, PLAIN_MODEL } from '../../src/domain/brand.ts';
import { NO_BUDGET } from '../../src/domain/budget.ts';
import { OPEN_FILTER } from '../../src/domain/filter.ts';
import type { WriteRequest, WriteTarget } from '../../src/ports/writer.ts';

/** An article for tests; everything but title, text and language is the same. */
export function article(title: string, text: string, language = 'en'): Article {
  return {
    id: 1,
    feedId: 1,
    guid: 'g1',
    url: 'https://news.example/story-1?utm_source=feed',
    canonicalUrl: 'https://news.example/story-1',
    title,
    text,
    language,
    author: 'Ilze Ozola',
    publishedAt: new Date('2026-02-15T05:13:00Z'),
    imageUrl: null,
    siteName: 'Example News',
    textFrom: 'page',
    pageProblem: null,
    seenAt: new Date('2026-02-15T05:20:00Z'),
    frozenAt: new Date('2026-02-15T05:20:01Z'),
  };
}

export const brand: Brand = {
  id: 1,
  slug: 'north',
  name: 'North Bakery',
  timeZone: 'Europe/Riga',
  language: 'en',
  voice: { ...emptyVoice, audience: 'bakers', tone: 'plain', use: ['rye'], avoid: ['artisanal'] },
  modelSettings: PLAIN_MODEL,
  callToAction: null,
  invitations: {},
  disclosure: 'label',
  onWriterFailure: 'offline',
  controller: { name: 'North Bakery', contact: 'privacy@north.example', privacyUrl: null },
  filter: OPEN_FILTER,
  budget: NO_BUDGET,
  paused: false,
};

/** A target that counts UTF-16 units. */
export function target(id: string, limit: number, more: Partial<WriteTarget> = {}): WriteTarget {
  return {
    id,
    platform: `place-${id}`,
    limit,
    unit: 'characters',
    count: (text) => text.length,
    hashtags: 0,
    ...more,
  };
}

export function request(about: Article, targets: WriteTarget[], language = about.language): WriteRequest {
  return { article: about, brand, language, targets };
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

/** White space of every kind as single spaces. */
export function folded(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
