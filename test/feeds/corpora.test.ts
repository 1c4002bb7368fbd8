import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { parseDate } from '../../src/feeds/dates.ts';
import { createParser } from '../../src/feeds/parser.ts';
import { silentLog } from '../../src/lib/log.ts';
import { sharedPath } from '../support/shared.ts';

const signal = new AbortController().signal;
const parser = createParser({ log: silentLog });
afterAll(() => parser.close());

const raw = (path: string, contentType: string | null = null) => {
  const bytes = readFileSync(path);
  return {
    body: new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes),
    contentType,
    url: 'https://river.example/feed',
  };
};

const smallweb = sharedPath('corpora', 'feeds', 'fastfeedparser', 'smallweb200');
test.skipIf(!smallweb)('every real feed of the small web is read', { timeout: 60_000 }, async () => {
  const names = readdirSync(smallweb ?? '');
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const parsed = await parser.feed(raw(join(smallweb ?? '', name)), signal);
    if (parsed.kind !== 'feed') throw new Error(`${name} is a page`);
    expect(parsed.entries.length, name).toBeGreaterThan(0);
    for (const entry of parsed.entries) {
      expect(URL.canParse(entry.url), name).toBe(true);
      expect(entry.title, name).not.toBe('');
      expect(`${entry.title}${entry.text}`, name).not.toMatch(/[\u0000-\u0008\u000b-\u001f]|&amp;amp;|&nbsp;/u);
    }
  }
});

const articles = sharedPath('corpora', 'articles', 'readability');
const PAGES = [
  'aclu',
  'ars-1',
  'bbc-1',
  'blogger',
  'citylab-1',
  'cnet',
  'engadget',
  'guardian-1',
  'heise',
  'lemonde-1',
];
describe.skipIf(!articles)('a saved news page', () => {
  test.each(PAGES)('%s gives a title and a text', async (name) => {
    const folder = join(articles ?? '', name);
    expect(existsSync(folder)).toBe(true);
    const expected = JSON.parse(readFileSync(join(folder, 'expected-metadata.json'), 'utf8')) as { title: string };
    const page = await parser.page(raw(join(folder, 'source.html.gz'), 'text/html; charset=utf-8'), signal);
    expect(page.title).toBe(expected.title.replace(/\s+/gu, ' '));
    expect(page.text.length).toBeGreaterThan(500);
    expect(page.text).not.toMatch(/<\/?(p|div|span)\b|\n{3}/u);
  });
});

const encoded = sharedPath('corpora', 'feeds', 'miniflux');
describe.skipIf(!encoded)('a feed in an odd charset', () => {
  test.each([
    ['encoding/koi8r.xml', null, 'Пример RSS ленты'],
    ['encoding/iso-8859-1.xml', null, 'é'],
    ['encoding/windows-1252.xml', null, 'Euro €'],
    ['encoding/windows-1252-incorrect-prolog.xml', 'application/xml; charset=utf-8', 'Euro €'],
    ['encoding/utf8.xml', null, '테스트 피드'],
    ['encoding/invalid-prolog.xml', null, '테스트 피드'],
    ['encoding/utf8-incorrect-prolog.xml', 'application/xml; charset=utf-8', '테스트 피드'],
    ['parser/encoding_ISO-8859-1.xml', null, 'Golem.de'],
    ['parser/encoding_WINDOWS-1251.xml', null, 'iBash.Org.Ru'],
    ['parser/no_encoding_ISO-8859-1.xml', null, 'Flux RSS du magazine de psychologie Le Cercle Psy'],
    ['parser/urdu_UTF8.xml', null, 'BBC News اردو'],
  ])('%s is read', async (path, contentType, words) => {
    const parsed = await parser.feed(raw(join(encoded ?? '', path), contentType), signal);
    if (parsed.kind !== 'feed') throw new Error('a page');
    expect(`${parsed.feed.title}`).toContain(words);
    expect(JSON.stringify(parsed)).not.toContain('\ufffd');
  });
});

/** Calendars and spellings that no news feed has used for twenty years. */
const UNREAD = new Set(['greek', 'hungarian', 'iso8601', 'nate', 'onblog']);
const dates = sharedPath('corpora', 'feeds', 'feedparser', 'dates.json');
test.skipIf(!dates)('the odd dates of feedparser are read, or are none', () => {
  const list = JSON.parse(readFileSync(dates ?? '', 'utf8')) as {
    parser: string;
    input: string;
    expected_utc_struct: number[] | null;
  }[];
  const checked = list.filter(({ parser: kind, input }) => !UNREAD.has(kind) && !input.includes('0100 00:00'));
  expect(checked.length).toBeGreaterThan(50);
  for (const { input, expected_utc_struct: expected } of checked) {
    const [year = 0, month = 0, day, hour, minute, second] = expected ?? [];
    const instant = expected && new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString();
    expect(
      parseDate(input)
        ?.toISOString()
        .replace(/\.\d{3}/u, '.000') ?? null,
      input,
    ).toBe(instant);
  }
});
