import type { DomDocument, DomElement } from './dom.ts';
import { textOf } from './plain-text.ts';

/** A paragraph shorter than this may be a menu entry. */
const PARAGRAPH_LENGTH = 60;
const FRAME = new Set(['nav', 'header', 'footer', 'aside', 'form']);

/**
 * The text around which most running paragraphs stand together: a second opinion for pages where the extractor finds
 * little. Paragraphs that are mostly links don't count. Empty when there is no such place.
 */
export function densestText(document: DomDocument): string {
  const weights = new Map<DomElement, number>();
  for (const paragraph of document.querySelectorAll('p, blockquote, li, pre')) {
    const length = runningLength(paragraph);
    if (length < PARAGRAPH_LENGTH) continue;
    const around = ancestors(paragraph);
    if (around.some(({ localName }) => FRAME.has(localName))) continue;
    // Paragraphs may be wrapped one by one, so what is around their parent counts too, by less.
    for (const [index, element] of around.slice(0, 2).entries())
      weights.set(element, (weights.get(element) ?? 0) + length * 0.6 ** index);
  }
  let best: DomElement | null = null;
  for (const [element, weight] of weights) if (!best || weight > (weights.get(best) ?? 0)) best = element;
  return best ? textOf(best) : '';
}

function runningLength(paragraph: DomElement): number {
  let length = (paragraph.textContent ?? '').trim().length;
  for (const link of paragraph.querySelectorAll('a')) length -= (link.textContent ?? '').length;
  return length;
}

/** From the nearest outwards. */
function ancestors(element: DomElement): DomElement[] {
  const found: DomElement[] = [];
  for (let node = element.parentNode; node && node.nodeType === 1; node = node.parentNode)
    found.push(node as DomElement);
  return found;
}
