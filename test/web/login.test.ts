import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/lib/clock.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe('a login link', () => {
  test('logs in once and leads to the dashboard', async () => {
    const token = await house.token();
    const first = await house.ask(`/login/${token}`);
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/');
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^crier=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/u);
    expect((await house.ask('/', { as: cookie.split(';')[0] as string })).status).toBe(200);

    const second = await house.ask(`/login/${token}`);
    expect(second.status).toBe(410);
    expect(second.headers.get('set-cookie')).toBeNull();
    expect(await second.text()).toContain('npm run crier -- login');
  });

  test('lets one of ten simultaneous openings in', async () => {
    const token = await house.token();
    const answers = await Promise.all(Array.from({ length: 10 }, () => house.ask(`/login/${token}`)));
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  const ahead: [string, RequestInit][] = [
    ['a HEAD request', { method: 'HEAD' }],
    ['a browser that prefetches', { headers: { 'sec-purpose': 'prefetch' } }],
    ['a browser that prerenders', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['an older browser that prefetches', { headers: { purpose: 'prefetch' } }],
    ['the link preview of a messenger', { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } }],
    [
      'another link preview',
      { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)' } },
    ],
    ['a crawler', { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' } }],
  ];
  test.each(ahead)('is not used up by %s', async (_, init) => {
    const token = await house.token();
    const looked = await house.ask(`/login/${token}`, init);
    expect(looked.status).toBe(200);
    expect(looked.headers.get('set-cookie')).toBeNull();
    expect((await house.ask(`/login/${token}`)).status).toBe(303);
  });

  test('that was looked at ahead offers a button, which works once', async () => {
    const token = await house.token();
    const looked = await house.ask(`/login/${token}`, { headers: { 'user-agent': 'SomeBot/1.0' } });
    expect(await looked.text()).toContain(`<form method="post" action="/login/${token}">`);
    expect((await house.send(`/login/${token}`, {})).status).toBe(303);
    expect((await house.send(`/login/${token}`, {})).status).toBe(410);
  });

  test('expires after ten minutes', async () => {
    const token = await house.token();
    house.clock.advance(10 * MINUTE);
    expect((await house.ask(`/login/${token}`)).status).toBe(410);
  });

  test('that was made up does not work and says so', async () => {
    for (const token of ['x', 'A'.repeat(43), "'--", '%00', '..%2F..']) {
      expect((await house.ask(`/login/${token}`)).status).toBe(410);
    }
  });

  test('never reaches the log', async () => {
    const token = await house.token();
    await house.ask(`/login/${token}`);
    expect(house.logged()).toContain('member logged in');
    expect(house.logged()).not.toContain(token);
  });
});

describe('a session', () => {
  test('ends with a log-out, for every copy of its cookie', async () => {
    const as = await house.login();
    const out = await house.send('/logout', {}, as);
    expect(out.status).toBe(303);
    expect(out.headers.get('set-cookie')).toMatch(/^crier=; Max-Age=0/u);
    expect((await house.ask('/', { as })).status).toBe(401);
  });

  test('ends after seven days', async () => {
    const as = await house.login();
    house.clock.advance(7 * DAY - MINUTE);
    expect((await house.ask('/', { as })).status).toBe(200);
    house.clock.advance(MINUTE);
    expect((await house.ask('/', { as })).status).toBe(401);
  });

  test('that ended makes a part of a page ask for the whole page', async () => {
    const answer = await house.ask('/numbers', { headers: { 'hx-request': 'true' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('hx-refresh')).toBe('true');
  });
});

test('over https the cookie is bound to this host and never sent in the clear', async () => {
  const secure = await openHouse({ publicUrl: 'https://news.example.com' });
  try {
    const answer = await secure.ask(`/login/${await secure.token()}`);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-crier=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/u,
    );
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d+/u);
    expect((await secure.ask('/', { as: answer.headers.get('set-cookie')?.split(';')[0] as string })).status).toBe(200);
  } finally {
    await secure.close();
  }
});
