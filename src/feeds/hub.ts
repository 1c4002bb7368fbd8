import type { FeedHub } from '../domain/source.ts';
import { absoluteUrl } from './absolute-url.ts';

/** Links to hubs and to itself that a feed or its answer carries, in their order. */
export interface HubLinks {
  hubs: string[];
  self: string | null;
}

/** Longer addresses are nobody's hub. */
const LONGEST = 2000;

/**
 * The hub to subscribe at and the topic to name there (WebSub 4): what the Link header says comes before what the
 * document says. Without a hub, or a link to itself, there is nothing to subscribe to. Relative links count from `url`.
 */
export function hubOf(linkHeader: string | null, document: HubLinks, url: string): FeedHub | null {
  const header = headerLinks(linkHeader ?? '');
  const hubs = [...header.hubs, ...document.hubs].map((one) => absoluteUrl(one, url));
  const hub = hubs.find((one) => one !== null && one.length <= LONGEST);
  const topic = absoluteUrl(header.self ?? document.self, url);
  return hub && topic && topic.length <= LONGEST ? { url: hub, topic } : null;
}

/** The links of a Link header (RFC 8288) that tell of hubs. One pass: nothing in it can take long. */
function headerLinks(header: string): HubLinks {
  const links: HubLinks = { hubs: [], self: null };
  for (const part of header.slice(0, 16_384).split('<').slice(1)) {
    const end = part.indexOf('>');
    if (end < 0) continue;
    const href = part.slice(0, end);
    const rels = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/iu.exec(part.slice(end));
    const names = (rels?.[1] ?? rels?.[2] ?? '').toLowerCase().split(/\s+/u);
    if (names.includes('hub')) links.hubs.push(href);
    if (names.includes('self')) links.self ??= href;
  }
  return links;
}

/** What a feed's own links say. */
export function linksOf(
  links: readonly { rel?: string | undefined; href?: string | undefined }[] | undefined,
): HubLinks {
  const withRel = (name: string) =>
    (links ?? []).flatMap(({ rel, href }) => (rel?.toLowerCase() === name && href ? [href] : []));
  return { hubs: withRel('hub'), self: withRel('self')[0] ?? null };
}
