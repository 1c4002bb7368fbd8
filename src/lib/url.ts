/** Query parameters that only tell who sent the reader. */
const TRACKING = /^(utm_|mc_|pk_|hsa_|_hs)|^(fbclid|gclid|dclid|yclid|msclkid|igshid|ref_src|cmpid|ocid|spm)$/iu;

/**
 * One spelling of an address: lower-case host, no `www.`, fragment or tracking parameters, the rest of the query sorted,
 * no default port, no slash at the end of a path, https for http. Not for fetching: only for telling whether two are the same.
 */
export function canonicalUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.protocol === 'http:') url.protocol = 'https:';
  url.hash = '';
  url.hostname = url.hostname.replace(/^www\./u, '');
  const kept = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
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
