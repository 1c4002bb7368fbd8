import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fateOf, urlKey } from '../../src/domain/article.ts';
import { canonicalUrl, isLoopback } from '../../src/lib/url.ts';

describe('one story has one address', () => {
  test.each([
    ['https://www.example.com/a/?utm_source=x&b=2&a=1#top', 'http://example.com/a?a=1&b=2'],
    ['https://Example.com:443/a', 'https://example.com/a/'],
    ['https://example.com/?fbclid=123', 'https://example.com'],
    ['https://ziņas.lv/raksts?gclid=9', 'https://xn--zias-m2a.lv/raksts'],
  ])('%s is %s', (left, right) => {
    expect(urlKey(left)).toBe(urlKey(right));
  });

  test.each([
    ['https://example.com/a?id=1', 'https://example.com/a?id=2'],
    ['https://example.com/A', 'https://example.com/a'],
    ['https://example.com/a', 'https://example.org/a'],
  ])('%s is not %s', (left, right) => {
    expect(urlKey(left)).not.toBe(urlKey(right));
  });

  test('finding the one spelling twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        (url) => canonicalUrl(canonicalUrl(url)) === canonicalUrl(url),
      ),
    );
  });

  test.each(['http://localhost:3000/r/x', 'http://127.0.0.1/', 'http://127.9.9.9:1/', 'http://[::1]:3000/'])(
    '%s can be opened on this machine only',
    (url) => {
      expect(isLoopback(url)).toBe(true);
      expect(isLoopback('https://localhost.example.com/')).toBe(false);
    },
  );
});

describe("an article's fate follows its posts", () => {
  const one = (post: 'review' | 'approved' | 'rejected', delivery: string | null) => ({ post, delivery });
  test.each([
    [[one('approved', 'confirmed'), one('approved', 'rejected')], 'posted', null],
    [[one('approved', 'unclear'), one('approved', 'waiting')], 'waiting', 'delivery'],
    [[one('approved', 'intent')], 'waiting', 'delivery'],
    [[one('review', null), one('rejected', null)], 'waiting', 'review'],
    [[one('approved', 'rejected'), one('rejected', null)], 'failed', null],
    [[one('rejected', null), one('approved', 'dropped')], 'filtered', null],
  ])('%j', (posts, state, waitingFor) => {
    expect(fateOf(posts)).toMatchObject({ state, waitingFor });
  });
});
