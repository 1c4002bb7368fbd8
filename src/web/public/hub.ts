import { Hono } from 'hono';
import { answerIntent, takeDelivery } from '../../pipeline/collect/index.ts';
import type { Ports } from '../../ports/app.ts';

/** As newToken makes them. */
const CODE = /^[\w-]{43}$/u;

/** /websub/CODE: where hubs ask whether Crier meant it, and deliver. What isn't signed rightly is ignored in silence. */
export function hubRoutes(ports: Pick<Ports, 'store' | 'clock' | 'log'>): Hono {
  const app = new Hono();
  app.get('/websub/:code', async (c) => {
    const code = c.req.param('code');
    const challenge = c.req.query('hub.challenge') ?? '';
    const lease = c.req.query('hub.lease_seconds') ?? '';
    // A HEAD asks nothing.
    if (c.req.method !== 'GET' || !CODE.test(code)) return c.text('Not found', 404);
    const answer = await answerIntent(ports, code, {
      mode: c.req.query('hub.mode') ?? '',
      topic: c.req.query('hub.topic') ?? '',
      leaseSeconds: /^\d{1,10}$/u.test(lease) && Number(lease) > 0 ? Number(lease) : null,
      reason: c.req.query('hub.reason') ?? null,
    });
    c.header('cache-control', 'no-store');
    if (answer === 'unknown') return c.text('Not found', 404);
    return c.text(answer === 'confirmed' ? challenge : '');
  });
  app.post('/websub/:code', async (c) => {
    const code = c.req.param('code');
    const body = c.req.raw.body ?? new Blob([]).stream();
    const signature = c.req.header('x-hub-signature') ?? null;
    const answer = CODE.test(code) ? await takeDelivery(ports, code, { signature, body }) : 'unknown';
    // Gone: the hub may forget the callback. Good and ignored look alike, so that nobody can try signatures.
    if (answer === 'unknown') return c.text('Gone', 410);
    return answer === 'too-large' ? c.text('Too long', 413) : c.body(null, 202);
  });
  return app;
}
