/** What a robots.txt says to Crier (RFC 9309). */
export interface RobotsFile {
  rules: readonly RobotsRule[];
  /** The pause that it wants between two pages, which is no part of the RFC but widely written; 0 = none. */
  delayMs: number;
}

export interface RobotsRule {
  allow: boolean;
  /** In one spelling of what is percent-encoded. */
  pattern: string;
}

/** The name by which robots.txt may speak to Crier. */
const TOKEN = 'crier';
/** RFC 9309 2.5 wants at least 500 KiB read. */
const MOST_CHARACTERS = 512 * 1024;

/** What is said to Crier, or to everybody where it isn't named. Groups of the same name are one (RFC 9309 2.2.1). */
export function parseRobots(text: string): RobotsFile {
  const groups = new Map<string, { rules: RobotsRule[]; delayMs: number }>();
  let names: string[] = [];
  let inRules = false;
  for (const line of text.slice(0, MOST_CHARACTERS).split(/\r\n?|\n/u)) {
    const [, key = '', rest = ''] = /^[\s\ufeff]*([\w-]+)\s*:\s*([^#]*)/u.exec(line) ?? [];
    const field = key.toLowerCase();
    const value = rest.trim();
    if (field === 'user-agent') {
      if (inRules) names = [];
      inRules = false;
      const name = value.toLowerCase().split('/')[0] ?? '';
      // Nobody else's group is ever asked.
      if (name !== TOKEN && name !== '*') continue;
      names.push(name);
      if (!groups.has(name)) groups.set(name, { rules: [], delayMs: 0 });
    } else if (field === 'allow' || field === 'disallow') {
      inRules = true;
      // A copy: a part of the text would keep the whole of it in memory.
      const pattern = Buffer.from(plain(value)).toString();
      if (pattern) for (const name of names) groups.get(name)?.rules.push({ allow: field === 'allow', pattern });
    } else if (field === 'crawl-delay') {
      inRules = true;
      const delayMs = /^\d{1,6}(?:\.\d{1,3})?$/u.test(value) ? Number(value) * 1000 : 0;
      for (const name of names) Object.assign(groups.get(name) ?? {}, { delayMs });
    }
  }
  return groups.get(TOKEN) ?? groups.get('*') ?? { rules: [], delayMs: 0 };
}

/** The longest rule that fits decides, an Allow among equals; without one everything may be read (RFC 9309 2.2.2). */
export function isAllowed(rules: readonly RobotsRule[], path: string): boolean {
  const asked = plain(path);
  let best: RobotsRule | null = null;
  for (const rule of rules) {
    if (best && rule.pattern.length < best.pattern.length) continue;
    if (best?.pattern.length === rule.pattern.length && !rule.allow) continue;
    if (fits(rule.pattern, asked)) best = rule;
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
  return path
    .replace(/%[\da-f]{2}/giu, (code) => code.toUpperCase())
    .replace(/[^\p{ASCII}]/gu, (letter) => encodeURIComponent(letter.toWellFormed()));
}
