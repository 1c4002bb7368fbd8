import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { codesIn, type House, openHouse, STORY } from './house.ts';

const OWN = [
  '<script>window.hit=1</script>',
  '"><img src=x onerror=window.hit=1>',
  "' autofocus onfocus=window.hit=1 x='",
  '</textarea><svg onload=window.hit=1>',
  '</title><script>window.hit=1</script>',
  '</style><script>window.hit=1</script>',
  '<a href="javascript:window.hit=1">x</a>',
  '&lt;script&gt;window.hit=1&lt;/script&gt;',
  '<iframe srcdoc="<script>parent.hit=1</script>">',
  '{{constructor.constructor("window.hit=1")()}}',
  '\u202e<b>txet</b>\u2066',
  '<img src="https://evil.example/pixel.png">',
  '<form action="https://evil.example"><button>x',
  '<div hx-get="https://evil.example" hx-trigger="load">',
  'javascript:window.hit=1',
];
const blns = sharedPath('corpora', 'security', 'blns', 'blns.json');
const SETS: { name: string; texts: string[]; absent: boolean }[] = [
  { name: 'our own', texts: OWN, absent: false },
  {
    name: 'every ninth of the big list of naughty strings (../shared/corpora)',
    texts:
      blns === null
        ? []
        : (JSON.parse(readFileSync(blns, 'utf8')) as string[]).filter(
            (text, index) => index % 9 === 0 && text.trim() !== '',
          ),
    absent: blns === null,
  },
];

let house: House;
let as: string;
beforeAll(async () => {
  house = await openHouse({ channels: ['telegram', '!discord', '!x'] });
  as = await house.login();
}, 60_000);
afterAll(() => house.close());

/** What a page may hold: our own elements, and nothing that came in with a text. */
function expectInert(page: string, where: string): void {
  const { document } = parseHTML(page);
  for (const script of document.querySelectorAll('script'))
    expect([where, script.getAttribute('src')]).toEqual([where, '/htmx.js']);
  const refused: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const tag = element.tagName.toLowerCase();
    if (/^(iframe|object|embed|base|style|video|audio|template)$/u.test(tag)) refused.push(tag);
    for (const { name, value } of Array.from(element.attributes) as { name: string; value: string }[]) {
      const bad =
        /^(on\w+|style|srcdoc|formaction|srcset|background)$/iu.test(name) ||
        (/^(href|poster|data)$/iu.test(name) && !/^(https?:\/\/|\/|#|mailto:|tel:)/u.test(value)) ||
        (/^(src|action|hx-get|hx-post)$/iu.test(name) && !/^\/(?!\/)/u.test(value));
      if (bad) refused.push(`<${tag} ${name}="${value}">`);
    }
  }
  expect({ where, refused }).toEqual({ where, refused: [] });
}

describe.each(SETS)('naughty strings: $name', ({ texts, absent, name }) => {
  test.skipIf(absent)('stay text on the dashboard and on every public page', { timeout: 120_000 }, async () => {
    await house.news(
      texts.map((text, index) => ({
        title: text,
        text: `${text}\n\n${STORY.text}`,
        author: text,
        guid: `${name} ${index}`,
        url: `https://news.example/${encodeURIComponent(name)}/${index}`,
      })),
    );
    const articles = (await house.articles()).filter((article) => article.url.includes(encodeURIComponent(name)));
    expect(articles).toHaveLength(texts.length);
    let shown = 0;
    for (let path: string | undefined = '/'; path !== undefined; ) {
      const html: string = await (await house.ask(path, { as })).text();
      expectInert(html, path);
      shown += html.match(/class="story"/gu)?.length ?? 0;
      path = /href="(\/\?before=\d+)#articles"/u.exec(html)?.[1];
    }
    expect(shown).toBeGreaterThanOrEqual(texts.length);
    const mine = (await house.posts()).filter((view) => articles.some((article) => article.id === view.article.id));
    expect(mine.length).toBeGreaterThanOrEqual(texts.length);
    for (const { post, article } of mine) {
      const where = `of ${JSON.stringify(article.title)}`;
      expectInert(await (await house.ask(`/p/${post.code}`)).text(), `/p ${where}`);
      expectInert(await (await house.ask(`/posts/${post.id}`, { as })).text(), `/posts ${where}`);
      const [code] = codesIn(post.text, 'l');
      if (code) expectInert(await (await house.ask(`/l/${code}`)).text(), `/l ${where}`);
    }
  });

  test.skipIf(absent)('stay text in leads, and in a form that comes back', { timeout: 120_000 }, async () => {
    await house.news([{ ...STORY, title: `A form for ${name}`, guid: name, url: `https://news.example/?${name}` }]);
    const code = codesIn((await house.posts()).map((view) => view.post.text).join(' '), 'l')[0];
    const form = await (await house.ask(`/l/${code}`)).text();
    const wordingId = /name="wordingId" value="([^"]+)"/u.exec(form)?.[1] ?? '';
    for (const [index, text] of texts.entries()) {
      const sent = { name: text.slice(0, 200), message: text.slice(0, 4000), agreed: 'yes', wordingId };
      const back = await house.send(`/l/${code}`, { ...sent, email: text, phone: text, wordingId: text });
      expect(back.status).toBe(400);
      expectInert(await back.text(), `form with ${JSON.stringify(text)}`);
      const stored = await house.send(`/l/${code}`, { ...sent, email: `naughty${index}@${name.length}.example.com` });
      expect(stored.status).toBe(200);
    }
    const leads = await house.ports.store.leads.list({ brandId: house.brand.id, limit: texts.length });
    expect(leads).toHaveLength(texts.length);
    expectInert(await (await house.ask('/leads', { as })).text(), '/leads');
    for (const lead of leads)
      expectInert(await (await house.ask(`/leads/${lead.id}`, { as })).text(), `lead ${lead.id}`);
  });
});

describe('markup', () => {
  test('in the names of brands, channels and sources stay text too', async () => {
    const { store } = house.ports;
    const evil = '"><script>window.hit=1</script>';
    await store.brands.save({
      ...house.brand,
      name: evil,
      callToAction: evil,
      controller: { name: evil, contact: evil, privacyUrl: 'javascript:window.hit=1' },
    });
    for (const channel of await store.channels.list(house.brand.id))
      await store.channels.save({ ...channel, name: evil, reason: evil });
    const [source] = await store.sources.list(house.brand.id);
    if (source) await store.sources.saveFeed({ ...source.feed, title: evil, reason: evil, state: 'failing' });
    const [view] = await house.posts();
    for (const path of [
      '/',
      '/leads',
      `/p/${view?.post.code}`,
      `/l/${codesIn((await house.posts()).map((one) => one.post.text).join(' '), 'l')[0]}`,
    ])
      expectInert(await (await house.ask(path, { as })).text(), path);
  });

  test('of an address don’t come back as markup', async () => {
    for (const text of OWN)
      for (const path of [
        `/${encodeURIComponent(text)}`,
        `/r/${encodeURIComponent(text)}`,
        `/?days=${encodeURIComponent(text)}&before=${encodeURIComponent(text)}`,
      ])
        expectInert(await (await house.ask(path, { as })).text(), path);
    const login = await house.ask(`/login/${encodeURIComponent('"><script>')}`, { method: 'HEAD' });
    expect(login.status).toBe(200);
    const asked = await house.ask(`/login/${encodeURIComponent('"><script>')}`, {
      headers: { 'sec-purpose': 'prefetch' },
    });
    expectInert(await asked.text(), '/login');
  });
});
