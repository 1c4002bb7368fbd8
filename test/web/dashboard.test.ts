import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { codesIn, type House, openHouse, STORY } from './house.ts';

let house: House;
let as: string;
beforeAll(async () => {
  house = await openHouse({
    channels: ['telegram', 'discord', '!x'],
    mode: { preview: true, missing: ['TELEGRAM_BOT_TOKEN=1:x', 'PUBLIC_URL=https://x.example', 'OPENAI_API_KEY=sk-x'] },
  });
  as = await house.login();
});
afterAll(() => house.close());

const text = async (path: string) => (await house.ask(path, { as })).text();
const inReview = async () => (await house.posts()).filter((view) => view.post.state === 'review');
const htmx = { 'hx-request': 'true' };

describe('before the first article', () => {
  test('the page waits by itself, with scripts and without', async () => {
    const html = await text('/');
    expect(html).toContain('hx-get="/articles?after=0" hx-trigger="every 1s"');
    expect((await house.ask('/articles?after=0', { as })).status).toBe(204);
  });

  test('says which lines make it real', async () => {
    const html = await text('/');
    expect(html).toContain('these three lines');
    expect(html).toContain('TELEGRAM_BOT_TOKEN=1:x\nPUBLIC_URL=https://x.example\nOPENAI_API_KEY=sk-x');
  });
});

describe('an article', () => {
  beforeAll(() => house.news([{ ...STORY, language: 'en' }]));

  test('shows its fate, source, language and a post for each channel as it looks there', async () => {
    const html = await text('/');
    expect(html).toContain(STORY.title);
    expect(html).toContain('News Example');
    expect(html).toContain('English');
    for (const look of ['telegram-post', 'discord-post', 'x-post']) expect(html).toContain(`class="${look}`);
    const css = await text('/looks.css');
    for (const look of ['.telegram-post', '.discord-post', '.x-post']) expect(css).toContain(look);
    expect(html).toMatch(/href="\/p\/[0-9A-Za-z]{10}">provenance/u);
  });

  test('comes to a page that is open already, once', async () => {
    const part = await house.ask('/articles?after=0', { as });
    expect(part.headers.get('hx-trigger')).toBe('story-changed');
    const html = await part.text();
    expect(html).toContain(STORY.title);
    const next = /hx-get="(\/articles\?after=\d+)"/u.exec(html)?.[1] ?? '';
    expect((await house.ask(next, { as })).status).toBe(204);
  });

  test('is approved by a button that replaces its story, and by a form where no script runs', async () => {
    const [view] = await inReview();
    const part = await house.send(`/posts/${view?.post.id}/approve`, {}, as, htmx);
    expect(part.status).toBe(200);
    const html = await part.text();
    expect(html).toMatch(/^<article class="story"/u);
    expect(html).not.toContain('Approve');
    expect((await house.posts()).find((one) => one.post.id === view?.post.id)?.post).toMatchObject({
      state: 'approved',
      approvedBy: 'Owner',
    });

    await house.news([{ ...STORY, title: 'Second story', guid: 'second', url: 'https://news.example/second' }]);
    const [second] = await inReview();
    const plain = await house.send(`/posts/${second?.post.id}/reject`, { reason: 'off topic' }, as);
    expect(plain.status).toBe(303);
    expect(plain.headers.get('location')).toBe(`/#article-${second?.article.id}`);
    expect((await house.posts()).find((one) => one.post.id === second?.post.id)?.post).toMatchObject({
      state: 'rejected',
      reason: 'off topic',
    });
  });

  test('that was decided meanwhile says so and stays', async () => {
    const decided = (await house.posts()).find(
      (view) => view.post.approvedBy === 'Owner' && view.post.state === 'approved',
    );
    const part = await house.send(`/posts/${decided?.post.id}/reject`, {}, as, htmx);
    expect(await part.text()).toContain('is approved already (by Owner)');
    const plain = await house.send(`/posts/${decided?.post.id}/reject`, {}, as);
    expect(plain.status).toBe(400);
    expect(await plain.text()).toContain('is approved already (by Owner)');
  });

  test('shows what a changed text claims beyond the article', async () => {
    await house.news([{ ...STORY, title: 'Third story', guid: 'third', url: 'https://news.example/third' }]);
    const [view] = await inReview();
    const id = view?.post.id;
    expect(await text(`/posts/${id}`)).toContain('<textarea id="text"');
    const saved = await house.send(`/posts/${id}/edit`, { text: 'Sales rose by 98765 percent.\r\nSecond line' }, as);
    expect(saved.status).toBe(303);
    expect((await house.posts()).find((one) => one.post.id === id)?.post).toMatchObject({
      text: expect.stringContaining('Sales rose by 98765 percent.\nSecond line'),
      writer: 'person',
    });
    const html = await text('/');
    expect(html).toContain('Not in the article:');
    expect(html).toMatch(/<mark>98765/u);

    const long = await house.send(`/posts/${id}/edit`, { text: `unsaved ${'x'.repeat(500)}` }, as);
    expect(long.status).toBe(400);
    const page = await long.text();
    expect(page).toContain('unsaved xxx');
    expect(page).toContain('role="alert"');
  });

  test('of a post that is not there is answered with a page that says so', async () => {
    for (const path of [
      '/posts/99999',
      '/posts/x',
      '/posts/0',
      '/posts/99999999999999999999',
      '/leads/99999',
      '/articles/99999',
    ])
      expect((await house.ask(path, { as })).status).toBe(404);
    expect((await house.send('/posts/99999/approve', {}, as)).status).toBe(404);
  });
});

