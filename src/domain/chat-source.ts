/** More links than this in one message are not its news but a list. */
export const LINKS_A_MESSAGE = 10;

/** The address under which a chat is stored as a source: `platform:address`, as channels are named. */
export function chatUrl(chat: { platform: string; address: string }): string {
  return `${chat.platform}:${chat.address}`;
}

interface Named {
  name: string | null;
  feed: { url: string; kind: string | null; title: string | null };
}

/** What a person calls a source. A chat says where it is: `Telegram chat “News desk”`. */
export function sourceName({ name, feed }: Named): string {
  if (feed.kind !== 'chat') return name ?? feed.title ?? feed.url;
  const platform = feed.url.slice(0, feed.url.indexOf(':'));
  return `${platform.slice(0, 1).toUpperCase()}${platform.slice(1)} chat “${name ?? feed.title ?? feed.url}”`;
}

/**
 * The links of one message that are news: web addresses, each once, at most LINKS_A_MESSAGE, none of our own (they lead
 * to what was posted already).
 */
export function newsLinks(links: readonly string[], publicUrl: string): string[] {
  const found = new Set<string>();
  const own = new URL(publicUrl);
  for (const link of links) {
    const url = URL.parse(link);
    if (url === null || !/^https?:$/u.test(url.protocol) || !url.hostname.includes('.')) continue;
    if (url.host === own.host && url.pathname.startsWith(own.pathname)) continue;
    found.add(url.href);
  }
  return [...found].slice(0, LINKS_A_MESSAGE);
}
