import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchError } from '../lib/errors.ts';

/** How an address may be reached: `open` = it may be private, the installation said so; `guarded` = public only. */
export type Access = 'open' | 'guarded';

/** Which addresses the guarded fetch may open. */
export interface AddressRules {
  /** `host:port` pairs that may be private and on any port. */
  allowPrivate: readonly string[];
  /** Single addresses that may be opened although private, e.g. Crier's own sample pages. */
  allowUrl?: ((url: URL) => boolean) | undefined;
}

/** Ports below 1024 that feeds are served on. The others there belong to mail, shells, files and the like. */
const LOW_PORTS = new Set([80, 443]);

/**
 * Ports above that speak something other than HTTP, or HTTP that is nobody's news: the Fetch standard's bad ports and
 * the usual databases, queues and container interfaces. Feeds on other odd ports do exist.
 */
const BAD_HIGH_PORTS = new Set([
  1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 4369,
  5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092,
  9200, 9300, 10080, 10250, 10255, 11211, 15672, 27017, 27018, 27019, 50000,
]);

/** Names that mean this machine or this network, whatever a resolver says. A name without a dot is one of them. */
const LOCAL_NAME = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa)$/u;

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP literal (with or without brackets) is a public unicast address. Private, loopback, link-local, special
 * and multicast ones aren't, nor IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/gu, '');
  if (isIP(bare) === 0) return false;
  const parsed = ipaddr.parse(bare);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

/** The address as a URL. Throws FetchError `blocked` when it isn't one. */
export function parseAddress(address: string, base?: string): URL {
  const url = URL.parse(address, base);
  if (url) return url;
  throw new FetchError('blocked', `"${address.slice(0, 200)}" is not a web address.`, {
    cure: 'Give a whole address, like https://example.com/feed.xml.',
  });
}

/** How `url` may be reached. Throws FetchError `blocked` when scheme, port, credentials or host forbid it. */
export function createAccessRule({ allowPrivate, allowUrl }: AddressRules): (url: URL) => Access {
  const allowed = new Set(allowPrivate.map(hostAndPort));
  return (url) => {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw blocked(url, `"${url.protocol}" addresses are not opened`, 'Only http and https are.');
    if (url.username || url.password)
      throw blocked(url, 'the address carries a user name or password', 'Give the address without them.');
    if (allowUrl?.(url) || allowed.has(`${url.hostname}:${portOf(url)}`)) return 'open';
    const port = portOf(url);
    if (port < 1024 ? !LOW_PORTS.has(port) : BAD_HIGH_PORTS.has(port))
      throw blocked(url, `port ${port} is not one that web pages are served on`, ALLOW);
    const host = url.hostname.replace(/\.$/u, '');
    const literal = host.startsWith('[') || isIP(host) !== 0;
    if (literal ? !isPublicAddress(host) : LOCAL_NAME.test(host) || !host.includes('.')) throw privateAddress(url.host);
    return 'guarded';
  };
}

/** The error for a host that is, or leads to, a private address. */
export function privateAddress(host: string): FetchError {
  return new FetchError('blocked', `${host} is a private or special address, which feeds may not lead Crier to.`, {
    cure: ALLOW,
  });
}

const ALLOW = 'If it is your own server, name it as host:port in FETCH_ALLOW_PRIVATE.';

function blocked(url: URL, why: string, cure: string): FetchError {
  return new FetchError('blocked', `${url.href.slice(0, 200)} was not opened: ${why}.`, { cure });
}

function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

/** `Example.com:80` as the URL standard spells it. */
function hostAndPort(entry: string): string {
  const port = /:(\d+)$/u.exec(entry)?.[1] ?? '80';
  const url = URL.parse(`http://${entry}`);
  return url ? `${url.hostname}:${port}` : entry;
}