describe('an unclear delivery', () => {
  async function unclear(title: string): Promise<number> {
    await house.news([{ ...STORY, title, guid: title, url: `https://news.example/${encodeURIComponent(title)}` }]);
    const [view] = await inReview().then((views) => views.filter((one) => one.article.title === title));
    await house.send(`/posts/${view?.post.id}/approve`, {}, as);
    const delivery = (await house.posts()).find((one) => one.post.id === view?.post.id)?.delivery;
    if (delivery == null) throw new Error('an approved post must have a delivery');
    const { store, clock } = house.ports;
    await store.deliveries.begin(delivery.id, { id: crypto.randomUUID(), body: 'bytes' }, clock.now());
    house.clock.advance(1000);
    await store.deliveries.abandonDead(clock.now(), 'the answer never came', clock.now());
    return delivery.id;
  }
  const stateOf = async (id: number) => (await house.ports.store.deliveries.get(id))?.state;

  test('is shown first, with three ways to settle it', async () => {
    const id = await unclear('Unclear one');
    const html = await text('/');
    expect(html).toContain('Is it there?');
    expect(html).toContain('the answer never came');
    expect(html).toContain(`action="/deliveries/${id}/settle"`);
    expect((await house.send(`/deliveries/${id}/settle`, { verdict: 'perhaps' }, as)).status).toBe(400);
    expect(await stateOf(id)).toBe('unclear');
    const done = await house.send(`/deliveries/${id}/settle`, { verdict: 'there', url: 'https://t.example/1' }, as);
    expect(done.status).toBe(303);
    expect(await house.ports.store.deliveries.get(id)).toMatchObject({
      state: 'confirmed',
      url: 'https://t.example/1',
    });
    expect((await house.send(`/deliveries/${id}/settle`, { verdict: 'again' }, as)).status).toBe(400);
  });

  test('is sent again or dropped by a person’s word', async () => {
    const again = await unclear('Unclear two');
    await house.send(`/deliveries/${again}/settle`, { verdict: 'again' }, as);
    expect(await stateOf(again)).toBe('waiting');
    const dropped = await unclear('Unclear three');
    await house.send(`/deliveries/${dropped}/settle`, { verdict: 'drop' }, as);
    expect(await stateOf(dropped)).toBe('dropped');
  });

  test('never takes an address that would run as a script', async () => {
    const id = await unclear('Unclear four');
    await house.send(`/deliveries/${id}/settle`, { verdict: 'there', url: 'javascript:alert(1)' }, as);
    expect((await house.ports.store.deliveries.get(id))?.url).toBeNull();
  });
});

