import { expect, test } from 'vitest';
import { nextMeasureAt } from '../../src/domain/engagement.ts';
import { afterPoll, type Feed } from '../../src/domain/source.ts';
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
