import { expect, test } from 'vitest';
import { nextMeasureAt } from '../../src/domain/engagement.ts';
import { NO_WISHES } from '../../src/domain/polling.ts';
import { afterPoll, type Feed, isHeldBack } from '../../src/domain/source.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/lib/clock.ts';

const now = new Date('2026-11-23T12:00:00Z');
const feed: Feed = {
  id: 1,
  url: 'https://example.com/feed',
  kind: null,
  title: null,
  language: null,
  siteUrl: null,
  etag: null,
  lastModified: null,
  state: 'new',
  reason: null,
  failures: 0,
  lastPolledAt: null,
  lastGoodAt: null,
  nextPollAt: now,
  pace: null,
  wishes: NO_WISHES,
  movingTo: null,
};

test('a feed that fails is asked ever less often, but at least twice a day', () => {
  let current = feed;
  const pauses = Array.from({ length: 12 }, () => {
    current = afterPoll(current, { kind: 'failed', reason: 'no answer' }, now);
    return (current.nextPollAt.getTime() - now.getTime()) / MINUTE;
  });
  expect(pauses.slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(pauses.at(-1)).toBe(720);
  expect(current).toMatchObject({ state: 'failing', reason: 'no answer', failures: 12, lastGoodAt: null });
});

test('a good poll forgets the failures; a server that asks for patience gets it', () => {
  const failed = afterPoll(feed, { kind: 'failed', reason: 'busy', retryAfterMs: 3 * HOUR }, now);
  expect(failed.nextPollAt).toEqual(after(now, 3 * HOUR));
  expect(afterPoll(failed, { kind: 'unchanged' }, now)).toMatchObject({
    state: 'ok',
    reason: null,
    failures: 0,
    lastGoodAt: now,
  });
});

test('a permanent redirect moves the feed when two good polls in a row led to the same address', () => {
  const there = { kind: 'unchanged' as const, movedTo: 'https://example.com/new' };
  const once = afterPoll(feed, there, now);
  expect(once).toMatchObject({ url: feed.url, movingTo: there.movedTo });
  expect(afterPoll(once, there, now)).toMatchObject({ url: there.movedTo, movingTo: null });
  expect(afterPoll(once, { kind: 'unchanged' }, now)).toMatchObject({ url: feed.url, movingTo: null });
  const elsewhere = afterPoll(once, { ...there, movedTo: 'https://example.com/other' }, now);
  expect(elsewhere).toMatchObject({ url: feed.url, movingTo: 'https://example.com/other' });
  const interrupted = afterPoll(once, { kind: 'failed', reason: 'no answer' }, now);
  expect(afterPoll(interrupted, there, now).url).toBe(there.movedTo);
});

test('a server that asks for a week of patience is asked again after a day', () => {
  const failed = afterPoll(feed, { kind: 'failed', reason: 'busy', retryAfterMs: 7 * DAY }, now);
  expect(failed.nextPollAt).toEqual(after(now, DAY));
});

test('a feed that failed is left alone until its time is over, a good one never', () => {
  const busy = afterPoll(feed, { kind: 'failed', reason: 'busy', retryAfterMs: 3 * HOUR }, now);
  expect(isHeldBack(busy, after(now, 2 * HOUR))).toBe(true);
  expect(isHeldBack(busy, after(now, 3 * HOUR))).toBe(false);
  expect(isHeldBack(afterPoll(feed, { kind: 'unchanged' }, now), now)).toBe(false);
  // The clock that wrote the time was ahead.
  expect(isHeldBack({ ...busy, nextPollAt: new Date('2099-01-01T00:00:00Z') }, now)).toBe(false);
});

test('numbers are asked for at widening intervals, and then no more', () => {
  const asked: number[] = [];
  for (let at: Date | null = now; at !== null; ) {
    at = nextMeasureAt(now, at);
    if (at !== null) asked.push(at.getTime() - now.getTime());
  }
  expect(asked[0]).toBeLessThanOrEqual(5 * MINUTE);
  expect(asked.at(-1)).toBe(30 * DAY);
  expect(asked).toEqual([...asked].sort((left, right) => left - right));
});
