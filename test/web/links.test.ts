import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codesIn, type House, openHouse, STORY } from './house.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
let house: House;
let code: string;
beforeAll(async () => {
  house = await openHouse({ channels: ['plain'] });
  await house.news([{ ...STORY, url: 'https://news.example/bakery?id=7' }]);
  const [view] = await house.posts();
  [code] = codesIn(view?.post.text ?? '', 'r') as [string];
});
afterAll(() => house.close());

const open = (init: RequestInit = {}) =>
  house.ask(`/r/${code}`, { ...init, headers: { 'user-agent': BROWSER, ...(init.headers as Record<string, string>) } });

describe('a tracked link', () => {
  test('leads to the article, is not kept by caches, and counts', async () => {
    const before = await house.ports.store.engagements.clickCounts();
    const answer = await open();
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://news.example/bakery?id=7');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer-when-downgrade');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const now = await house.ports.store.engagements.clickCounts();
    expect(now.person).toBe((before.person ?? 0) + 1);
  });

  const others: [string, RequestInit, 'head' | 'prefetch' | 'bot'][] = [
    ['HEAD', { method: 'HEAD' }, 'head'],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch' } }, 'prefetch'],
    ['a bot', { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } }, 'bot'],
  ];
  test.each(others)('followed by %s leads there too and is kept, not counted', async (_, init, kind) => {
    const before = await house.ports.store.engagements.clickCounts();
    const answer = await open(init);
    expect(answer.status).toBe(302);
    const now = await house.ports.store.engagements.clickCounts();
    expect(now).toEqual({ ...before, [kind]: (before[kind] ?? 0) + 1 });
  });

  test('can’t be led elsewhere by anything in the request', async () => {
    const evil = 'https://evil.example';
    for (const path of [
      `/r/${code}?url=${evil}`,
      `/r/${code}?target=${evil}&next=//evil.example`,
      `/r/${code}#${evil}`,
    ]) {
      const answer = await house.ask(path, {
        headers: { 'user-agent': BROWSER, 'x-forwarded-host': 'evil.example', referer: evil },
      });
      expect(answer.headers.get('location')).toBe('https://news.example/bakery?id=7');
    }
    for (const path of [`/r/${evil}`, `/r/${encodeURIComponent(evil)}`, '/r/%2F%2Fevil.example', '/r/', '/r/nothing']) {
      const answer = await house.ask(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  test('keeps no address of a reader anywhere in the log', async () => {
    await open({ headers: { 'x-forwarded-for': '203.0.113.77' } });
    expect(house.logged()).not.toContain('203.0.113.77');
  });
});
