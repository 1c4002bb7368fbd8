import { type Clock, DAY } from '../lib/clock.ts';
import { FetchError } from '../lib/errors.ts';
import type { GuardedFetch } from './guarded-fetch.ts';

interface Rule {
  allow: boolean;
  pattern: string;
}

/** The name by which robots.txt may speak to Crier. */
const TOKEN = 'crier';
/** RFC 9309 2.4: not longer than a day. */
const KEPT_MS = DAY;
const MOST_SITES = 1000;
/** RFC 9309 2.5 wants at least 500 KiB read. */
const MOST_CHARACTERS = 512 * 1024;

/** Asks a site's robots.txt whether Crier may read a page; the answer is kept for a day. */
export function createRobots(guarded: Pick<GuardedFetch, 'get'>, clock: Clock) {
  const kept = new Map<string, { rules: Rule[]; until: number }>();
  const rulesOf = async (origin: string, signal: AbortSignal): Promise<Rule[]> => {
    const known = kept.get(origin);
    if (known && known.until > clock.now().getTime()) return known.rules;
    let rules: Rule[];
    try {
      const { body } = await guarded.get(`${origin}/robots.txt`, { headers: { accept: 'text/plain' }, signal });
      rules = robotsRules(new TextDecoder().decode(body));
    } catch (thrown) {
      if (!(thrown instanceof FetchError)) throw thrown;
      // RFC 9309 2.3.1: no file (4xx) allows everything; a server that can't answer allows nothing, for now.
      if (thrown.kind !== 'status' || (thrown.status ?? 500) >= 500) throw thrown;
      rules = [];
    }
    if (kept.size >= MOST_SITES) kept.clear();
    kept.set(origin, { rules, until: clock.now().getTime() + KEPT_MS });
    return rules;
  };
  return async (address: string, signal: AbortSignal): Promise<boolean> => {
    const url = new URL(address);
    return isAllowed(await rulesOf(url.origin, signal), url.pathname + url.search);
  };
}

/** The rules for Crier, or those for everybody where it isn't named. Groups of the same name are one (RFC 9309 2.2.1). */
export function robotsRules(text: string): Rule[] {
  const groups = new Map<string, Rule[]>([['*', []]]);
  let names: string[] = [];
  let inRules = false;
  for (const line of text.slice(0, MOST_CHARACTERS).split(/\r\n?|\n/u)) {
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/u.exec(line) ?? [];
    const field = key.toLowerCase();
    if (field === 'user-agent') {
      if (inRules) names = [];
      inRules = false;
      const name = value.trim().toLowerCase().split('/')[0] ?? '';
      names.push(name);
      if (!groups.has(name)) groups.set(name, []);
    } else if (field === 'allow' || field === 'disallow') {
      inRules = true;
      const pattern = value.trim();
      if (pattern) for (const name of names) groups.get(name)?.push({ allow: field === 'allow', pattern });
    }
  }
  return groups.get(TOKEN) ?? groups.get('*') ?? [];
}

/** The longest rule that fits decides, an Allow among equals; without one everything may be read (RFC 9309 2.2.2). */
export function isAllowed(rules: readonly Rule[], path: string): boolean {
  let best: Rule | null = null;
  for (const rule of rules) {
    if (!fits(plain(rule.pattern), plain(path))) continue;
    if (
      !best ||
      rule.pattern.length > best.pattern.length ||
      (rule.pattern.length === best.pattern.length && rule.allow)
    )
      best = rule;
  }
  return best?.allow ?? true;
}

/** `*` is anything, `$` at the end is the end. By hand: a pattern from a stranger is never made a regular expression. */
function fits(pattern: string, path: string): boolean {
  const ends = pattern.endsWith('$');
  const [start = '', ...parts] = (ends ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(start)) return false;
  let at = start.length;
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const found = ends && last ? path.length - part.length : path.indexOf(part, at);
    if (found < at || !path.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return !ends || at === path.length;
}

/** One spelling of what is percent-encoded. */
function plain(path: string): string {
  return path.replace(/%[\da-f]{2}/giu, (code) => code.toUpperCase()).replace(/[^\p{ASCII}]/gu, encodeURIComponent);
}
