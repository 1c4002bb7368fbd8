import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { isLoopback } from '../../lib/url.ts';
import { followLink } from '../../pipeline/measure/index.ts';
import type { Ports } from '../../ports/app.ts';
import { purposeOf } from '../login.ts';
import { notFoundPage } from '../message-pages.ts';

/** /r/CODE: records the hit and leads to the address that was stored with the post; nothing in the request can change it. */
export function linkRoutes(ports: Pick<Ports, 'store' | 'clock'>): Hono {
  const app = new Hono();
  app.get('/r/:code', async (c) => {
    const link = await followLink(ports, c.req.param('code'), {
      method: c.req.method,
      userAgent: c.req.header('user-agent') ?? null,
      purpose: purposeOf(c),
      address: addressOf(c),
    });
    if (link === null || !/^https?:/iu.test(link.target)) return c.html(notFoundPage(), 404);
    c.header('referrer-policy', 'no-referrer-when-downgrade');
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
    return c.redirect(link.target, 302);
  });
  return app;
}

/** The reader's address. What a proxy says is believed only of one on this machine, and only its own last entry. */
function addressOf(c: Context): string | null {
  if (c.env?.incoming === undefined) return null;
  const address = getConnInfo(c).remote.address ?? null;
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  if (address === null || !forwarded) return address;
  const host = address.replace(/^::ffff:/u, '');
  return isLoopback(`http://${host.includes(':') ? `[${host}]` : host}`) ? forwarded : address;
}
