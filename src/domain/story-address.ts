import { canonicalUrl } from '../lib/url.ts';

/**
 * What names a story by its address alone, before its page is read: canonicalUrl without what only says for which screen
 * the page is drawn (AMP, mobile hosts). Hosts and paths are folded only where the rest names one story by itself, so
 * that two pages are never taken for one because of a short name both happen to have. Decision 0009.
 */
export function storyAddress(address: string): string {
  const url = URL.parse(canonicalUrl(originalAddress(address)));
  if (url === null || url.protocol !== 'https:') return canonicalUrl(address);
  for (const [name, value] of [...url.searchParams]) if (isAmp(name, value)) url.searchParams.delete(name, value);
  for (let before = ''; before !== url.href; ) {
    before = url.href;
    const path = withoutAmp(url.pathname);
    if (!tells(path)) break;
    url.pathname = path;
    const host = url.hostname.replace(SCREEN, '');
    if (!isSuffix(host)) url.hostname = host;
  }
  return canonicalUrl(url.href);
}

/** The publisher's own address of a page in an AMP cache or viewer; any other address as it is. */
export function originalAddress(address: string): string {
  const url = URL.parse(address);
  const [, secure, host, rest = ''] =
    (url && pathInCache(url)?.match(/^(s\/)?([a-z\d.-]+\.[a-z\d-]{2,})(\/.*)?$/iu)) ?? [];
  if (url === null || host === undefined) return address;
  const original = URL.parse(`${secure ? 'https' : 'http'}://${host}${rest}${url.search}`);
  return original === null ? address : originalAddress(original.href);
}

const CACHE_HOST = /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com|amp\.cloudflare\.com)$/u;
const VIEWER_HOST = /^(?:www\.)?(?:google(?:\.com?)?\.[a-z]{2,3}|bing\.com)$/u;

/** The part of the path that is the publisher's address. Pictures and scripts of a cache (`/i/`, `/r/`) have none. */
function pathInCache({ hostname, pathname }: URL): string | null {
  if (CACHE_HOST.test(hostname)) return /^\/(?:c|v|wp)\/(.+)$/u.exec(pathname)?.[1] ?? null;
  if (VIEWER_HOST.test(hostname)) return /^\/amp\/(.+)$/u.exec(pathname)?.[1] ?? null;
  return null;
}

function isAmp(name: string, value: string): boolean {
  if (/^(?:amp|_amp|is_?amp|amp_html)$/iu.test(name)) return /^(?:1|true|yes|amp|html)?$/iu.test(value);
  if (/^(?:output|outputtype|view|format)$/iu.test(name)) return /^amp(?:html)?$/iu.test(value);
  return /^(?:amp_(?:js_v|gsa|ct|tf|lite|kit|r)|usqp)$/iu.test(name);
}

/** `/amp/a`, `/a/amp`, `/a.amp`, `/a.amp.html` → `/a`, `/a.html`. */
function withoutAmp(path: string): string {
  return path
    .replace(/^\/amp(?=\/.)/iu, '')
    .replace(/(.)\/amp\/?$/iu, '$1')
    .replace(/\.amp(?=\.html?$|$)/iu, '');
}

const SCREEN = /^(?:m|mobile|amp|wap|touch)\./u;

/** Whether what is left of a host would be nobody's: `com`, `co.uk`, an address of four numbers. */
function isSuffix(host: string): boolean {
  return !host.includes('.') || /^(?:com?|org?|net?|gov?|edu?|ac|go|mil|gob|gouv|gv)\.[a-z]{2}$/u.test(host);
}

/** Whether a path names one story by itself: a number of four digits that is no year, or a name of three words. */
function tells(path: string): boolean {
  return path
    .split('/')
    .some(
      (part) =>
        /\d{4}/u.test(part.replace(/^(?:19|20)\d\d$/u, '')) || part.split(/[-_+]|%20/u).filter(Boolean).length >= 3,
    );
}
