import { describe, expect, test } from 'vitest';
import { densestText } from '../../src/feeds/densest-text.ts';
import { parseDocument } from '../../src/feeds/dom.ts';
import { withoutEdgeLines } from '../../src/feeds/edge-lines.ts';
import { detectLanguage } from '../../src/feeds/language.ts';

describe('the language of a short text', () => {
  test.each([
    ['Upe šonakt pārplūda krastus', 'lv'],
    ['Upė šiąnakt išsiliejo iš krantų', 'lt'],
    ['Этой ночью река вышла из берегов', 'ru'],
    ['Тази нощ реката излезе от бреговете си', 'bg'],
    ['Цієї ночі річка вийшла з берегів', 'uk'],
    ['У гэтую ноч рака выйшла з берагоў', 'be'],
    ['I natt gikk elva over sine bredder', 'no'],
    ['I nat gik åen over sine bredder og ud', 'da'],
    ['Inatt svämmade ån över och ut på ängen', 'sv'],
    ['V noci se řeka vylila z břehů', 'cs'],
    ['Esta noite o rio transbordou', 'pt'],
    ['今夜、川が氾濫しました', 'ja'],
    ['강이 범람했습니다 오늘 밤', 'ko'],
    ['आज रात नदी अपने किनारों से बाहर', 'hi'],
  ])('%s is %s', async (text, language) => {
    expect(await detectLanguage(text)).toBe(language);
  });

  test('is not guessed from a few letters', async () => {
    expect(await detectLanguage('Upe 2026')).toBeNull();
  });
});

test('lines at the edges go, the same words inside stay', () => {
  const long = 'The council met on the hill and asked everybody to subscribe to the plan. '.repeat(6).trim();
  const text = ['By Jane Doe', 'November 23, 2026', long, 'Jane Doe', long, long, long, long, 'Follow us on X'].join(
    '\n\n',
  );
  expect(withoutEdgeLines(text, ['Jane Doe']).split('\n\n')).toEqual([long, long, long, long, long]);
  expect(withoutEdgeLines('November 23, 2026', [])).toBe('November 23, 2026');
});

test('the densest part of a page is where its paragraphs stand together, not its menus', () => {
  const words = 'A sentence long enough to be a paragraph of its own, and then some more of it.';
  const menu = `<nav>${`<li>${words}</li>`.repeat(9)}</nav>`;
  const document = parseDocument(
    `<html><head></head><body>${menu}<div><div><p>${words} One.</p></div><div><p>${words} Two.</p></div></div></body></html>`,
  );
  expect(densestText(document)).toBe(`${words} One.\n\n${words} Two.`);
  expect(densestText(parseDocument('<html><head></head><body><p>Short.</p></body></html>'))).toBe('');
});
