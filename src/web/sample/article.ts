/** One article of the built-in sample source. People and firms in it are invented. */
export interface SampleArticle {
  slug: string;
  /** BCP 47 primary tag. */
  language: 'en' | 'lv' | 'ru';
  title: string;
  summary: string;
  author: string;
  /** How long before the start of the program it says it was published. */
  hoursAgo: number;
  paragraphs: string[];
}
