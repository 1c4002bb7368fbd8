import { describe, expect, test } from 'vitest';
import { freshnessOf } from '../../src/feeds/freshness.ts';
import { wishesOf } from '../../src/feeds/poll-wishes.ts';

const now = new Date('2026-11-23T12:00:00Z');

describe('freshness', () => {
  const of = (headers: Record<string, string>) => freshnessOf((name) => headers[name] ?? null, now);
  test.each([
    [{}, 0],
    [{ 'cache-control': 'public, max-age=600' }, 600_000],
    [{ 'cache-control': 'max-age="600"', age: '100' }, 500_000],
    [{ 'cache-control': 's-maxage=900' }, 0],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'max-age=600', expires: 'Mon, 23 Nov 2026 18:00:00 GMT' }, 600_000],
    [{ expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, 3_600_000],
    [{ expires: 'Mon, 23 Nov 2026 13:00:00 GMT', date: 'Mon, 23 Nov 2026 12:30:00 GMT' }, 1_800_000],
    [{ expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    [{ expires: '0' }, 0],
    [{ expires: '-1', 'cache-control': 'max-age=-5' }, 0],
  ])('%j is %d ms', (headers, expected) => {
    expect(of(headers)).toBe(expected);
  });
});

describe('what a document asks of pollers', () => {
  const of = (channel: string) =>
    wishesOf(Buffer.from(`<?xml version="1.0"?><rss><channel>${channel}</channel></rss>`));
  const nothing = { pauseMs: null, skipHours: [], skipDays: [] };

  test('is its ttl in minutes or its period by its frequency, whichever is longer', () => {
    expect(of('<ttl>60</ttl>').pauseMs).toBe(3_600_000);
    expect(of('<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>').pauseMs).toBe(
      6 * 3_600_000,
    );
    expect(of('<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>').pauseMs).toBe(3_600_000);
    expect(of('<sy:updatePeriod>yearly</sy:updatePeriod>').pauseMs).toBe(7 * 24 * 3_600_000);
  });

  test('is the hours and days it leaves out', () => {
    const asked = of(
      '<skipHours><hour>0</hour>\n<hour> 23 </hour><hour>24</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day><day>Nonday</day></skipDays>',
    );
    expect(asked).toEqual({ pauseMs: null, skipHours: [0, 23], skipDays: [0] });
  });

  test.each(['', '<ttl>soon</ttl>', '<ttl>-5</ttl>', '<ttl/>', '<!-- <ttl>60</ttl> -->', '<item><ttl>60</ttl></item>'])(
    'is nothing in %j',
    (channel) => {
      expect(of(channel)).toEqual(nothing);
    },
  );

  test('is found at once in a document made to be slow', () => {
    const began = performance.now();
    for (const part of ['<ttl ', '<ttl>', '<!--', '<skipHours>', '<hour>', 'a:', '<a:', `<ttl>${' '.repeat(90)}`])
      wishesOf(Buffer.from(part.repeat(1_000_000 / part.length)));
    expect(performance.now() - began).toBeLessThan(400);
  });
});
