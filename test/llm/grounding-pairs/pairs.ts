import { german } from './de.ts';
import { english } from './en.ts';
import { estonian } from './et.ts';
import { lithuanian } from './lt.ts';
import { latvian } from './lv.ts';
import { russian } from './ru.ts';

/** An article as a newsroom would write it, with posts about it in any of the six languages. */
export interface Story {
  article: string;
  publishedAt?: string;
  faithful: readonly string[];
  /** What is wrong stands between ⟦ and ⟧. */
  faulty: readonly string[];
}

/** Written by hand, by article's language; of each list every second story is only for reporting (see the benchmark). */
export const STORIES: Readonly<Record<string, readonly Story[]>> = {
  en: english,
  lv: latvian,
  ru: russian,
  de: german,
  lt: lithuanian,
  et: estonian,
};

/** A faulty text as people would read it, and where its fault stands. */
export function unmarked(text: string): { text: string; start: number; end: number } {
  const start = text.indexOf('⟦');
  return { text: text.replace(/[⟦⟧]/gu, ''), start, end: text.indexOf('⟧') - 1 };
}
