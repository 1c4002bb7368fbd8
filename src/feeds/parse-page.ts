import { Readability } from '@mozilla/readability';
import { FetchError } from '../lib/errors.ts';
import { absoluteUrl } from './absolute-url.ts';
import { decodeText } from './charset.ts';
import { cleanArticle } from './clean-article.ts';
import { type DomElement, firstImage, parseDocument } from './dom.ts';
import { withoutEdgeLines } from './edge-lines.ts';
import { detectLanguage } from './language.ts';
import { byline, type PageFacts, pageFacts } from './page-facts.ts';
import type { RawDocument } from './parse-feed.ts';
import { plainParagraphs, readLine, textOf } from './plain-text.ts';

/** An article page: its text as paragraphs, and what it says of itself. */
export interface ParsedPage extends Omit<PageFacts, 'title'> {
  title: string;
  /** Empty when nothing on the page reads like an article. */
  text: string;
  /** What the text is written in; only looked for when the page doesn't declare it. */
  detected: string | null;
}

/** Extracts the article of an HTML page. Throws FetchError `unreadable`. Heavy: worker only. */
export async function parsePage({ body, contentType, url }: RawDocument): Promise<ParsedPage> {
  const html = decodeText(body, contentType);
  if (!/<[a-z!]/iu.test(html))
    throw new FetchError('unreadable', html.trim() ? 'The page is not HTML.' : 'The page is empty.', {
      cure: 'Open it in a browser; if it shows an article there, tell us about the site.',
    });
  const document = parseDocument(html);
  const { title, ...facts } = pageFacts(document, url);
  // Readability changes the document, so everything else is read before.
  const found = new Readability<DomElement>(document as never, {
    serializer: (node) => node as unknown as DomElement,
    disableJSONLD: true,
    keepClasses: true,
  }).parse();
  if (found?.content) cleanArticle(found.content);
  const author = facts.author ?? byline(found?.byline);
  const text = found?.content ? withoutEdgeLines(textOf(found.content), [title, author]) : '';
  const picture = found?.content ? absoluteUrl(firstImage(found.content), url) : null;
  return {
    ...facts,
    title: readLine(title ?? found?.title ?? ''),
    text: plainParagraphs(text),
    author,
    imageUrl: facts.imageUrl ?? picture,
    detected: facts.language ? null : await detectLanguage(text),
  };
}
