import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { detectLanguage } from '../../src/feeds/language.ts';
import type { Part } from './part.ts';

/** Thirty-two languages that news is published in, by the file that holds their text. */
// biome-ignore format: a table
const FILES: Record<string, string> = {
  eng: 'en', lav: 'lv', rus: 'ru', lit: 'lt', est: 'et', deu_1996: 'de', fra: 'fr', spa: 'es', ita: 'it', por_PT: 'pt',
  nld: 'nl', pol: 'pl', ces: 'cs', slk: 'sk', hun: 'hu', ron_2006: 'ro', bul: 'bg', ukr: 'uk', ell_monotonic: 'el', fin: 'fi',
  swe: 'sv', dan: 'da', nob: 'no', tur: 'tr', arb: 'ar', heb: 'he', hin: 'hi', jpn: 'ja', kor: 'ko', cmn_hans: 'zh',
  tha: 'th', vie: 'vi',
};
const CUT_LENGTH = 30;
const CUTS_PER_LANGUAGE = 100;

/** The language of cuts of 30 characters, at the start of a word, evenly over the whole text. */
export async function languagePart(root: string): Promise<Part> {
  const part: Part = { name: 'udhr', met: 0, of: 0, misses: [], left: 0 };
  for (const [file, language] of Object.entries(FILES)) {
    for (const cut of cutsOf(readFileSync(join(root, `${file}.html`), 'utf8'))) {
      part.of += 1;
      const found = await detectLanguage(cut);
      // Norwegian's written form has a tag of its own.
      if ((found === 'nb' ? 'no' : found) === language) part.met += 1;
      else part.misses.push({ file, path: cut, expected: language, actual: found, reason: `taken for ${found}` });
    }
  }
  return part;
}

function cutsOf(html: string): string[] {
  const paragraphs = [...parseHTML(html).document.querySelectorAll('p, li')].map(({ textContent }) => textContent);
  const text = paragraphs.join(' ').replace(/\s+/gu, ' ').trim();
  const step = (text.length - CUT_LENGTH) / CUTS_PER_LANGUAGE;
  return Array.from({ length: CUTS_PER_LANGUAGE }, (_, index) => {
    const from = Math.floor(index * step);
    const word = text.indexOf(' ', from) + 1;
    // Scripts without spaces are cut anywhere.
    const start = word > 0 && word - from < CUT_LENGTH ? word : from;
    return text.slice(start, start + CUT_LENGTH);
  });
}
