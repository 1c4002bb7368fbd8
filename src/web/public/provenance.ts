import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Brand } from '../../domain/brand.ts';
import type { Writing } from '../../domain/writing.ts';
import type { Ports } from '../../ports/app.ts';
import type { PostView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import { notFoundPage } from '../message-pages.ts';
import { type Html, page } from '../page.ts';
import { instant, webAddress } from '../show.ts';
import { fill, publicWords } from './words.ts';

/** /p/CODE: where a post comes from, for anybody. Names no person but the article's author. */
export function provenanceRoutes(ports: Pick<Ports, 'store' | 'platforms'>): Hono {
  const app = new Hono();
  app.get('/p/:code', async (c) => {
    const view = await ports.store.posts.byCode(c.req.param('code'));
    const brand = view === null ? null : await ports.store.brands.get(view.post.brandId);
    if (view === null || brand === null) return c.html(notFoundPage(), 404);
    c.header('cache-control', 'no-cache');
    return c.html(provenancePage(ports, view, brand));
  });
  return app;
}

function provenancePage(ports: Pick<Ports, 'platforms'>, view: PostView, brand: Brand): Html {
  const { post, article, delivery, channel } = view;
  // A person's own text rests on what that person read.
  const writing = post.writer === 'person' ? null : view.writing;
  const { words, spoken } = publicWords(post.language);
  const say = words.provenance;
  const at = (moment: Date) => instant(moment, brand.timeZone, spoken);
  const published = delivery?.state === 'confirmed';
  return page(
    { title: say.title, language: spoken, noIndex: !published },
    html`<section class="provenance">
      <h1>${say.title}</h1>
      <p>${published ? say.intro : say.notPublished}</p>
      ${published ? html`<div class="shown" lang="${post.language}">${look(ports, channel, post, delivery.confirmedAt)}</div>` : ''}
      <dl>
        <dt>${say.brand}</dt><dd>${brand.name}</dd>
        <dt>${say.source}</dt>
        <dd lang="${article.language}">${webAddress(article.url, article.title)}${article.author ? html`, ${say.sourceBy} ${article.author}` : ''}${article.siteName ? `, ${article.siteName}` : ''}</dd>
        <dt>${say.written}</dt><dd>${at(post.createdAt)}</dd>
        <dt>${say.writer}</dt><dd>${writerWords(post.writer, say)}</dd>
        <dt>${say.reviewed}</dt>
        <dd>${post.state !== 'approved' ? say.reviewedNobody : post.approvedBy === 'auto' ? say.reviewedAuto : say.reviewedPerson}</dd>
        ${published && delivery.confirmedAt ? html`<dt>${say.published}</dt><dd>${at(delivery.confirmedAt)}</dd>` : ''}
        ${brand.controller.contact ? html`<dt>${say.correction}</dt><dd>${fill(say.correctionText, { contact: brand.controller.contact })}</dd>` : ''}
      </dl>
      ${published && writing !== null ? restsOn(writing, article.language, say) : ''}
      <h2>${say.labelTitle}</h2>
      <p>${say.labelText}</p>
    </section>`,
  );
}

/** What the post says, with the article's own words behind it; only claims that have them are shown to everybody. */
function restsOn({ claims }: Writing, language: string, say: { claims: string }): Html {
  const founded = claims.filter(({ support, doubt }) => support !== null && doubt === null);
  if (founded.length === 0) return html``;
  return html`<h2>${say.claims}</h2>
    <ul class="claims">${founded.map(({ claim, support }) => html`<li>${claim} <q lang="${language}">${support}</q></li>`)}</ul>`;
}

function writerWords(
  writer: string,
  say: { writerModel: string; writerOffline: string; writerPerson: string },
): string {
  if (writer === 'offline') return say.writerOffline;
  if (writer === 'person') return say.writerPerson;
  return fill(say.writerModel, { writer });
}
