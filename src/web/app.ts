import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { messageOf, UsageError } from '../lib/errors.ts';
import type { Ports } from '../ports/app.ts';
import type { Queue } from '../ports/queue.ts';
import { assetRoutes } from './assets.ts';
import type { Mode } from './dashboard/banner.ts';
import { dashboardRoutes } from './dashboard/index.ts';
import { healthRoutes } from './health.ts';
import { loginRoutes } from './login.ts';
import { failurePage, notFoundPage, refusedPage } from './message-pages.ts';
import { metricsRoutes } from './metrics.ts';
import { hubRoutes } from './public/hub.ts';
import { leadFormRoutes } from './public/lead-form.ts';
import { linkRoutes } from './public/links.ts';
import { provenanceRoutes } from './public/provenance.ts';
import { sampleApp } from './sample/index.ts';
import { refuseCrossSite, securityHeaders } from './security.ts';

export interface WebTools {
  ports: Ports;
  queue: Pick<Queue, 'depths'>;
  mode: Mode;
}

/** The whole web: dashboard, tracked links, lead forms, provenance, health, metrics, and the sample source. */
export function createWeb({ ports, queue, mode }: WebTools): Hono {
  const app = new Hono();
  const { publicUrl } = ports.settings;
  const log = ports.log.child({ room: 'web' });
  app.use(securityHeaders(publicUrl));
  app.use(refuseCrossSite(publicUrl));
  app.route('/', healthRoutes(ports, queue));
  app.route('/', metricsRoutes(ports, queue));
  app.route('/', linkRoutes(ports));
  app.route('/', hubRoutes(ports));
  app.route('/', leadFormRoutes(ports));
  app.route('/', provenanceRoutes(ports));
  app.route('/', assetRoutes(ports));
  app.route('/', sampleApp(ports.clock));
  app.route('/', loginRoutes(ports));
  app.route('/', dashboardRoutes(ports, mode));
  app.notFound((c) => c.html(notFoundPage(), 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (error instanceof UsageError) return c.html(refusedPage(error.message, error.cure), 400);
    // The route's pattern, not its path: that may hold a login token.
    log.error({ method: c.req.method, route: c.req.routePath, reason: messageOf(error) }, 'page failed');
    return c.html(failurePage(), 500);
  });
  return app;
}
