import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asked,
  callbackOf,
  canCallBack,
  confirmed,
  delivered,
  isLeased,
  newSubscription,
  nextStep,
  pushedUntil,
  pushWords,
  refused,
  type Subscription,
  unanswered,
} from '../../src/domain/subscription.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/lib/clock.ts';
import { Secret } from '../../src/lib/secret.ts';

const NOON = new Date('2026-11-23T12:00:00Z');
const hub = { url: 'https://hub.example/', topic: 'https://news.example/feed' };
const publicUrl = 'https://crier.example';
const fresh = (now = NOON): Subscription =>
  newSubscription({ feedId: 1, hub: hub.url, topic: hub.topic, code: 'code', publicUrl, secret: new Secret('s') }, now);
const later = (ms: number) => after(NOON, ms);
const at = (instant: Date) => instant.toISOString().slice(0, 16);

/** What may happen to a subscription; `for` = so long after what happened before. */
const happening = fc.record({
  what: fc.constantFrom('ask', 'leave', 'confirm', 'deny', 'fail', 'deliver', 'doubt'),
  forMs: fc.oneof(fc.integer({ min: 0, max: HOUR }), fc.integer({ min: 0, max: 40 * DAY })),
  lease: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 4_000_000 })),
});

function happen(
  before: Subscription,
  { what, lease }: { what: string; lease: number | null },
  now: Date,
): Subscription {
  switch (what) {
    case 'ask':
      return asked(before, 'subscribe', now);
    case 'leave':
      return asked(before, 'unsubscribe', now);
    case 'confirm':
      return before.pending === 'subscribe' ? confirmed(before, lease, now) : before;
    case 'deny':
      return refused(before, 'It said no.', now);
    case 'fail':
      return unanswered(before, 'No answer.', now);
    case 'deliver':
      return delivered(before, now);
    default:
      return { ...before, proven: false };
  }
}

test('whatever happens, only a lease that runs and has proven itself is trusted, and something is always due within a month', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
      let now = NOON;
      let one = fresh();
      for (const step of story) {
        now = after(now, step.forMs);
        one = happen(one, step, now);
        const until = pushedUntil(one);
        if (until !== null) expect([one.state, one.proven, until]).toEqual(['active', true, one.expiresAt]);
        expect(one.nextAt.getTime() - now.getTime()).toBeLessThanOrEqual(30 * DAY);
        expect(one.nextAt >= now || step.what === 'deliver' || step.what === 'doubt' || step.what === 'confirm').toBe(
          true,
        );
        expect(pushWords(one, now, at)).toMatch(/\.$/u);
      }
    }),
  );
});

test('from anywhere a hub that is good again is asked and confirms within a day of asking', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (story) => {
      let now = NOON;
      let one = fresh();
      for (const step of story) {
        now = after(now, step.forMs);
        one = happen(one, step, now);
      }
      for (let tries = 0; tries < 4 && !(isLeased(one, now) && one.state === 'active'); tries += 1) {
        if (one.nextAt > now) now = one.nextAt;
        const step = nextStep(one, { hub, publicUrl, now });
        if (step === 'call-silent') one = unanswered(one, 'Silent.', now);
        else if (step === 'subscribe') one = confirmed(asked(one, 'subscribe', now), 86_400, now);
      }
      expect(isLeased(one, now)).toBe(true);
    }),
  );
});

describe('what is to be done', () => {
  const step = (one: Subscription | null, wanted: typeof hub | null, now = NOON) =>
    nextStep(one, { hub: wanted, publicUrl, now });
  const active = confirmed(asked(fresh(), 'subscribe', NOON), 86_400, NOON);

  test.each([
    ['nothing where there is no hub', null, null, 'nothing'],
    ['begin where there is one', null, hub, 'begin'],
    ['subscribe with a new one', fresh(), hub, 'subscribe'],
    ['nothing while the hub may still confirm', asked(fresh(), 'subscribe', NOON), hub, 'nothing'],
    ['nothing while the lease runs', active, hub, 'nothing'],
    ['begin again at another hub', active, { ...hub, url: 'https://other.example/' }, 'begin'],
    ['begin again for another topic', active, { ...hub, topic: 'https://news.example/feed2' }, 'begin'],
    ['begin again under another public address', { ...active, publicUrl: 'https://old.example' }, hub, 'begin'],
    ['unsubscribe when nobody follows', active, null, 'unsubscribe'],
    ['forget what was never confirmed', fresh(), null, 'forget'],
    ['subscribe again when somebody follows again', asked(active, 'unsubscribe', NOON), hub, 'subscribe'],
  ] as const)('is %s', (_, one, wanted, expected) => {
    expect(step(one, wanted)).toBe(expected);
  });

  test('a hub that took the request and is silent is called so after a quarter of an hour', () => {
    const waiting = asked(fresh(), 'subscribe', NOON);
    expect(step(waiting, hub, later(14 * MINUTE))).toBe('nothing');
    expect(step(waiting, hub, later(15 * MINUTE))).toBe('call-silent');
  });
});

test.each([
  ['https://crier.example', true, 'https://hub.example', true],
  ['https://crier.example', false, 'https://hub.example', false],
  ['http://127.0.0.1:3000', true, 'https://hub.example', false],
  ['http://127.0.0.1:3000', true, 'http://127.0.0.1:4000', true],
])('from %s (set: %s) the hub %s can call back: %s', (address, publicUrlIsSet, asksAt, can) => {
  expect(canCallBack({ publicUrl: address, publicUrlIsSet }, asksAt)).toBe(can);
});

test('the callback is below the public address', () => {
  expect(callbackOf(fresh())).toBe('https://crier.example/websub/code');
});
