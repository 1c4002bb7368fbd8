import { html } from 'hono/html';
import { type Contact, consents, type Lead, type Touch } from '../../domain/lead.ts';
import { mayActAs } from '../../domain/member.ts';
import { CONTACT_PURPOSE } from '../../domain/wording.ts';
import { languageName } from '../../lib/language-name.ts';
import { type Html, page } from '../page.ts';
import { ago, instant, webAddress } from '../show.ts';
import type { DashboardTools } from './story.ts';

const LEADS_SHOWN = 50;

/** The people who agreed to be contacted, latest first. */
export async function leadsPage(tools: DashboardTools, before?: number): Promise<Html> {
  const { store, clock } = tools.ports;
  const found = await store.leads.list({
    brandId: tools.brand.id,
    limit: LEADS_SHOWN + 1,
    ...(before === undefined ? {} : { before }),
  });
  const leads = found.slice(0, LEADS_SHOWN);
  const titles = await titlesOf(
    tools,
    leads.flatMap((lead) => lead.touches),
  );
  return page(
    { title: `Leads · ${tools.brand.name} · Crier`, viewer: tools },
    html`<section class="card"><h1>Leads</h1>
    <p class="small">The score only puts the list in an order of work. It counts what a person did, never who they are, and decides nothing.</p>
    ${
      leads.length === 0
        ? html`<p class="empty">Nobody yet. A lead is a person who answered a post and agreed to be contacted.</p>`
        : html`<div class="wide"><table>
      <thead><tr><th scope="col">Name</th><th scope="col">Contact</th><th scope="col" class="num">Score</th><th scope="col">Why</th><th scope="col">Came from</th><th scope="col">Since</th></tr></thead>
      <tbody>${leads.map(
        (lead) => html`<tr>
          <th scope="row"><a href="/leads/${lead.id}">${nameOf(lead)}</a><br><small>${lead.stage}</small></th>
          <td>${lead.contacts.map((contact) => html`${contactWords(contact)}<br>`)}${agreement(lead)}</td>
          <td class="num"><b>${lead.score}</b></td>
          <td>${lead.reasons.map((reason) => html`<span class="points">${reason.points} ${reason.reason}</span>`)}</td>
          <td>${lead.touches.slice(-1).map((touch) => touchWords(touch, titles))}</td>
          <td>${ago(lead.createdAt, clock.now(), tools.brand.timeZone)}</td>
        </tr>`,
      )}</tbody></table></div>`
    }
    ${found.length > LEADS_SHOWN ? html`<p class="more"><a class="button" href="/leads?before=${leads.at(-1)?.id}">Earlier leads</a></p>` : ''}
    </section>`,
  );
}

/** Everything known of one lead. */
export async function leadPage(tools: DashboardTools, lead: Lead): Promise<Html> {
  const at = (moment: Date) => instant(moment, tools.brand.timeZone);
  const titles = await titlesOf(tools, lead.touches);
  return page(
    { title: `${nameOf(lead)} · Leads · Crier`, viewer: tools },
    html`<section class="card lead">
    <p><a href="/leads">All leads</a></p>
    <h1>${nameOf(lead)}</h1>
    <dl>
      <dt>Contact</dt><dd>${lead.contacts.map((contact) => html`${contactWords(contact)}<br>`)}</dd>
      <dt>Language</dt><dd>${languageName(lead.language)}</dd>
      <dt>Stage</dt><dd>${lead.stage}</dd>
      <dt>Score</dt><dd><b>${lead.score}</b> ${lead.reasons.map((reason) => html`<span class="points">${reason.points} ${reason.reason}</span>`)}</dd>
    </dl>
    <h2>Consent</h2>
    <ul>${lead.consents.map((consent) => html`<li>${at(consent.at)}: <b>${consent.granted ? 'agreed' : 'withdrew'}</b> (${consent.how}) <q lang="${lead.language}">${consent.wording}</q></li>`)}</ul>
    <h2>Came from</h2>
    <ul>${lead.touches.map((touch) => html`<li>${at(touch.at)}: ${touchWords(touch, titles)}</li>`)}</ul>
    ${lead.messages.length > 0 ? html`<h2>Conversation</h2><ul class="talk">${lead.messages.map((message) => html`<li class="${message.from}"><small>${message.from === 'lead' ? 'they wrote' : 'the bot wrote'}, ${at(message.at)}</small><p>${message.text}</p></li>`)}</ul>` : ''}
    ${
      mayActAs(tools.member.role, 'marketer')
        ? html`<details class="erase"><summary class="button">Erase</summary>
      <form method="post" action="/leads/${lead.id}/erase"><p>Deletes name, contacts, messages and consents for good. Counts in reports stay, without the person.</p><button class="danger">Erase this person’s data</button></form>
    </details>`
        : ''
    }
    </section>`,
  );
}

function nameOf(lead: Lead): string {
  return lead.name || 'No name given';
}

function agreement(lead: Lead): Html {
  const agreed = consents(lead, CONTACT_PURPOSE);
  return html`<span class="pill ${agreed ? 'good' : 'bad'}">${agreed ? 'agreed to be contacted' : 'do not contact'}</span>`;
}

function contactWords(contact: Contact): Html {
  if (contact.kind === 'email')
    return html`<a href="mailto:${encodeURIComponent(contact.value).replace('%40', '@')}">${contact.value}</a>`;
  if (contact.kind === 'phone') return html`<a href="tel:${contact.value}">${contact.value}</a>`;
  return html`${contact.kind} ${contact.value}`;
}

function touchWords(touch: Touch, titles: Map<number, { title: string; url: string }>): Html {
  const article = touch.articleId === null ? undefined : titles.get(touch.articleId);
  return html`${article ? webAddress(article.url, article.title) : 'no post'}${touch.channel ? html` <small>${touch.kind === 'form' ? 'form' : 'chat'}, ${touch.channel}${touch.postId ? `, post ${touch.postId}` : ''}</small>` : ''}`;
}

async function titlesOf(
  tools: DashboardTools,
  touches: readonly Touch[],
): Promise<Map<number, { title: string; url: string }>> {
  const ids = [...new Set(touches.flatMap((touch) => touch.articleId ?? []))];
  const articles = await Promise.all(ids.map((id) => tools.ports.store.articles.get(id)));
  return new Map(articles.flatMap((article) => (article === null ? [] : [[article.id, article] as const])));
}
