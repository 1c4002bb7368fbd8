import { createHmac } from 'node:crypto';
import { isbot } from 'isbot';
import type { ClickClass } from '../../domain/engagement.ts';
import type { Ports } from '../../ports/app.ts';

/** What is known of a request for a tracked link. `address` is used for the visitor's daily hash and not kept. */
export interface Hit {
  method: string;
  userAgent: string | null;
  /** The Purpose or Sec-Purpose header. */
  purpose: string | null;
  address: string | null;
}

/** Records the hit with its class and says where the link leads; null for a code that doesn't exist. */
export async function followLink(
  ports: Pick<Ports, 'store' | 'clock'>,
  code: string,
  hit: Hit,
): Promise<{ target: string } | null> {
  const link = await ports.store.posts.link(code);
  if (link === null) return null;
  const at = ports.clock.now();
  const { class: kind, reason } = classify(hit);
  await ports.store.engagements.addClick({ code, at, class: kind, reason, visitor: await visitorOf(ports, hit, at) });
  return { target: link.target };
}

/** Only a GET by a browser that a person drives counts; the reason says why another doesn't. */
export function classify(hit: Hit): { class: ClickClass; reason: string | null } {
  if (hit.method === 'HEAD') return { class: 'head', reason: 'HEAD request' };
  if (hit.purpose !== null && /prefetch|preview|prerender/iu.test(hit.purpose))
    return { class: 'prefetch', reason: 'fetched ahead by a browser' };
  if (hit.userAgent === null || hit.userAgent.trim() === '') return { class: 'bot', reason: 'no user agent' };
  if (isbot(hit.userAgent)) return { class: 'bot', reason: 'user agent of a bot' };
  return { class: 'person', reason: null };
}

/** The same visitor of one day has the same hash; nobody can tell whose once the day's key is destroyed. */
async function visitorOf(ports: Pick<Ports, 'store'>, hit: Hit, at: Date): Promise<string | null> {
  if (hit.address === null) return null;
  const key = await ports.store.engagements.visitorKey(at.toISOString().slice(0, 10));
  return createHmac('sha256', key)
    .update(`${hit.address}\n${hit.userAgent ?? ''}`)
    .digest('base64url')
    .slice(0, 22);
}
