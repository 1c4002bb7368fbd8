import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPEN_FILTER } from '../../src/domain/filter.ts';
import { DAY } from '../../src/lib/clock.ts';
import { type House, openHouse, STORY } from './house.ts';

let house: House;
let as: string;
let id: number;
beforeAll(async () => {
  house = await openHouse({ channels: ['telegram'] });
  as = await house.login();
  await house.news([
    { ...STORY, title: 'A casino opens on the hill' },
    { ...STORY, title: 'Old news of the river', publishedAt: new Date(house.clock.now().getTime() - 9 * DAY) },
    { ...STORY, title: 'Saule spīd', language: 'lv' },
  ]);
  id = (await house.ports.store.sources.list(house.brand.id))[0]?.id ?? 0;
});
afterAll(() => house.close());

const text = async (path: string) => (await house.ask(path, { as })).text();
const filterOf = async () => (await house.ports.store.sources.get(id))?.filter;
const brandFilter = async () => (await house.ports.store.brands.get(house.brand.id))?.filter;
const script = { 'hx-request': 'true' };

describe('the page of a source', () => {
  test('is linked from the list and accounts for every article', async () => {
    expect(await text('/')).toContain(`href="/sources/${id}"`);
    const html = await text(`/sources/${id}`);
    const { counts } = (await house.ports.store.sources.list(house.brand.id))[0] ?? expect.fail();
    expect(counts.seen).toBe(3);
    expect(counts.posted + counts.filtered + counts.waiting + counts.failed).toBe(counts.seen);
    const numbers = [...html.matchAll(/<dt>([A-Z][a-z ]+)<\/dt><dd>(\d+)<\/dd>/gu)].map(([, name, number]) => [
      name,
      Number(number),
    ]);
    expect(numbers).toEqual([
      ['Seen', counts.seen],
      ['Posted', counts.posted],
      ['Left out', counts.filtered],
      ['Waiting', counts.waiting],
      ['Failed', counts.failed],
    ]);
    expect(html).toMatch(/Last good poll<\/dt><dd><time[^>]*>just now/u);
    expect(html).toMatch(/Next try<\/dt><dd><time[^>]*>in \d+/u);
  });

  test('says why a source fails and when it is tried again, in words', async () => {
    const source = (await house.ports.store.sources.get(id)) ?? expect.fail();
    const { feed } = source;
    const now = house.clock.now();
    await house.ports.store.sources.saveFeed({
      ...feed,
      state: 'failing',
      failures: 3,
      reason: 'The server was asked too often (429).',
      nextPollAt: new Date(now.getTime() + 20 * 60_000),
    });
    const html = await text(`/sources/${id}`);
    expect(html).toContain('Failing');
    expect(html).toContain('The server was asked too often (429).');
    expect(html).toContain('3 failures in a row');
    expect(html).toMatch(/Next try<\/dt><dd><time[^>]*>in 20 minutes/u);
    await house.ports.store.sources.saveFeed(feed);
  });

  test('of another brand, or of none, is not there', async () => {
    const stranger = await house.loginAsStranger();
    expect((await house.ask(`/sources/${id}`, { as: stranger })).status).toBe(404);
    expect((await house.send(`/sources/${id}/filter`, { exclude: 'river' }, stranger)).status).toBe(404);
    expect((await house.ask('/sources/999999', { as })).status).toBe(404);
    expect(await filterOf()).toEqual(OPEN_FILTER);
  });
});

describe('a filter', () => {
  test('says what it would leave out of the latest articles, and changes nothing by that', async () => {
    const preview = await house.send(
      `/sources/${id}/filter/preview`,
      { exclude: 'casino', 'max-age': '7d' },
      as,
      script,
    );
    const html = await preview.text();
    expect(html).toMatch(/^<section class="trial"/u);
    expect(html).toContain('Of the last 3 articles, this would leave out <b>2</b>');
    expect(html).toContain('A casino opens on the hill');
    expect(html).toContain('“casino” in the title');
    expect(html).toContain('9 days old');
    expect(html).not.toContain('Saule');
    expect(await filterOf()).toEqual(OPEN_FILTER);
  });

  test('is previewed where no script runs, with what was typed', async () => {
    const page = await house.send(`/sources/${id}/filter/preview`, { language: 'lv' }, as);
    const html = await page.text();
    expect(html).toContain('<h1>');
    expect(html).toMatch(/name="language"[^>]*value="lv"/u);
    expect(html).toContain('leave out <b>2</b>');
  });

  test('is saved, shown again, and counts the brand’s own beside it', async () => {
    const fields = { require: 'saul*, river', exclude: 'casino', language: '', 'ignore-diacritics': 'yes' };
    const answer = await house.send(`/sources/${id}/filter`, fields, as);
    expect(answer.status).toBe(303);
    expect(await filterOf()).toEqual({
      ...OPEN_FILTER,
      requireWords: ['saul*', 'river'],
      excludeWords: ['casino'],
      ignoreDiacritics: true,
    });
    const html = await text(answer.headers.get('location') ?? '');
    expect(html).toContain('Saved.');
    expect(html).toContain('>saul*, river</textarea>');
    expect((await house.send('/filter', { language: 'en' }, as)).status).toBe(303);
    expect(await brandFilter()).toEqual({ ...OPEN_FILTER, languages: ['en'] });
    const both = await text(`/sources/${id}`);
    expect(both).toContain('language en');
    expect(both).toContain('The brand’s own filter leaves out 1 more');
    await house.send('/filter', { language: '' }, as);
  });

  test('that can’t be used changes nothing; each field says why, in plain words, and keeps what was typed', async () => {
    const before = await filterOf();
    const answer = await house.send(
      `/sources/${id}/filter`,
      { require: '(a+)+$', 'max-age': 'soon', 'min-length': '-1' },
      as,
    );
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('3 fields can’t be used');
    expect(html).toContain('“soon” is not a time like 90m, 48h, 7d or 2w.');
    expect(html).toContain('value="soon"');
    expect(html).toContain('>(a+)+$</textarea>');
    expect(html.match(/aria-invalid/gu)).toHaveLength(3);
    expect(await filterOf()).toEqual(before);
    const preview = await house.send(`/sources/${id}/filter/preview`, { 'max-age': 'so' }, as, script);
    const words = await preview.text();
    expect(words).toContain('when that field is in order');
    expect(words).toContain('Not older than: “so” is not a time');
  });

  test('about a subject can’t be set where there is no model to ask', async () => {
    const answer = await house.send(`/sources/${id}/filter`, { about: 'green energy' }, as);
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain('Only a model can tell what an article is about');
    expect(html).toContain('OPENAI_API_KEY');
    expect(html).toMatch(/name="about"[^>]*value="green energy"/u);
    expect((await filterOf())?.about).toBeNull();
  });

  test('is only seen by managers, and changed by marketers', async () => {
    const manager = await house.login('manager');
    const html = await (await house.ask(`/sources/${id}`, { as: manager })).text();
    expect(html).toContain('require saul*, river');
    expect(html).not.toContain('<textarea');
    expect((await house.send(`/sources/${id}/filter`, { exclude: 'x' }, manager)).status).toBe(403);
    expect((await house.send('/filter', { exclude: 'x' }, manager)).status).toBe(403);
  });
});