describe('numbers', () => {
  test('follow a click and a lead from the post to the report', async () => {
    const view = (await house.posts()).find(
      (one) => one.delivery?.state === 'confirmed' && one.channel.address === 'telegram',
    );
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    await house.ask(`/r/${codesIn(view?.post.text ?? '', 'r')[0]}`, { headers: browser });
    const code = codesIn(view?.post.text ?? '', 'l')[0];
    const form = await (await house.ask(`/l/${code}`)).text();
    await house.send(`/l/${code}`, {
      name: '=HYPERLINK("https://evil.example")',
      email: 'lead@example.com',
      phone: '+37120000000',
      agreed: 'yes',
      wordingId: /name="wordingId" value="([^"]+)"/u.exec(form)?.[1] ?? '',
    });
    const report = (await (await house.ask('/report.json?days=7', { as })).json()) as Report;
    expect(report.days).toBe(7);
    expect(report.total).toMatchObject({ clicks: 1, leads: 1 });
    expect(report.leads[0]).toMatchObject({ postId: view?.post.id, articleId: view?.article.id });
    const html = await text('/');
    expect(html).toMatch(
      /aria-label="From article to lead: \d+ articles, \d+ posts, \d+ delivered, 1 clicks, 1 leads\."/u,
    );

    const leads = await text('/leads');
    expect(leads).toContain('lead@example.com');
    expect(leads).toContain('left a phone number');
    expect(leads).toContain(view?.article.title);
    const lead = await text(`/leads/${report.leads[0]?.id}`);
    expect(lead).toContain('I agree that');
    expect(lead).toContain('HYPERLINK');
  });

  test('come as CSV with one row per post, no formulas, as a file', async () => {
    await house.news([{ ...STORY, title: '=cmd|calc', guid: 'formula', url: 'https://news.example/formula' }]);
    const answer = await house.ask('/report.csv?days=30', { as });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report-30-days.csv"');
    const csv = await answer.text();
    expect(csv.split('\n')[0]).toMatch(/^id,articleId,title,url,channel/u);
    expect(csv).toContain("'=cmd|calc");
    expect(csv).not.toMatch(/(^|,)"?=cmd/mu);
  });

  test('take only days that make sense', async () => {
    for (const days of ['0', '-1', '1e9', 'x', '7.5', ''])
      expect(await (await house.ask(`/report.json?days=${days}`, { as })).json()).toMatchObject({ days: 7 });
  });
});

test('a member of another brand sees and decides nothing of this one', async () => {
  const stranger = await house.loginAsStranger();
  const [view] = await inReview();
  const [lead] = await house.ports.store.leads.list({ brandId: house.brand.id, limit: 1 });
  const home = await (await house.ask('/', { as: stranger })).text();
  expect(home).not.toContain(STORY.title);
  for (const path of [`/posts/${view?.post.id}`, `/leads/${lead?.id}`, `/articles/${view?.article.id}`])
    expect([path, (await house.ask(path, { as: stranger })).status]).toEqual([path, 404]);
  const deeds = ['approve', 'reject', 'edit'].map((deed) => `/posts/${view?.post.id}/${deed}`);
  const delivery = (await house.posts()).find((one) => one.delivery !== null)?.delivery;
  for (const path of [...deeds, `/leads/${lead?.id}/erase`, `/deliveries/${delivery?.id}/settle`])
    expect([path, (await house.send(path, { text: 'x', verdict: 'drop' }, stranger)).status]).toEqual([path, 404]);
  expect(await inReview()).toContainEqual(view);
});

describe('a lead', () => {
  test('is erased by a marketer, and is gone', async () => {
    const [lead] = await house.ports.store.leads.list({ brandId: house.brand.id, limit: 1 });
    expect((await house.send(`/leads/${lead?.id}/erase`, {}, as)).status).toBe(303);
    expect(await text('/leads')).not.toContain('lead@example.com');
    expect((await house.ask(`/leads/${lead?.id}`, { as })).status).toBe(404);
  });
});

test('older articles are a page away', async () => {
  await house.news(
    Array.from({ length: 25 }, (_, index) => ({
      ...STORY,
      title: `Numbered ${String(index).padStart(2, '0')}`,
      guid: `numbered-${index}`,
      url: `https://news.example/numbered/${index}`,
    })),
  );
  const seen: string[] = [];
  for (let path: string | undefined = '/'; path !== undefined; ) {
    const html: string = await text(path);
    seen.push(...[...html.matchAll(/id="(article-\d+)"/gu)].map((match) => match[1] as string));
    path = /href="(\/\?before=\d+)#articles"/u.exec(html)?.[1];
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength((await house.articles()).length);
});

test('a failure of our own shows a page without details and is logged once, without the address', async () => {
  const { store } = house.ports;
  const original = store.reports.funnel;
  store.reports.funnel = () => Promise.reject(new Error('secret detail'));
  try {
    const answer = await house.ask('/', { as });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret detail');
    expect(house.logged()).toContain('secret detail');
  } finally {
    store.reports.funnel = original;
  }
});
