import { parseHTML } from 'linkedom';

/** The part of the DOM that reading foreign HTML needs. */
export interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly parentNode: DomNode | null;
}
export interface DomElement extends DomNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  remove(): void;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}
export interface DomDocument extends DomElement {
  readonly documentElement: DomElement;
  readonly body: DomElement;
}

/** HTML as a document with head and body, however little of that it has. Heavy: worker only. */
export function parseDocument(html: string): DomDocument {
  const whole = /<body[\s>]/iu.test(html) ? html : withBody(html);
  return (parseHTML(whole) as { document: DomDocument }).document;
}

/** linkedom leaves text outside of a body where it is, and then nothing is found in the body, nor a title in the head. */
function withBody(html: string): string {
  const attributes = /<html\b([^>]*)>/iu.exec(html)?.[1] ?? '';
  const title = /<title\b[^>]*>[^<]*<\/title>/iu.exec(html)?.[0] ?? '';
  const inner = html.replace(title, '').replace(/<!doctype[^>]*>|<\/?(?:html|head|body)\b[^>]*>/giu, '');
  return `<!doctype html><html${attributes}><head>${title}</head><body>${inner}</body></html>`;
}

/** Whether the node is an element, with attributes and children. */
export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}

/** Whether the node is a piece of text. */
export function isText(node: DomNode): boolean {
  return node.nodeType === 3;
}

/** The first picture that isn't a counting pixel, as its src says. */
export function firstImage(root: DomElement): string | null {
  for (const image of root.querySelectorAll('img[src]')) {
    const tiny = ['width', 'height'].some((side) => /^[0-3](px)?$/u.test(image.getAttribute(side) ?? ''));
    const source = image.getAttribute('src')?.trim() ?? '';
    if (!tiny && source && !source.startsWith('data:')) return source;
  }
  return null;
}
