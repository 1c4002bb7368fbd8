import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STORIES } from '../../test/llm/grounding-pairs/pairs.ts';
import { sharedPath } from '../../test/support/shared.ts';

/** A sentence and the article it stands in. */
export interface Passage {
  sentence: string;
  article: string;
}
const PART = 14;

/**
 * Sentences in English, Latvian and Russian; null when the corpora are absent. The corpora's only long texts in Latvian
 * and Russian are the Universal Declaration (and one news page), poor in facts: half of the stories written by hand
 * that are for development stand beside them.
 */
export async function passages(): Promise<Record<'en' | 'lv' | 'ru', Passage[]> | null> {
  const truth = sharedPath('corpora', 'articles', 'aeb', 'ground-truth.json');
  const declarations = sharedPath('corpora', 'text', 'udhr');
  if (truth === null || declarations === null) return null;
  const bodies = Object.values<{ articleBody: string }>(JSON.parse(readFileSync(truth, 'utf8')));
  const declaration = (name: string) => parts(plain(readFileSync(join(declarations, `${name}.html`), 'utf8')));
  const stories = (language: string) =>
    (STORIES[language] ?? []).filter((_, index) => index % 2 === 0).map(({ article }) => article);
  return {
    en: bodies.flatMap(({ articleBody }) => of(articleBody)),
    lv: [...declaration('lav'), ...stories('lv')].flatMap(of),
    ru: [...declaration('rus'), ...stories('ru')].flatMap(of),
  };
}

function of(article: string): Passage[] {
  return sentences(article)
    .filter((sentence) => sentence.length > 40 && sentence.length < 400)
    .map((sentence) => ({ sentence, article }));
}

function sentences(text: string): string[] {
  return [...new Intl.Segmenter('und', { granularity: 'sentence' }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter(Boolean);
}

function plain(html: string): string {
  return html
    .replace(/<(style|script|head)[\s\S]*?<\/\1>/giu, '')
    .replace(/<[^>]*>/gu, '\n')
    .replace(/\s+/gu, ' ');
}

function parts(text: string): string[] {
  const all = sentences(text);
  return Array.from({ length: Math.floor(all.length / PART) }, (_, part) =>
    all.slice(part * PART, (part + 1) * PART).join(' '),
  );
}
