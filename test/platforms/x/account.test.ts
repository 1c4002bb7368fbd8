import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { PlatformError } from '../../../src/lib/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createX } from '../../../src/platforms/x/index.ts';
import type { Platform, PublishedPost } from '../../../src/ports/platform.ts';
import { BARE } from '../../contracts/platform.ts';
import { startXEmulator, type XEmulator } from '../../emulators/x.ts';

let emulator: XEmulator;
let x: Platform;
beforeEach(async () => {
  emulator = await startXEmulator();
  x = createX(
    { ...emulator.keys, apiBase: emulator.base, sendDeadlineMs: 1000 },
    { log: silentLog, clock: systemClock },
  );
});
afterEach(async () => {
  await emulator.close();
  expect(emulator.violations).toEqual([]);
});
const never = new AbortController().signal;

describe('addresses', () => {
  test.each([
    'AcmeNews',
    '@acmenews',
    'https://x.com/AcmeNews',
    'https://twitter.com/acmenews?s=20',
    'x.com/acmenews/status/1',
  ])('%s is the account acmenews', (input) => {
    expect(x.parseAddress(input)).toEqual({ address: 'acmenews' });
  });
  test.each(['', '@', 'a b', 'https://x.com/home', 'https://example.com/acme', 'name_that_is_too_long'])(
    '%j is none, and the error shows how to write one',
    (input) => {
      expect(x.parseAddress(input)).toEqual({ error: expect.stringContaining('x:acme') });
    },
  );
});

describe('inspecting', () => {
  test.each(['acmenews', 'me'])('%s is the account of the keys', async (address) => {
    const found = await x.inspect(address, never);
    expect(found).toMatchObject({ title: '@AcmeNews', problems: [] });
    expect(found.notes.join()).toContain('Automation');
    expect(found.notes.join()).toContain('$0.20');
  });

  test('another account is a problem with two cures', async () => {
    expect((await x.inspect('rival', never)).problems).toEqual([
      {
        problem: 'The keys in .env belong to @AcmeNews, not to @rival.',
        cure: 'Add x:acmenews instead, or put the keys of @rival into .env.',
      },
    ]);
  });

  test('a protected account is told', async () => {
    emulator.account.protected = true;
    expect((await x.inspect('me', never)).notes[0]).toContain('protected');
  });

  test.each([
    ['401', 'unauthorized'],
    ['429', 'rate-limited'],
    ['500', 'unavailable'],
    ['hang', 'unavailable'],
    ['bad-json', 'unavailable'],
  ] as const)('%s is a PlatformError: %s', async (fault, kind) => {
    emulator.next(fault);
    const thrown = await x.inspect('me', never).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(PlatformError);
    expect(thrown).toMatchObject({ kind, cure: expect.any(String) });
  });
});

describe('engagement', () => {
  const post = async (text: string, deliveryId: number): Promise<PublishedPost> => {
    const outcome = await x.publish({ ...BARE, address: 'acmenews', text, attemptId: text, deliveryId }, never);
    if (outcome.kind !== 'confirmed') throw new Error(outcome.kind);
    return { deliveryId, address: 'acmenews', remoteId: outcome.remoteId };
  };
  const METRICS = { likes: 5, replies: 2, reposts: 3, quotes: 1, bookmarks: 4, views: 900 };

  test('every number of every post is read with one request', async () => {
    const posts = [await post('one', 11), await post('two', 12)];
    if (emulator.posts[1]) emulator.posts[1].metrics = METRICS;
    emulator.requests.length = 0;
    expect(await x.engagement?.(posts, never)).toEqual([
      { deliveryId: 11, values: { likes: 0, replies: 0, reposts: 0, quotes: 0, bookmarks: 0, views: 0 } },
      { deliveryId: 12, values: METRICS },
    ]);
    expect(emulator.requests).toHaveLength(1);
  });

  test('a post that is gone is left out', async () => {
    const posts = [await post('one', 11), await post('two', 12)];
    emulator.posts.shift();
    expect((await x.engagement?.(posts, never))?.map((reading) => reading.deliveryId)).toEqual([12]);
    emulator.posts.shift();
    expect(await x.engagement?.(posts, never)).toEqual([]);
  });

  test('an API that only knows the older field names is read too', async () => {
    const posts = [await post('one', 11)];
    if (emulator.posts[0]) emulator.posts[0].metrics = METRICS;
    emulator.dialect = 'tweet.fields';
    expect(await x.engagement?.(posts, never)).toEqual([{ deliveryId: 11, values: METRICS }]);
    emulator.violations.length = 0;
  });

  test('a hundred fit into one request', async () => {
    const posts = Array.from({ length: x.engagementBatch }, (_, index) => ({
      deliveryId: index,
      address: 'acmenews',
      remoteId: String(1_900_000_000_000_100_000n + BigInt(index)),
    }));
    expect(x.engagementBatch).toBe(100);
    expect(await x.engagement?.(posts, never)).toEqual([]);
    expect(emulator.requests).toHaveLength(1);
  });

  test('a failure is thrown', async () => {
    const posts = [await post('one', 11)];
    emulator.next('503');
    await expect(x.engagement?.(posts, never)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
