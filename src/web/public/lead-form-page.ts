import { html } from 'hono/html';
import type { FormAnswer, FormError, LeadForm } from '../../pipeline/qualify/index.ts';
import { type Html, page } from '../page.ts';
import { fill, publicWords } from './words.ts';

/** A field that people don't see and programs fill. */
export const HONEYPOT = 'website';

/** The form, with what was typed before and what is wrong with it. The consent box is never ticked for anybody. */
export function formPage(code: string, form: LeadForm, answer: FormAnswer, faults: FormError['fields']): Html {
  const { words, spoken } = publicWords(form.language);
  const say = words.form;
  const names = { brand: form.brand.name, controller: form.controller.name, contact: form.controller.contact };
  const fault = (field: keyof FormError['fields']) =>
    faults[field] ? (say.faults[`${field} ${faults[field]}`] ?? faults[field]) : null;
  const broken = (Object.keys(faults) as (keyof FormError['fields'])[]).map((field) => ({ field, text: fault(field) }));
  const error = (field: keyof FormError['fields']) =>
    fault(field) ? html`<p class="fault" id="${field}-fault">${fault(field)}</p>` : '';
  const marks = (field: keyof FormError['fields']) =>
    fault(field) ? html`aria-invalid="true" aria-describedby="${field}-fault"` : '';
  return page(
    { title: fill(say.title, names), language: spoken, noIndex: true },
    html`<section class="form">
      <p class="kicker">${say.about}</p>
      <p class="about" lang="${form.language}">${form.articleTitle}</p>
      <h1>${fill(say.title, names)}</h1>
      <p>${fill(say.intro, names)}</p>
      ${
        broken.length > 0
          ? html`<div class="faults" role="alert"><p>${say.faultsTitle}</p><ul>${broken.map(({ field, text }) => html`<li><a href="#${field}">${text}</a></li>`)}</ul></div>`
          : ''
      }
      <form method="post" action="/l/${encodeURIComponent(code)}" novalidate>
        <input type="hidden" name="wordingId" value="${form.wording.id}">
        <div class="field">
          <label for="name">${say.name} <small>${say.optional}</small></label>
          <input id="name" name="name" autocomplete="name" maxlength="200" value="${answer.name}" ${marks('name')}>
          ${error('name')}
        </div>
        <div class="field">
          <label for="email">${say.email} <small>${say.required}</small></label>
          <input id="email" name="email" type="email" autocomplete="email" inputmode="email" maxlength="254" required value="${answer.email}" ${marks('email')}>
          ${error('email')}
        </div>
        <div class="field">
          <label for="phone">${say.phone} <small>${say.optional}</small></label>
          <input id="phone" name="phone" type="tel" autocomplete="tel" inputmode="tel" maxlength="40" value="${answer.phone}" ${marks('phone')}>
          ${error('phone')}
        </div>
        <div class="field">
          <label for="message">${say.message} <small>${say.optional}</small></label>
          <textarea id="message" name="message" rows="4" maxlength="4000" ${marks('message')}>${answer.message}</textarea>
          ${error('message')}
        </div>
        <div class="trap" aria-hidden="true"><label for="${HONEYPOT}">Website</label><input id="${HONEYPOT}" name="${HONEYPOT}" tabindex="-1" autocomplete="off"></div>
        <div class="field consent">
          <input id="agreed" name="agreed" type="checkbox" value="yes" required ${marks('agreed')}>
          <label for="agreed"><span lang="${form.wording.language}">${form.wording.text}</span></label>
          ${error('agreed')}
        </div>
        <button class="primary">${say.send}</button>
      </form>
      <p class="small">${fill(say.controller, names)}${names.contact ? ` ${fill(say.contact, names)}` : ''}${
        safeUrl(form.controller.privacyUrl)
          ? html` <a href="${form.controller.privacyUrl}" rel="noopener">${say.privacy}</a>`
          : ''
      }</p>
    </section>`,
  );
}

/** What the person sees once the answer is stored. */
export function thanksPage(form: LeadForm): Html {
  const { words, spoken } = publicWords(form.language);
  const names = { brand: form.brand.name, contact: form.controller.contact };
  return page(
    { title: words.form.thanksTitle, language: spoken, noIndex: true },
    html`<section class="message"><h1>${words.form.thanksTitle}</h1><p>${fill(words.form.thanks, names)}</p>${names.contact ? html`<p class="small">${fill(words.form.withdraw, names)}</p>` : ''}</section>`,
  );
}

function safeUrl(url: string | null): boolean {
  return url !== null && /^https?:\/\//iu.test(url);
}
