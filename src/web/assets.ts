import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Context, Hono } from 'hono';
import type { Ports } from '../ports/app.ts';
import { looksCss } from './look.ts';

/** Style sheets, the icon and htmx, all from this server. */
export function assetRoutes(ports: Pick<Ports, 'store' | 'platforms'>): Hono {
  const app = new Hono();
  const own = (path: string, type: string, read: () => string) => {
    let asset: { body: string; etag: string } | undefined;
    app.get(path, (c) => {
      asset ??= tagged(read());
      return send(c, asset, type);
    });
  };
  own('/style.css', 'text/css', () => fileBeside('./style.css'));
  own('/icon.svg', 'image/svg+xml', () => fileBeside('./icon.svg'));
  own('/htmx.js', 'text/javascript', () =>
    readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'), 'utf8'),
  );
  app.get('/looks.css', async (c) => send(c, tagged(await looksCss(ports)), 'text/css'));
  return app;
}

function fileBeside(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function tagged(body: string): { body: string; etag: string } {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

function send(c: Context, { body, etag }: { body: string; etag: string }, type: string): Response {
  const headers = { 'content-type': `${type}; charset=utf-8`, etag, 'cache-control': 'no-cache' };
  return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers);
}
