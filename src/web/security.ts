import type { MiddlewareHandler } from 'hono';

const HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: browsers would then send "Origin: null" with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
};

/** Security headers on every answer; what a route set itself stays. HSTS only where the public address is https. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const headers = publicUrl.startsWith('https:')
    ? { ...HEADERS, 'strict-transport-security': 'max-age=15552000' }
    : HEADERS;
  return async function securityHeaders(c, next) {
    await next();
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/**
 * Refuses unsafe requests that another site made a browser send, whatever their content type. Browsers say where a
 * request comes from in Sec-Fetch-Site (secure contexts) or Origin (every POST); a client that sends neither is no
 * browser and carries nobody's cookies.
 */
export function refuseCrossSite(publicUrl: string): MiddlewareHandler {
  const publicOrigin = new URL(publicUrl).origin;
  return async function refuseCrossSite(c, next) {
    if (/^(GET|HEAD|OPTIONS)$/u.test(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const own =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === publicOrigin || hostOf(origin) === c.req.header('host');
    if (!own) return c.text('This request was sent by another site and is refused.', 403);
    return next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
