import type { DomElement } from './dom.ts';

/** Names that themes give to what stands in an article and isn't part of it. Whole words of a class; ids name headings. */
const ASIDE =
  /(?:^|[\s_-])(?:captions?|credits?|related|recirc|newsletter|subscribe|subscription|share|sharing|social|promo|outbrain|taboola|also-?like|read-?more|see-?also|dateline|byline|timestamp|publish(?:ed)?-?date|post-?meta|entry-?meta|author-?(?:bio|box|info)|tags|comments?|breadcrumbs?|disclaimer|advert(?:isement)?)(?:$|[\s_-])/iu;
/** Elements that never hold the article's own words. */
const APART = 'figcaption, aside, nav, footer, form, [itemprop~="caption"], [itemprop~="datePublished"]';
/** What holds more of the text than this is the article, whatever it is called. */
const MOST = 0.3;
/** A block whose words are links to this share leads elsewhere. */
const LINKED = 0.75;

/** Takes captions, bylines, share bars, and lists of other articles out of what the extractor found. Changes `content`. */
export function cleanArticle(content: DomElement): void {
  const whole = lengthOf(content);
  const isSmall = (element: DomElement) => lengthOf(element) < whole * MOST;
  for (const element of content.querySelectorAll(APART)) if (isSmall(element)) element.remove();
  for (const element of content.querySelectorAll('[class]'))
    if (ASIDE.test(element.getAttribute('class') ?? '') && isSmall(element)) element.remove();
  for (const element of content.querySelectorAll('ul, ol, p, div, section, h2, h3, h4, h5')) {
    if (isSmall(element) && linkShare(element) > LINKED && !element.querySelector('pre, table, blockquote'))
      element.remove();
  }
  dropEmptyHeadings(content);
}

/** A heading that only introduced what is gone. */
function dropEmptyHeadings(content: DomElement): void {
  const blocks = [...content.querySelectorAll('h1, h2, h3, h4, h5, h6, p, li, blockquote, pre, table, div')];
  let following = false;
  let level = 7;
  for (const block of blocks.reverse()) {
    const heading = /^h([1-6])$/u.exec(block.localName);
    if (!heading) {
      const own = block.localName !== 'div' || [...block.querySelectorAll('p, div, li')].length === 0;
      if (own && lengthOf(block) > 0) following = true;
      continue;
    }
    const own = Number(heading[1]);
    if (!following && own >= level) block.remove();
    else if (!following && level === 7) block.remove();
    else level = own;
    following = false;
  }
}

function linkShare(element: DomElement): number {
  const length = lengthOf(element);
  if (length === 0) return 0;
  let linked = 0;
  for (const link of element.querySelectorAll('a[href]')) linked += lengthOf(link);
  return linked / length;
}

function lengthOf(element: DomElement): number {
  return (element.textContent ?? '').replace(/\s+/gu, ' ').trim().length;
}
