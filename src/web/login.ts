import { type Context, Hono } from 'hono';
import { isbot } from 'isbot';
import { tokenHash } from '../lib/token.ts';
import type { Ports } from '../ports/app.ts';
import { loginAskPage, loginSpentPage } from './message-pages.ts';
import { closeSession, openSession } from './session.ts';

/** Programs that isbot knows but that a person sits behind when they open a login link. */
const DRIVEN_BY_PERSON = /HeadlessChrome|^(?:curl|wget|node|undici)\b/iu;

/**
 * GET /login/TOKEN logs in and uses the link up; HEAD, prefetching browsers and link previews get a page with a
 * button instead, and leave the link as it is. POST /login/TOKEN is that button. POST /logout.
 */
export function loginRoutes(ports: Pick<Ports, 'store' | 'clock' | 'settings' | 'log'>): Hono {
  const app = new Hono();
  const enter = async (c: Context, token: string) => {
    const member = await ports.store.members.takeLogin(tokenHash(token), ports.clock.now());
    if (member === null) return c.html(loginSpentPage(), 410);
    await openSession(c, ports, member);
    ports.log.info({ memberId: member.id }, 'member logged in');
    return c.redirect('/', 303);
  };
  app.use('/login/*', async (c, next) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    await next();
  });
  app.get('/login/:token', (c) => {
    const token = c.req.param('token');
    if (looksAhead(c)) {
      // The page's own form needs its origin to be told.
      c.header('referrer-policy', 'same-origin');
      return c.html(loginAskPage(token));
    }
    return enter(c, token);
  });
  app.post('/login/:token', (c) => enter(c, c.req.param('token')));
  app.post('/logout', async (c) => {
    await closeSession(c, ports);
    return c.redirect('/', 303);
  });
  return app;
}

function looksAhead(c: Context): boolean {
  const agent = c.req.header('user-agent') ?? '';
  return c.req.method === 'HEAD' || purposeOf(c) !== null || (isbot(agent) && !DRIVEN_BY_PERSON.test(agent));
}

/** What a browser says when it fetches something that nobody has asked to see yet; null otherwise. */
export function purposeOf(c: Context): string | null {
  return c.req.header('sec-purpose') ?? c.req.header('purpose') ?? c.req.header('x-moz') ?? null;
}
