import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ports } from '../../ports/app.ts';
import { notFoundPage } from '../message-pages.ts';
import { type Env, requireRole } from '../session.ts';
import { draftOf } from './filter-form.ts';
import { filterPreview } from './filter-preview.ts';
import { idOf } from './id.ts';
import { brandFilterPage, sourcePage } from './source-page.ts';
import type { DashboardTools } from './story.ts';

/** One source with its filter, and the filter of the brand. */
export function sourceRoutes(ports: Ports): Hono<Env> {
  const app = new Hono<Env>();
  const tools = (c: Context<Env>): DashboardTools => ({ ports, member: c.var.member, brand: c.var.brand });
  const small = bodyLimit({ maxSize: 256 * 1024, onError: (c) => c.text('This is too long.', 413) });
  const fromScript = (c: Context) => c.req.header('hx-request') !== undefined;
  const saved = (c: Context) => c.req.query('saved') !== undefined;
  const see = requireRole(ports, 'manager');
  const change = requireRole(ports, 'marketer');

  app.get('/sources/:id', see, async (c) => {
    const source = await sourceOf(c);
    if (source === null) return c.html(notFoundPage('There is no such source'), 404);
    return c.html(await sourcePage(tools(c), source, draftOf(ports, source.filter, {}), saved(c)));
  });
  app.post('/sources/:id/filter', change, small, async (c) => {
    const source = await sourceOf(c);
    if (source === null) return c.html(notFoundPage('There is no such source'), 404);
    const draft = draftOf(ports, source.filter, await c.req.parseBody());
    if (draft.faults.size > 0) return c.html(await sourcePage(tools(c), source, draft, false), 400);
    await ports.store.sources.setFilter(source.id, draft.filter);
    return c.redirect(`/sources/${source.id}?saved#filter`, 303);
  });
  app.post('/sources/:id/filter/preview', change, small, async (c) => {
    const source = await sourceOf(c);
    if (source === null) return c.html(notFoundPage('There is no such source'), 404);
    const draft = draftOf(ports, source.filter, await c.req.parseBody());
    const about = { sourceId: source.id, other: c.var.brand.filter };
    return c.html(
      fromScript(c) ? await filterPreview(tools(c), draft, about) : await sourcePage(tools(c), source, draft, false),
    );
  });

  app.get('/filter', see, async (c) =>
    c.html(await brandFilterPage(tools(c), draftOf(ports, c.var.brand.filter, {}), saved(c))),
  );
  app.post('/filter', change, small, async (c) => {
    const draft = draftOf(ports, c.var.brand.filter, await c.req.parseBody());
    if (draft.faults.size > 0) return c.html(await brandFilterPage(tools(c), draft, false), 400);
    await ports.store.brands.save({ ...c.var.brand, filter: draft.filter });
    return c.redirect('/filter?saved', 303);
  });
  app.post('/filter/preview', change, small, async (c) => {
    const draft = draftOf(ports, c.var.brand.filter, await c.req.parseBody());
    return c.html(fromScript(c) ? await filterPreview(tools(c), draft) : await brandFilterPage(tools(c), draft, false));
  });

  /** The source with its numbers, when it is the viewer's brand's. */
  async function sourceOf(c: Context<Env>) {
    const id = idOf(c.req.param('id'));
    return (await ports.store.sources.list(c.var.brand.id)).find((source) => source.id === id) ?? null;
  }
  return app;
}
