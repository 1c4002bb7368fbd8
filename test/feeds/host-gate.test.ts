import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuardedFetch, type GuardedFetch } from '../../src/feeds/guarded-fetch.ts';
import { createHostGate } from '../../src/feeds/host-gate.ts';
import { serve, type TestServer } from './server.ts';

const signal = new AbortController().signal;

describe('the guarded fetch', () => {
  let server: TestServer;
  let other: TestServer;
  let fetcher: GuardedFetch;
  let open = 0;
  let most = 0;

  beforeAll(async () => {
    /** A server that takes its time. */
    const slow = (response: ServerResponse) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open -= 1;
        response.end('slow');
      }, 10);
    };
    server = await serve({
      '/slow': (_, response) => slow(response),
      '/to-slow': { status: 302, headers: { location: '/slow' } },
      '/stuck': () => {},
      '/quick': 'quick',
    });
    other = await serve({ '/quick': 'quick' });
    fetcher = createGuardedFetch({
      allowPrivate: [server.host, other.host],
      userAgent: 'Crier/test',
      deadlineMs: 5_000,
    });
  });
  afterAll(async () => {
    await fetcher.close();
    await server.close();
    await other.close();
  });

  test('asks one host at most two things at once, redirects included, and everything is answered', async () => {
    const asked = Array.from({ length: 40 }, (_, index) =>
      fetcher.get(`${server.url}${index % 3 === 0 ? '/to-slow' : '/slow'}`, { signal }),
    );
    expect(await Promise.all(asked)).toHaveLength(40);
    expect(most).toBe(2);
  });

  test('does not let another host wait', async () => {
    const cut = new AbortController();
    const held = [1, 2, 3].map(() => fetcher.get(`${server.url}/stuck`, { signal: cut.signal }).catch(() => 'cut'));
    const { status } = await fetcher.get(`${other.url}/quick`, { signal });
    expect(status).toBe(200);
    cut.abort();
    expect(await Promise.all(held)).toEqual(['cut', 'cut', 'cut']);
    // The places of those who went are free again.
    const again = [1, 2, 3].map(() => fetcher.get(`${server.url}/quick`, { signal }));
    expect((await Promise.all(again)).map((one) => one.status)).toEqual([200, 200, 200]);
  });
});

describe('the gate', () => {
  test('turns away who finds the queue full, and says when to come again', async () => {
    const gate = createHostGate({ atOnce: 1, maxWaiting: 1 });
    const leave = await gate.enter('a.example', signal);
    const second = gate.enter('a.example', signal);
    await expect(gate.enter('a.example', signal)).rejects.toMatchObject({ kind: 'unreachable', retryAfterMs: 300_000 });
    leave();
    (await second)();
    (await gate.enter('a.example', signal))();
  });

  test('never holds more than its number, and everyone who stays gets a turn, in order', async () => {
    const visitors = fc.array(fc.record({ host: fc.constantFrom('a', 'b'), leaves: fc.boolean() }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(visitors, async (list) => {
        const gate = createHostGate();
        const inside = { a: 0, b: 0 };
        const entered: number[] = [];
        await Promise.all(
          list.map(async ({ host, leaves }, index) => {
            const abort = new AbortController();
            const turn = gate.enter(host, abort.signal);
            if (leaves) abort.abort(new Error('no patience'));
            const leave = await turn.catch(() => null);
            if (leave === null) return;
            const place = host as 'a' | 'b';
            entered.push(index);
            inside[place] += 1;
            expect(inside[place]).toBeLessThanOrEqual(2);
            await new Promise((resume) => setImmediate(resume));
            inside[place] -= 1;
            leave();
          }),
        );
        for (const host of ['a', 'b']) {
          const turns = entered.filter((index) => list[index]?.host === host);
          expect(turns).toEqual([...turns].sort((left, right) => left - right));
        }
        const stayed = list.flatMap(({ leaves }, index) => (leaves ? [] : [index]));
        expect(stayed.every((index) => entered.includes(index))).toBe(true);
      }),
    );
  });
});
