import type { Brand, Controller } from '../../domain/brand.ts';
import { type Contact, type Lead, normaliseEmail, normalisePhone } from '../../domain/lead.ts';
import { CONTACT_PURPOSE, contactWording } from '../../domain/wording.ts';
import { UsageError } from '../../lib/errors.ts';
import { plainLine } from '../../lib/text.ts';
import type { Ports } from '../../ports/app.ts';
import { storeLead } from './store-lead.ts';

/** What the form page shows. */
export interface LeadForm {
  brand: Brand;
  articleTitle: string;
  language: string;
  wording: { id: string; text: string; language: string };
  controller: Controller;
}

/** As the page sent it. */
export interface FormAnswer {
  name: string;
  email: string;
  phone: string;
  message: string;
  agreed: boolean;
  wordingId: string;
}

export type FormField = 'name' | 'email' | 'phone' | 'message' | 'agreed';

/** What is wrong with each field, as a word that the page translates. */
export class FormError extends UsageError {
  readonly fields: Partial<Record<FormField, 'missing' | 'not-valid' | 'too-long' | 'not-agreed' | 'wording-changed'>>;
  constructor(fields: FormError['fields']) {
    super(
      `The form can't be taken: ${Object.entries(fields)
        .map(([field, fault]) => `${field} ${fault}`)
        .join(', ')}`,
    );
    this.fields = fields;
  }
}

/** The form behind a link's code; null when there is no such link. */
export async function formFor(ports: Pick<Ports, 'store'>, code: string): Promise<LeadForm | null> {
  const link = await ports.store.posts.link(code);
  if (link === null) return null;
  const [view, brand] = await Promise.all([ports.store.posts.view(link.postId), ports.store.brands.get(link.brandId)]);
  if (view === null || brand === null) return null;
  const language = view.post.language;
  const wording = contactWording(language, brand.controller.name);
  return {
    brand,
    articleTitle: view.article.title,
    language,
    wording,
    controller: brand.controller,
  };
}

/** Stores the person who filled the form; one person twice is one lead. FormError tells which fields to mend. */
export async function submitForm(
  ports: Pick<Ports, 'store' | 'clock' | 'log'>,
  code: string,
  answer: FormAnswer,
): Promise<{ lead: Lead; created: boolean }> {
  const [link, form] = await Promise.all([ports.store.posts.link(code), formFor(ports, code)]);
  if (link === null || form === null) throw new UsageError('This form is not there any more.');
  const faults: FormError['fields'] = {};
  const contacts: Contact[] = [];
  const email = normaliseEmail(answer.email);
  if (email !== null) contacts.push({ kind: 'email', value: email });
  else faults.email = answer.email.trim() === '' ? 'missing' : 'not-valid';
  if (answer.phone.trim() !== '') {
    const phone = normalisePhone(answer.phone);
    if (phone !== null) contacts.push({ kind: 'phone', value: phone });
    else faults.phone = 'not-valid';
  }
  const name = plainLine(answer.name);
  if (name.length > 200) faults.name = 'too-long';
  const message = answer.message.trim();
  if (message.length > 4000) faults.message = 'too-long';
  if (!answer.agreed) faults.agreed = 'not-agreed';
  else if (answer.wordingId !== form.wording.id) faults.agreed = 'wording-changed';
  if (Object.keys(faults).length > 0) throw new FormError(faults);

  const at = ports.clock.now();
  return storeLead(ports, {
    brandId: link.brandId,
    name,
    language: form.language,
    contacts,
    consent: {
      purpose: CONTACT_PURPOSE,
      granted: true,
      wordingId: form.wording.id,
      wording: form.wording.text,
      how: 'form',
      at,
    },
    touch: { postId: link.postId, articleId: link.articleId, channelId: link.channelId, kind: 'form', at },
    message: message === '' ? null : message,
  });
}
