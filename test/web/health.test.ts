import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/lib/clock.ts';
import type { Ports } from '../../src/ports/app.ts';
import { createWeb } from '../../src/web/index.ts';
import { codesIn, type House, openHouse, STORY } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ channels: ['plain', '!plain-two'] });
});
afterAll(() => house.close());

/** The same web with a database that refuses, or never answers. */
function broken(health: () => Promise<never>) {
  const store = new Proxy(house.ports.store, {
    get: (target, name) => (name === 'health' ? health : Reflect.get(target, name)),
  });
  return createWeb({
    ports: { ...house.ports, store } as Ports,
    queue: { depths: async () => [] },
    mode: { preview: false, missing: [] },
  });
}

describe('health', () => {
  test('is good with a database and a queue', async () => {
    const ready = await house.ask('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      ready: true,
      reasons: [],
      database: true,
      queue: true,
      oldestUnsentSeconds: null,
      waitingJobs: 2,
      failedJobs: 0,
    });
    expect((await house.ask('/healthz')).status).toBe(200);
  });

  test('names a database that refuses, and the process still lives', async () => {
    const app = broken(() => Promise.reject(new Error('connection refused')));
    const ready = await app.request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      ready: false,
      database: false,
      reasons: ['database: connection refused'],
    });
    expect((await app.request('/healthz')).status).toBe(200);
  });

  test('names a database that never answers, within seconds', async () => {
    const ready = await broken(() => new Promise<never>(() => {})).request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ reasons: ['database: no answer within 3 s'] });
  });

  test('names a queue that does not answer', async () => {
    const app = createWeb({
      ports: house.ports,
      queue: { depths: () => Promise.reject(new Error('no queue')) },
      mode: { preview: false, missing: [] },
    });
    const ready = await app.request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ reasons: ['queue: no queue'] });
  });

  test('names a delivery that is due and stays unsent', async () => {
    await house.news([STORY]);
    const view = (await house.posts()).find((one) => one.post.state === 'review');
    if (view === undefined) throw new Error('a post must wait for review');
    const as = await house.login();
    await house.send(`/posts/${view.post.id}/approve`, {}, as);
    expect((await house.ask('/readyz')).status).toBe(200);
    house.clock.advance(HOUR);
    const late = await house.ask('/readyz');
    expect(late.status).toBe(503);
    expect(await late.json()).toMatchObject({ reasons: ['deliveries: the oldest has been due for 60 minutes'] });
  });
});

describe('metrics', () => {
  test('count articles, deliveries, clicks, leads and jobs in Prometheus’ format', async () => {
    const sent = (await house.posts()).find((view) => view.delivery?.state === 'confirmed');
    await house.ask(`/r/${codesIn(sent?.post.text ?? '', 'r')[0]}`, { method: 'HEAD' });
    const answer = await house.ask('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
    const text = await answer.text();
    for (const line of [
      'crier_info{version="0.0.0-test"} 1',
      'crier_database_up 1',
      'crier_articles{fate="posted"} 1',
      'crier_source_seen{brand="main",source="1"} 1',
      'crier_source_articles{brand="main",source="1",fate="posted"} 1',
      'crier_deliveries{state="confirmed"} 1',
      'crier_deliveries{state="waiting"} 1',
      'crier_clicks{class="head"} 1',
      'crier_leads 0',
      'crier_queue_jobs{verb="write",state="active"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/mu);
    for (const line of text.split('\n')) expect(line).toMatch(/^(#.*|\w+(\{[^}]*\})? -?[\d.e+]+|)$/u);
  });

  test('say when the database is away instead of failing', async () => {
    const app = broken(() => Promise.reject(new Error('away')));
    const text = await (await app.request('/metrics')).text();
    expect(text).toContain('crier_database_up 0');
    expect(text).not.toContain('crier_articles{');
  });

  test('asked for twice at once do not mix', async () => {
    const [left, right] = await Promise.all([house.ask('/metrics'), house.ask('/metrics')]);
    const lines = async (answer: Response) =>
      (await answer.text())
        .split('\n')
        .filter((line) => !line.startsWith('process_') && !line.startsWith('crier_database_bytes'));
    expect(await lines(left)).toEqual(await lines(right));
  });
});
