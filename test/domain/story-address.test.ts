import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { feedKey } from '../../src/domain/source.ts';
import { originalAddress, storyAddress } from '../../src/domain/story-address.ts';
import { canonicalUrl } from '../../src/lib/url.ts';

const STORY = 'https://example.com/news/the-river-rose';

/** A host and a path that names one story, as sites write them. */
const word = fc.stringMatching(/^[a-z]{2,9}$/u).filter((one) => !/^(?:amp|www|wap|mobile|touch)$/u.test(one));
const host = fc.tuple(word, fc.constantFrom('com', 'lv', 'co.uk', 'news')).map(([name, end]) => `${name}.${end}`);
const slug = fc.array(word, { minLength: 3, maxLength: 6 }).map((words) => words.join('-'));
const path = fc
  .tuple(fc.array(word, { maxLength: 2 }), slug)
  .map(([folders, name]) => `/${[...folders, name].join('/')}`);

describe('a story has one address whatever screen its page is drawn for', () => {
  test.each([
    'https://m.example.com/news/the-river-rose',
    'http://mobile.example.com/news/the-river-rose/',
    'https://amp.example.com/news/the-river-rose?utm_source=x',
    'https://amp.www.example.com/news/the-river-rose',
    'https://example.com/amp/news/the-river-rose',
    'https://www.example.com/news/the-river-rose/amp/',
    'https://example.com/news/the-river-rose?amp=1',
    'https://example.com/news/the-river-rose?amp',
    'https://example.com/news/the-river-rose?outputType=amp&amp_js_v=0.1',
    'https://example.com/news/the-river-rose.amp',
    'https://www.google.com/amp/s/example.com/news/the-river-rose',
    'https://www.google.co.uk/amp/s/m.example.com/news/the-river-rose?amp=1#amp_tf=x',
    'https://example-com.cdn.ampproject.org/c/s/example.com/news/the-river-rose?usqp=mq331AQ',
    'https://www-example-com.cdn.ampproject.org/v/s/www.example.com/amp/news/the-river-rose',
    'https://www.bing.com/amp/s/example.com/news/the-river-rose',
  ])('%s', (address) => {
    expect(storyAddress(address)).toBe(STORY);
  });

  test('an AMP page keeps the ending of the page it stands for', () => {
    expect(storyAddress('https://example.com/a/123456.amp.html')).toBe('https://example.com/a/123456.html');
  });

  test.each([
    // Nothing there names a story by itself.
    'https://m.example.com/',
    'https://m.example.com/news',
    'https://m.example.com/?p=12',
    'https://amp.example.com/2026/news',
    'https://example.com/amp',
    // The rest of the host would be nobody's.
    'https://m.me/the-river-rose-again',
    'https://amp.co.uk/the-river-rose-again',
    // Only words that look like it.
    'https://example.com/news/the-amp-that-rose',
    'https://example.com/guitar/amplifiers-that-rose-fast',
    'https://monday.example.com/news/the-river-rose',
    'https://example.com/shop?amp=marshall-jcm-800',
    'https://www.google.com/amp/about',
    'https://cdn.ampproject.org/v0/some-long-script.js',
  ])('%s is only itself', (address) => {
    expect(storyAddress(address)).toBe(canonicalUrl(address));
  });

  test('however it is dressed', () => {
    const dressed = fc.constantFrom(
      (site: string, rest: string) => `https://m.${site}${rest}`,
      (site: string, rest: string) => `http://www.${site}${rest}?fbclid=1&utm_medium=social#top`,
      (site: string, rest: string) => `https://amp.${site}${rest}/`,
      (site: string, rest: string) => `https://${site}/amp${rest}`,
      (site: string, rest: string) => `https://${site}${rest}/amp`,
      (site: string, rest: string) => `https://${site}${rest}?amp=1`,
      (site: string, rest: string) => `https://www.google.com/amp/s/${site}${rest}`,
      (site: string, rest: string) => `https://${site.replaceAll('.', '-')}.cdn.ampproject.org/c/s/${site}${rest}`,
    );
    fc.assert(
      fc.property(host, path, dressed, (site, rest, dress) => {
        expect(storyAddress(dress(site, rest))).toBe(storyAddress(`https://${site}${rest}`));
      }),
    );
  });

  test('two stories of a site never become one, and finding the address twice changes nothing', () => {
    fc.assert(
      fc.property(host, path, path, (site, one, other) => {
        fc.pre(one !== other);
        expect(storyAddress(`https://m.${site}${one}`)).not.toBe(storyAddress(`https://${site}${other}`));
      }),
    );
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(storyAddress(storyAddress(url))).toBe(storyAddress(url));
        expect(originalAddress(originalAddress(url))).toBe(originalAddress(url));
      }),
    );
  });

  test('a mobile host may carry a feed of its own', () => {
    expect(feedKey('https://m.example.com/2026/12345/feed')).not.toBe(feedKey('https://example.com/2026/12345/feed'));
    expect(feedKey('https://www.example.com/feed?utm_source=x')).toBe(feedKey('http://example.com/feed/'));
  });
});

describe('parameters', () => {
  const TRACKING = [
    'utm_source=x',
    'utm_whatever=x',
    'fbclid=a',
    'gclid=a',
    'gbraid=a',
    'wbraid=a',
    'dclid=a',
    'msclkid=a',
    'yclid=a',
    'ysclid=a',
    '_openstat=a',
    'igshid=a',
    'igsh=a',
    'twclid=a',
    'ttclid=a',
    'mc_cid=a',
    'mc_eid=a',
    '_hsenc=a',
    'mkt_tok=a',
    'at_medium=RSS',
    'at_campaign=KARANGA',
    'ref=rss',
    'ref=twitter',
    'source=rss',
    'from=telegram',
    'partner=rss',
    'share=facebook',
    '_ga=1.2',
    'srsltid=a',
    'xtor=RSS-1',
  ];
  const NAMING = [
    'id=7',
    'p=12',
    'page=2',
    'q=utm_source',
    'article=fbclid',
    'ref=main/branch',
    'ref=4711',
    'source=reuters-77',
    'from=2026-11-01',
    'share=123',
    'pk_id=5',
    'mc_news=5',
    'cid=99',
    'v=dQw4w9WgXcQ',
    'story=rss',
    'feed=12',
    'amp=marshall',
  ];

  test('that only say where the reader came from are gone, those that may name the story stay', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(TRACKING),
        fc.uniqueArray(fc.constantFrom(...NAMING), { selector: (one) => one.split('=')[0] as string }),
        fc.nat(),
        (tracking, naming, seed) => {
          const mixed = [...tracking, ...naming].sort(
            (left, right) => ((left.length * seed) % 7) - ((right.length * seed) % 7),
          );
          const names = [...naming].sort().join('&');
          expect(storyAddress(`https://example.com/a?${mixed.join('&')}`)).toBe(
            canonicalUrl(`https://example.com/a${names ? `?${names}` : ''}`),
          );
          expect([...new URL(storyAddress(`https://example.com/a?${mixed.join('&')}`)).searchParams]).toHaveLength(
            naming.length,
          );
        },
      ),
    );
  });

  test('a fragment that names a page stays, others go', () => {
    expect(canonicalUrl('https://example.com/#!/story/1')).not.toBe(canonicalUrl('https://example.com/#!/story/2'));
    expect(canonicalUrl('https://example.com/a#part')).toBe(canonicalUrl('https://example.com/a'));
  });
});
