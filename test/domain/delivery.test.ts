import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Delivery, type Outcome, retryDelayMs, settle } from '../../src/domain/delivery.ts';
import { HOUR, SECOND } from '../../src/lib/clock.ts';

const now = new Date('2026-11-23T12:00:00Z');
const intent: Delivery = {
  id: 1,
  postId: 1,
  channelId: 1,
  state: 'intent',
  dueAt: now,
  part: 1,
  parts: 1,
  replyTo: null,
  fence: 1,
  remoteId: null,
  url: null,
  reason: null,
  confirmedAt: null,
  changedAt: now,
};

describe('a delivery after an outcome', () => {
  test('only a send that is proven not to have happened waits for another', () => {
    const outcomes: Outcome[] = [
      { kind: 'confirmed', remoteId: '7', url: null },
      { kind: 'rejected', reason: 'no.', cure: 'ask.', channelTrouble: false },
      { kind: 'not-sent', reason: 'refused' },
      { kind: 'unclear', reason: 'silence' },
    ];
    expect(outcomes.map((outcome) => settle(intent, outcome, now).state)).toEqual([
      'confirmed',
      'rejected',
      'waiting',
      'unclear',
    ]);
  });

  test('a rejection keeps cause and cure for a person', () => {
    expect(
      settle(
        intent,
        { kind: 'rejected', reason: 'The bot was removed.', cure: 'Add it again.', channelTrouble: true },
        now,
      ).reason,
    ).toBe('The bot was removed. Add it again.');
  });

  test('what the platform asks for is kept within a second and an hour, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.constantFrom(0, -5, 3_600_000_000)), fc.nat(50), (askedMs, attempts) => {
        const delay = retryDelayMs(attempts, askedMs);
        expect(delay).toBeGreaterThanOrEqual(SECOND);
        expect(delay).toBeLessThanOrEqual(HOUR);
      }),
    );
  });

  test('without a word from the platform the pauses grow', () => {
    expect([1, 2, 3, 20].map((attempts) => retryDelayMs(attempts, undefined) / SECOND)).toEqual([5, 10, 20, 900]);
  });
});
