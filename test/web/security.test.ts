import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse, STORY } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ channels: ['!plain'] });
  await house.news([STORY]);
});
afterAll(() => house.close());

describe('answers of every kind', () => {
  test.each(['/', '/healthz', '/style.css', '/nothing', '/l/unknown', '/sample', '/metrics'])(
    'of %s carry the security headers',
    async (path) => {
      const { headers } = await house.ask(path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';/u);
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe/u);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    },
  );
});

describe('a request that another site makes a browser send', () => {
  const own = 'http://127.0.0.1:3000';
  const cases: [string, Record<string, string>, boolean][] = [
    ['same origin, old browser', { origin: own }, true],
    ['same origin', { origin: own, 'sec-fetch-site': 'same-origin' }, true],
    ['typed by the person', { 'sec-fetch-site': 'none' }, true],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ['another site, old browser', { origin: 'https://evil.example' }, false],
    ['a sister site', { origin: 'http://x.127.0.0.1:3000', 'sec-fetch-site': 'same-site' }, false],
    ['another port of this machine', { origin: 'http://127.0.0.1:4000' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['another site that lies in Origin', { origin: own, 'sec-fetch-site': 'cross-site' }, false],
  ];
  test.each(cases)('%s: %o → let in: %s', async (_, headers, letIn) => {
    const as = await house.login();
    for (const init of [
      { body: new URLSearchParams({ reason: 'x' }) },
      // A content type that a form can't have must not be a way around.
      { body: '{}', headers: { 'content-type': 'application/json' } },
    ]) {
      const response = await house.ask('/deliveries/999/settle', {
        method: 'POST',
        ...init,
        headers: { ...('headers' in init ? init.headers : {}), ...headers, host: '127.0.0.1:3000' },
        as,
      });
      expect(response.status).toBe(letIn ? 404 : 403);
    }
  });

  test('decides nothing', async () => {
    const as = await house.login();
    const [view] = await house.posts();
    const refused = await house.send(`/posts/${view?.post.id}/approve`, {}, as, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    expect(refused.status).toBe(403);
    expect((await house.posts())[0]?.post.state).toBe('review');
  });
});

describe('roles', () => {
  const routes: [string, 'GET' | 'POST', 'manager' | 'marketer'][] = [
    ['/', 'GET', 'manager'],
    ['/numbers', 'GET', 'manager'],
    ['/articles', 'GET', 'manager'],
    ['/articles/1', 'GET', 'manager'],
    ['/report.csv', 'GET', 'manager'],
    ['/report.json', 'GET', 'manager'],
    ['/leads', 'GET', 'manager'],
    ['/leads/1', 'GET', 'manager'],
    ['/leads/1/erase', 'POST', 'marketer'],
    ['/posts/1', 'GET', 'marketer'],
    ['/posts/1/approve', 'POST', 'marketer'],
    ['/posts/1/reject', 'POST', 'marketer'],
    ['/posts/1/edit', 'POST', 'marketer'],
    ['/deliveries/1/settle', 'POST', 'marketer'],
  ];
  test.each(routes)('%s (%s) is for members who may act as %s… only', async (path, method, role) => {
    const ask = (as?: string) => (method === 'GET' ? house.ask(path, as ? { as } : {}) : house.send(path, {}, as));
    const nobody = await ask();
    expect(nobody.status).toBe(401);
    expect(await nobody.text()).toContain('npm run crier -- login');
    expect((await ask('crier=made-up')).status).toBe(401);
    const manager = (await ask(await house.login('manager'))).status;
    if (role === 'marketer') expect(manager).toBe(403);
    else expect([200, 204, 404]).toContain(manager);
    expect([401, 403]).not.toContain((await ask(await house.login('marketer'))).status);
  });
});
