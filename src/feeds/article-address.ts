/** Folders of lists, people and services. */
const NO_ARTICLE =
  /\/(?:tags?|categor(?:y|ies)|topics?|authors?|users?|profile|login|signin|register|search|page|about|contact|privacy|terms|cookies?|subscribe|newsletter|advertis\w+|careers|jobs|wp-admin|feed|rss|video|gallery)(?:\/|$)/iu;
const NO_PAGE = /\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|json|css|js|exe|docx?|xlsx?)$/iu;

/** Whether an address looks like one article's: a date, a number or a name of several words in its path, no list's folder. */
export function isArticleAddress(url: URL): boolean {
  const path = url.pathname;
  if (path === '/' || NO_ARTICLE.test(path) || NO_PAGE.test(path)) return false;
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  const words = last
    .replace(/\.\w{2,5}$/u, '')
    .split(/[-_]|%20|\+/u)
    .filter(Boolean);
  return (
    words.length >= 3 ||
    /\d{4,}/u.test(path) ||
    /\/20\d\d\/\d{1,2}\//u.test(path) ||
    /[?&](?:id|p|article)=\d/u.test(url.search)
  );
}

/** Whether two hosts are one site's: equal but for `www.`, `m.` and the like, or one below the other. */
export function isSameSite(left: URL, right: URL): boolean {
  const [one, other] = [left.hostname, right.hostname].map((host) =>
    host.replace(/^(?:www|m|mobile|amp)\.(?=[^.]+\.)/u, ''),
  ) as [string, string];
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

/** The day that an address carries (`/2026/11/23/`), at midnight UTC; null without one. */
export function dayOf(url: URL): Date | null {
  const found = /\/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:\D|$)/u.exec(url.pathname);
  if (!found) return null;
  const [, year, month, day] = found.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
