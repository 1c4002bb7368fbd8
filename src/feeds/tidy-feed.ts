import { withChannel } from './bare-channel.ts';

/**
 * Forms that feeds do use and the parser doesn't know, in forms that it does: an RSS namespace prefix on every element,
 * text in base64, a text that is given as XHTML in an element of its own, an author that Dublin Core calls creator, no
 * channel around the items, a last tag that is cut off.
 */
export function tidyFeed(xml: string): string {
  return withChannel(unprefixed(withCreators(decoded(plainBodies(closed(xml))))));
}

/** `</rss` at the very end. */
function closed(xml: string): string {
  return /<\/[\w.:-]+\s*$/u.test(xml.slice(-200)) ? `${xml.trimEnd()}>` : xml;
}

/** Dublin Core has no `author`; feeds that write it mean the creator. */
function withCreators(xml: string): string {
  if (!xml.includes('<dc:author')) return xml;
  return xml.replaceAll('<dc:author', '<dc:creator').replaceAll('</dc:author', '</dc:creator');
}

/** RSS whose own elements carry a prefix, `<r:rss><r:channel>`. */
function unprefixed(xml: string): string {
  const prefix = /<([\w.-]+):rss[\s>]/u.exec(xml.slice(0, 4096))?.[1];
  return prefix ? xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</') : xml;
}

/** Userland's `fullitem` and an XHTML `body` mean what everybody else calls content:encoded. */
function plainBodies(xml: string): string {
  if (!/<(?:fullitem|(?:\w+:)?body)\b/u.test(xml) || !/<rss\b/u.test(xml)) return xml;
  return xml.replace(
    /<(fullitem|(?:\w+:)?body)\b[^>]*>((?:(?!<\/\1>)[\s\S])*)<\/\1>/gu,
    (_whole, name: string, inner: string) =>
      `<content:encoded>${name === 'fullitem' ? inner : cdata(inner)}</content:encoded>`,
  );
}

/** Atom 0.3 said it with `mode`, Atom 1.0 with a type that isn't text. */
function decoded(xml: string): string {
  if (!/\b(?:mode|type)\s*=\s*["'](?:base64|application\/octet-stream)["']/u.test(xml)) return xml;
  return xml.replace(
    /<(title|summary|content|tagline|subtitle)\b([^>]*\b(?:mode|type)\s*=\s*["'](?:base64|application\/octet-stream)["'][^>]*)>([\w+/=\s]*)<\/\1>/gu,
    (_whole, name: string, attributes: string, packed: string) => {
      const base = /\bxml:base\s*=\s*(?:"[^"]*"|'[^']*')/u.exec(attributes)?.[0] ?? '';
      const type = /\btype\s*=\s*["']text\/plain["']/u.test(attributes) ? 'text' : 'html';
      return `<${name} type="${type}" ${base}>${cdata(Buffer.from(packed, 'base64').toString('utf8'))}</${name}>`;
    },
  );
}

function cdata(text: string): string {
  return `<![CDATA[${text.replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/u, '$1').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
