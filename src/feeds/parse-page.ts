import { Readability } from '@mozilla/readability';
import { FetchError } from '../lib/errors.ts';
import { absoluteUrl } from './absolute-url.ts';
import { decodeText } from './charset.ts';
import { cleanArticle } from './clean-article.ts';
import { densestText } from './densest-text.ts';
import { type DomElement, firstImage, parseDocument } from './dom.ts';
import { withoutEdgeLines } from './edge-lines.ts';
import { detectLanguage } from './language.ts';
import { boundedLine } from './limits.ts';
import { byline, type PageFacts, pageFacts } from './page-facts.ts';
import type { RawDocument } from './parse-feed.ts';
import { plainParagraphs, readFragment, readLine, textOf } from './plain-text.ts';

/** An article page: its text as paragraphs, and what it says of itself. */
export interface ParsedPage extends Omit<PageFacts, 'title' | 'body'> {
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
  const { title, body: given, ...facts } = pageFacts(document, url);
  // Readability changes the document, so everything else is read before.
  const found = new Readability<DomElement>(document as never, {
    serializer: (node) => node as unknown as DomElement,
    disableJSONLD: true,
    keepClasses: true,
  }).parse();
  const author = facts.author ?? byline(found?.byline);
  const extracted = found?.content ? cleanText(found.content) : '';
  const text = withoutEdgeLines(bestText(extracted, given, html), [title, author]);
  const picture = found?.content ? absoluteUrl(firstImage(found.content), url) : null;
  return {
    ...facts,
    title: boundedLine(readLine(title ?? found?.title ?? '')),
    text: plainParagraphs(text),
    author,
    imageUrl: facts.imageUrl ?? picture,
    detected: facts.language ? null : await detectLanguage(text),
  };
}

/** Cleaning that leaves less than this has mistaken the article for its surroundings. */
const LEAST_KEPT = 0.4;
/** A page with less than this has hidden its article from the extractor. */
const POOR_LENGTH = 250;
/** A second text must be longer by this, since it may only hold more of the surroundings. */
const RICHER = 2;

function cleanText(content: DomElement): string {
  const whole = textOf(content);
  cleanArticle(content);
  const clean = textOf(content);
  return clean.length >= whole.length * LEAST_KEPT ? clean : whole;
}

/** The extractor's text, unless it is poor and the page's own data or its densest part has far more. */
function bestText(extracted: string, given: string | null, html: string): string {
  const body = given ? readFragment(given).text : '';
  if (body.length >= POOR_LENGTH && body.length > extracted.length * RICHER) return body;
  if (extracted.length >= POOR_LENGTH) return extracted;
  // Anew, since the extractor has taken the document apart.
  const densest = densestText(parseDocument(html));
  return densest.length >= POOR_LENGTH && densest.length > extracted.length * RICHER ? densest : extracted;
}
