/**
 * A document whose root is the channel, as RSS 2.0: RSS that forgot its outermost element, and CDF (1997), whose items
 * carry address and date as attributes and call their text `abstract`.
 */
export function rssOfChannel(xml: string): string {
  const lower = xml
    .replace(/<\?xml[^>]*\?>/iu, '')
    .replace(/<(\/?)(channel|item|title|abstract|link|description)(?=[\s/>])/giu, (_, end: string, name: string) => {
      const known = name.toLowerCase();
      return `<${end}${known === 'abstract' ? 'description' : known}`;
    });
  const items = lower.replace(/<(channel|item)(\s[^>]*)>/gu, (tag, name: string, attributes: string) => {
    if (attributes.endsWith('/')) return tag;
    const [, href] = /\shref\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/iu.exec(attributes) ?? [];
    const [, changed] = /\slastmod\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/iu.exec(attributes) ?? [];
    return `<${name}>${href ? `<link>${href}</link>` : ''}${changed ? `<pubDate>${changed}</pubDate>` : ''}`;
  });
  return `<rss version="2.0">${items}</rss>`;
}

/** RSS whose items stand right below its root, with the channel that the parser looks for. */
export function withChannel(xml: string): string {
  if (!/<rss[\s>]/iu.test(xml) || /<(?:[\w.-]+:)?channel[\s>]/iu.test(xml)) return xml;
  return xml.replace(/<rss(?:\s[^>]*)?>/iu, '$&<channel>').replace(/<\/rss\s*>\s*$/iu, '</channel></rss>');
}
