import fc from 'fast-check';
import { parseTweet } from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../../src/domain/channel.ts';
import { xForm } from '../../../src/platforms/x/index.ts';
import { weightedLength } from '../../../src/platforms/x/weight.ts';
import type { PostParts } from '../../../src/ports/platform.ts';

const form = xForm(PLAIN_STYLE);

const PARTS: PostParts = {
  headline: 'Harbour opens a new quay',
  body: 'Ships up to 200 metres can moor there from Monday.',
  hashtags: ['ports', 'Rīga', 'third'],
  link: { url: 'https://crier.example/r/Ab3dE7x', label: 'Read more' },
  callToAction: { text: 'Questions? Write to us', url: 'https://crier.example/l/Qw8rT2y' },
  aiLabel: 'Written by AI',
};

describe('the parts of a post', () => {
  test('a short one keeps everything, in this order', () => {
    expect(form.compose(PARTS)).toBe(
      `Harbour opens a new quay

Ships up to 200 metres can moor there from Monday.

Questions? Write to us: https://crier.example/l/Qw8rT2y

https://crier.example/r/Ab3dE7x
#ports #Rīga
Written by AI`,
    );
  });

  test('with less room the hashtags go first, then the invitation, then the end of the body', () => {
    const kept = (bodyLength: number) => {
      const text = form.compose({ ...PARTS, body: `${'word '.repeat(bodyLength / 5).trim()}.` });
      return {
        hashtags: text.includes('#ports'),
        invitation: text.includes('/l/'),
        wholeBody: text.includes('word.'),
        link: text.includes('/r/'),
        label: text.includes('Written by AI'),
        headline: text.includes('Harbour'),
      };
    };
    const all = { hashtags: true, invitation: true, wholeBody: true, link: true, label: true, headline: true };
    expect(kept(100)).toEqual(all);
    expect(kept(145)).toEqual({ ...all, hashtags: false });
    expect(kept(200)).toEqual({ ...all, hashtags: false, invitation: false });
    expect(kept(300)).toEqual({ ...all, hashtags: false, invitation: false, wholeBody: false });
  });

  test('a headline that the body says already is left out', () => {
    const text = form.compose({ ...PARTS, body: 'The harbour opens a new quay. It cost 12 million euro.' });
    expect(text.startsWith('The harbour opens')).toBe(true);
    expect(text.match(/new quay/gu)).toHaveLength(1);
  });

  test('a long body ends with a whole sentence where one fills the room', () => {
    const sentence = 'The port of Ventspils opened a quay for large ships on Monday morning.';
    const text = form.compose({ ...PARTS, headline: '', body: Array(9).fill(sentence).join(' ') });
    expect(text).toContain(`${sentence} ${sentence} ${sentence}\n`);
    expect(text).not.toContain('…');
  });

  test('a headline that fills the post stands alone, cut at a word', () => {
    const text = form.compose({ ...PARTS, headline: 'breaking '.repeat(60) });
    expect(text).toMatch(/^(breaking )+breaking…\n\nhttps/u);
    expect(weightedLength(text)).toBeLessThanOrEqual(280);
  });

  test('what the writer was told to keep to leaves room for link, invitation and label', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 40 }), fc.lorem({ maxCount: 5 }), (body, headline) => {
        fc.pre(weightedLength(`${headline}\n\n${body}`) <= form.limits.forWriter);
        const text = form.compose({ ...PARTS, headline, body });
        expect(text).toContain(`${body}\n`);
        expect(text).toContain('/l/Qw8rT2y');
      }),
    );
  });
});

describe('text from outside', () => {
  const post = (body: string) => form.compose({ ...PARTS, headline: '', body, hashtags: ['ours'] });

  test.each([
    ['@durov said', '@ durov said'],
    ['.@durov said', '.@ durov said'],
    ['＠durov said', '＠ durov said'],
    ['RT @durov', 'RT @ durov'],
    ['mail info@acme.lv', 'mail info@acme.lv'],
    ['#breaking news', 'breaking news'],
    ['@#durov', '@ durov'],
    ['$ACME and $OTHER and $ACME', '$ACME and OTHER and ACME'],
    ['it cost $5', 'it cost $5'],
    ['see https://medium.com/@durov/x', 'see https://medium.com/@durov/x'],
    ['a\u200Bb \u202Etxt\uFFFF', 'ab txt'],
  ])('%j becomes %j', (given, expected) => {
    const text = post(given);
    expect(text.startsWith(`${expected}\n`)).toBe(true);
    expect(form.check(text)).toEqual([]);
    expect(text).toContain('#ours');
  });
});

test('the headline keeps the one cashtag', () => {
  const text = form.compose({ ...PARTS, headline: 'Shares of $ACME fall', body: 'Why $ACME fell.' });
  expect(text).toMatch(/^Shares of \$ACME fall\n\nWhy ACME fell\.\n/u);
});

describe('what X would refuse', () => {
  test.each([
    ['', 'empty'],
    ['@durov hello', '@durov'],
    ['thanks to @durov', '@durov'],
    ['$ACME $OTHER', 'cashtag'],
    ['x'.repeat(281), '281 weighted characters'],
    ['字'.repeat(141), '282 weighted characters'],
    ['a\uFFFEb', 'characters that X refuses'],
    ['a\uD800b', 'characters that X refuses'],
  ])('%j is refused with a reason', (text, words) => {
    expect(form.check(text).join()).toContain(words);
  });

  test('exactly 280 may go out', () => {
    expect(form.check('x'.repeat(280))).toEqual([]);
    expect(form.check('字'.repeat(140))).toEqual([]);
  });
});

describe('the length', () => {
  test('is what X counts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(weightedLength(text)).toBe(parseTweet(text).weightedLength);
      }),
    );
  });

  test('counts a link on this machine as the link it will become, or by letter where that is more', () => {
    expect(weightedLength('http://localhost/r/a')).toBe(23);
    expect(weightedLength('see http://127.0.0.1:3000/r/Ab3dE7x, ok')).toBe(39);
    expect(weightedLength('see https://crier.lv/r/Ab3dE7x?and=much&more=of_it_all_the_way')).toBe(27);
  });

  test('of a book is counted in no time', () => {
    const startedAt = performance.now();
    expect(weightedLength('字.'.repeat(200_000))).toBeGreaterThan(280);
    form.check('字.'.repeat(200_000));
    form.compose({ ...PARTS, headline: '字.'.repeat(200_000), body: '字.'.repeat(200_000) });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});

describe('the look', () => {
  const render = (text: string, address = 'acme') =>
    form.look.render({ text, sender: 'Acme News', at: new Date('2026-11-23T09:41:00Z'), address, card: null });

  test('shows name, handle, day, short links and hashtags', () => {
    const html = render('Hello #ports\nhttps://crier.example/r/Ab3dE7x?with=a&long=tail');
    expect(html).toContain('Acme News');
    expect(html).toContain('@acme · <time datetime="2026-11-23T09:41:00.000Z">Nov 23</time>');
    expect(html).toContain('<span class="x-post-tag">#ports</span>');
    expect(html).toContain('href="https://crier.example/r/Ab3dE7x?with=a&amp;long=tail"');
    expect(html).toContain('>crier.example/r/Ab3dE7x?wi…</a>');
  });

  test('makes a handle of the name where there is no account', () => {
    expect(render('Hello', 'me')).toContain('@acmenews');
    expect(render('Hello', 'x')).toContain('@acmenews');
  });
});
