/**
 * Query parameters that only tell who sent the reader, as browsers, analytics and newsletters name them (the lists of
 * Firefox's query stripping, ClearURLs and the senders' own manuals). Names that somewhere name a story (id, p, page, cid,
 * source) are not here.
 */
// biome-ignore format: a table
const TRACKING = new RegExp(`^(?:${[
  // campaigns
  'utm_\\w+', '(?:pk|piwik|mtm|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)', 'hsa_\\w+',
  'at_(?:medium|campaign|campaign_type|format|ptr_name|link_\\w+|bbc_team|custom\\d|creation|send_date)', 'cmpid', 'ocid',
  'ncid', 's_cid', 'xtor', 'wt\\.mc_id', '__?openstat', 'icid', 'ito', 'smid', 'smtyp', 'mbid', 'guccounter',
  'guce_referrer(?:_sig)?', 'spm', '_branch_match_id', '_branch_referrer',
  // clicks
  'fbclid', 'fb_(?:action_ids|action_types|ref|source)', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source',
  'gad_campaignid', 'srsltid', 'yclid', 'ysclid', 'ymclid', 'msclkid', 'twclid', 'ttclid', 'li_fat_id', 'epik', 'rdt_cid',
  'sc_(?:cid|llid|lid|uid|src)', 'irclickid', 'rb_clickid', 'wickedid', 'igsh(?:id)?', '_ga', '_gl', 'ref_(?:src|url)',
  '__twitter_impression', 'sr_share', 'tblci', 'obOrigUrl', 'dicbo',
  // letters
  'mc_(?:cid|eid|tc)', '_hsenc', '_hsmi', '__hs(?:sc|tc|fp)', 'hsctatracking', 'mkt_tok', 'vero_(?:id|conv)',
  'oly_(?:enc|anon)_id', '_bta_(?:tid|c)', 'ck_subscriber_id', '_ke', '_kx', 'ml_subscriber(?:_hash)?', 'elqtrackid',
  'elq(?:aid|at|campaignid)?', 'nr_email_referer', 'trk_(?:contact|msg|module|sid)',
].join('|')})$`, 'iu');

/** Parameters that may name anything, and the values by which they only name the way a reader came. */
const WAY = /^(?:ref|referr?er|source|src|from|via|partner|emc|cmp|share|campaign)$/iu;
const WAYS =
  /^(?:(?:rss|atom)(?:[._-]?(?:feed|news|\d(?:\.\d)?))?|feeds?|feedburner|facebook|fb|twitter|x\.com|t\.co|linkedin|whatsapp|telegram|tg|viber|vk|reddit|hackernews|hn|producthunt|pinterest|instagram|threads|mastodon|bluesky|flipboard|newsletter|e-?mail|push|social|google-?news|homepage|front-?page)$/iu;

/**
 * One spelling of an address: lower-case host, no `www.`, fragment or tracking parameters, the rest of the query sorted,
 * no default port, no slash at the end of a path, https for http. A fragment that names a page of its own (`#!`) stays.
 * Not for fetching: only for telling whether two are the same.
 */
export function canonicalUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.protocol === 'http:') url.protocol = 'https:';
  if (!url.hash.startsWith('#!')) url.hash = '';
  url.hostname = url.hostname.replace(/\.$/u, '').replace(/^(?:www\.)+(?=[^.]+\.)/u, '');
  const kept = [...url.searchParams]
    .filter(([name, value]) => !TRACKING.test(name) && !(WAY.test(name) && WAYS.test(value)))
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  url.search = new URLSearchParams(kept).toString();
  url.pathname = url.pathname.replace(/\/+$/u, '') || '/';
  return url.href;
}

/** Whether only this machine can open the address: localhost, 127.0.0.0/8 or ::1. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/u.test(hostname);
}
