import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Brand } from '../domain/brand.ts';
import { type Member, mayActAs, type Role } from '../domain/member.ts';
import { after, DAY, SECOND } from '../lib/clock.ts';
import { newToken, tokenHash } from '../lib/token.ts';
import type { Ports } from '../ports/app.ts';
import { forbiddenPage, loginNeededPage } from './message-pages.ts';

/** Who asks, set by `requireRole`. */
export type Env = { Variables: { member: Member; brand: Brand } };

/** How long a login lasts. */
const SESSION_MS = 7 * DAY;

/** Opens a session for `member`: the browser gets an opaque token, the store its hash. */
export async function openSession(
  c: Context,
  ports: Pick<Ports, 'store' | 'clock' | 'settings'>,
  member: Member,
): Promise<void> {
  const token = newToken();
  await ports.store.members.addSession(member.id, tokenHash(token), after(ports.clock.now(), SESSION_MS));
  const { name, secure } = cookieOf(ports);
  setCookie(c, name, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: SESSION_MS / SECOND });
}

/** Ends the session of this browser, if there is one. */
export async function closeSession(c: Context, ports: Pick<Ports, 'store' | 'settings'>): Promise<void> {
  const { name, secure } = cookieOf(ports);
  const token = getCookie(c, name);
  if (token !== undefined) await ports.store.members.endSession(tokenHash(token));
  deleteCookie(c, name, { path: '/', secure });
}

/** Lets in members whose role may act as `role`; others get a page that says what to do (401 or 403). */
export function requireRole(ports: Pick<Ports, 'store' | 'clock' | 'settings'>, role: Role): MiddlewareHandler<Env> {
  return async function requireRole(c, next) {
    c.header('cache-control', 'no-store');
    const token = getCookie(c, cookieOf(ports).name);
    const member =
      token === undefined ? null : await ports.store.members.bySession(tokenHash(token), ports.clock.now());
    const brand = member === null ? null : await ports.store.brands.get(member.brandId);
    if (member === null || brand === null) {
      // A part of a page can't show the login page: the whole page is to be asked for again.
      c.header('hx-refresh', 'true');
      return c.html(loginNeededPage(), 401);
    }
    if (!mayActAs(member.role, role)) return c.html(forbiddenPage(member.role, role), 403);
    c.set('member', member);
    c.set('brand', brand);
    return next();
  };
}

/** Over https the name itself makes browsers refuse a cookie that another host or path set. */
function cookieOf(ports: Pick<Ports, 'settings'>): { name: string; secure: boolean } {
  const secure = ports.settings.publicUrl.startsWith('https:');
  return { name: secure ? '__Host-crier' : 'crier', secure };
}
