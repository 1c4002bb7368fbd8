import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Role } from '../../domain/member.ts';
import { UsageError } from '../../lib/errors.ts';
import { addArticle, leaveArticle } from '../../pipeline/collect/index.ts';
import { settleDelivery, type Verdict } from '../../pipeline/deliver/index.ts';
import { eraseLead } from '../../pipeline/qualify/index.ts';
import { report, reportCsv } from '../../pipeline/report/index.ts';
import { approvePost, chooseText, editPost, rejectPost } from '../../pipeline/review/index.ts';
import type { Ports } from '../../ports/app.ts';
import type { PostView } from '../../ports/store/index.ts';
import { notFoundPage } from '../message-pages.ts';
import { type Env, requireRole } from '../session.ts';
import type { Mode } from './banner.ts';
import { channelRoutes } from './channels.ts';
import { editPage } from './edit-page.ts';
import { idOf } from './id.ts';
import { leadPage, leadsPage } from './leads.ts';
import { daysOf, numbers } from './numbers.ts';
import { overview } from './overview.ts';
import { sourceRoutes } from './sources.ts';
import { stories } from './stories.ts';
import { type DashboardTools, storyOf } from './story.ts';

/** Everything behind the login. Each route names the role it needs. */
export function dashboardRoutes(ports: Ports, mode: Mode): Hono<Env> {
  const app = new Hono<Env>();
  const as = (role: Role) => requireRole(ports, role);
  const tools = (c: Context<Env>): DashboardTools => ({ ports, member: c.var.member, brand: c.var.brand });
  const reportFor = (c: Context<Env>) => report(ports, c.var.brand, daysOf(c.req.query('days')));

  app.get('/', as('manager'), async (c) => {
    const before = idOf(c.req.query('before'));
    const days = daysOf(c.req.query('days'));
    return c.html(await overview(tools(c), mode, { days, ...(before === null ? {} : { before }) }));
  });
  app.get('/numbers', as('manager'), async (c) => c.html(await numbers(await reportFor(c))));
  app.get('/articles', as('manager'), async (c) => {
    const after = idOf(c.req.query('after')) ?? 0;
    const [latest] = await ports.store.articles.list({ brandId: c.var.brand.id, limit: 1 });
    if (latest === undefined || latest.id <= after) return c.body(null, 204);
    return changed(c, await stories(tools(c), { after }));
  });
  app.get('/articles/:id', as('manager'), async (c) => {
    const shown = await storyOf(tools(c), idOf(c.req.param('id')) ?? 0);
    return shown === null ? c.html(notFoundPage(), 404) : changed(c, shown);
  });
  app.get('/report.csv', as('manager'), async (c) => {
    const figures = await reportFor(c);
    return c.body(reportCsv(figures), 200, download('text/csv; charset=utf-8', `report-${figures.days}-days.csv`));
  });
  app.get('/report.json', as('manager'), async (c) => {
    const figures = await reportFor(c);
    return c.body(JSON.stringify(figures), 200, download('application/json', `report-${figures.days}-days.json`));
  });

  app.route('/', sourceRoutes(ports));
  app.route('/', channelRoutes(ports));

  app.get('/leads', as('manager'), async (c) =>
    c.html(await leadsPage(tools(c), idOf(c.req.query('before')) ?? undefined)),
  );
  app.get('/leads/:id', as('manager'), async (c) => {
    const lead = await leadOf(c);
    return lead === null ? c.html(notFoundPage('There is no such lead'), 404) : c.html(await leadPage(tools(c), lead));
  });
  app.post('/leads/:id/erase', as('marketer'), async (c) => {
    const lead = await leadOf(c);
    if (lead === null) return c.html(notFoundPage('There is no such lead'), 404);
    await eraseLead(ports, lead.id);
    return c.redirect('/leads', 303);
  });

  const small = bodyLimit({ maxSize: 64 * 1024, onError: (c) => c.text('This is too long.', 413) });
  app.get('/posts/:id', as('marketer'), async (c) => {
    const view = await postOf(c);
    if (view === null) return c.html(notFoundPage('There is no such post'), 404);
    const notice = c.req.query('label') === 'back' ? LABEL_IS_BACK : undefined;
    return c.html(editPage(tools(c), view, undefined, notice));
  });
  app.post('/posts/:id/:deed{approve|reject|choose|edit}', as('marketer'), small, async (c) => {
    const view = await postOf(c);
    if (view === null) return c.html(notFoundPage('There is no such post'), 404);
    const sent = await c.req.parseBody();
    const text = (field: string) => (typeof sent[field] === 'string' ? sent[field] : '');
    const by = c.var.member.name;
    const deed = c.req.param('deed');
    if (deed === 'edit') {
      // Browsers send line ends as CR LF.
      const wanted = text('text').replace(/\r\n?/gu, '\n');
      try {
        const { text: saved } = await editPost(ports, view.post.id, wanted, by);
        if (saved !== wanted) return c.redirect(`/posts/${view.post.id}?label=back`, 303);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return c.html(editPage(tools(c), view, { text: wanted, problem: said(error) }), 400);
      }
      return c.redirect(`/posts/${view.post.id}`, 303);
    }
    let notice: string | undefined;
    try {
      if (deed === 'approve') await approvePost(ports, view.post.id, by, { substance: text('substance') === 'yes' });
      else if (deed === 'choose') await chooseText(ports, view.post.id, by);
      else await rejectPost(ports, view.post.id, by, text('reason').trim() || 'rejected by a person');
    } catch (error) {
      if (!(error instanceof UsageError) || c.req.header('hx-request') === undefined) throw error;
      notice = said(error);
    }
    if (c.req.header('hx-request') === undefined) return c.redirect(`/#article-${view.article.id}`, 303);
    return changed(c, (await storyOf(tools(c), view.article.id, notice)) ?? '');
  });
  app.post('/articles/:id/judge', as('marketer'), small, async (c) => {
    const article = await ports.store.articles.view(c.var.brand.id, idOf(c.req.param('id')) ?? 0);
    if (article === null || article.fate === null) return c.html(notFoundPage('There is no such article'), 404);
    const { verdict } = await c.req.parseBody();
    const wish = { brandId: c.var.brand.id, by: c.var.member.name };
    if (verdict === 'take') await addArticle(ports, { ...wish, url: article.url, channelIds: [] }, c.req.raw.signal);
    else if (verdict === 'leave') await leaveArticle(ports, { ...wish, articleId: article.id });
    else throw new UsageError('Say one of: post about it, leave it out.');
    return c.redirect(`/#article-${article.id}`, 303);
  });
  app.post('/deliveries/:id/settle', as('marketer'), small, async (c) => {
    const view = await ports.store.deliveries.view(idOf(c.req.param('id')) ?? 0);
    if (view === null || view.channel.brandId !== c.var.brand.id)
      return c.html(notFoundPage('There is no such delivery'), 404);
    const sent = await c.req.parseBody();
    await settleDelivery(ports, view.delivery.id, verdictOf(sent.verdict, sent.url), c.var.member.name);
    return c.redirect('/', 303);
  });

  /** The post, when it is the viewer's brand's. */
  async function postOf(c: Context<Env>): Promise<PostView | null> {
    const view = await ports.store.posts.view(idOf(c.req.param('id')) ?? 0);
    return view !== null && view.post.brandId === c.var.brand.id ? view : null;
  }
  async function leadOf(c: Context<Env>) {
    const lead = await ports.store.leads.get(idOf(c.req.param('id')) ?? 0);
    return lead !== null && lead.brandId === c.var.brand.id ? lead : null;
  }
  return app;
}

const LABEL_IS_BACK = 'The line that says a machine wrote this was put back: posts of this channel must carry it.';

/** A part of the page, and word to the numbers that they may have changed. */
function changed(c: Context, part: Parameters<Context['html']>[0]) {
  c.header('hx-trigger', 'story-changed');
  return c.html(part);
}

function verdictOf(verdict: unknown, url: unknown): Verdict {
  if (verdict === 'again' || verdict === 'drop') return { kind: verdict };
  if (verdict !== 'there') throw new UsageError('Say one of: it is there, send again, drop.');
  return typeof url === 'string' && /^https?:\/\//iu.test(url) ? { kind: 'there', url } : { kind: 'there' };
}

function said(error: UsageError): string {
  return [error.message, error.cure].filter(Boolean).join(' ');
}

function download(type: string, name: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
}
