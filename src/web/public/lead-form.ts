import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type FormAnswer, FormError, formFor, submitForm } from '../../pipeline/qualify/index.ts';
import type { Ports } from '../../ports/app.ts';
import { messagePage, notFoundPage } from '../message-pages.ts';
import { formPage, HONEYPOT, thanksPage } from './lead-form-page.ts';
import { publicWords } from './words.ts';

/** The largest form that is read. */
const BODY_LIMIT_BYTES = 16 * 1024;

const EMPTY: FormAnswer = { name: '', email: '', phone: '', message: '', agreed: false, wordingId: '' };

/** /l/CODE: the form behind a post's invitation, and what it sends. */
export function leadFormRoutes(ports: Pick<Ports, 'store' | 'clock' | 'log'>): Hono {
  const app = new Hono();
  const path = '/l/:code';
  app.use(path, async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  app.get(path, async (c) => {
    const form = await formFor(ports, c.req.param('code'));
    return form === null ? c.html(notFoundPage(), 404) : c.html(formPage(c.req.param('code'), form, EMPTY, {}));
  });
  const limit = bodyLimit({
    maxSize: BODY_LIMIT_BYTES,
    onError: async (c) => {
      const form = await formFor(ports, c.req.param('code') ?? '');
      const { words, spoken } = publicWords(form?.language ?? 'en');
      return c.html(messagePage(words.form.faultsTitle, words.form.tooLarge, spoken), 413);
    },
  });
  app.post(path, limit, async (c) => {
    const code = c.req.param('code');
    const form = await formFor(ports, code);
    if (form === null) return c.html(notFoundPage(), 404);
    const sent = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    const text = (field: string) => (typeof sent[field] === 'string' ? sent[field] : '');
    if (text(HONEYPOT) !== '') {
      ports.log.info({ code }, 'lead form filled by a program');
      return c.html(thanksPage(form));
    }
    const answer: FormAnswer = {
      name: text('name'),
      email: text('email'),
      phone: text('phone'),
      message: text('message'),
      agreed: text('agreed') !== '',
      wordingId: text('wordingId'),
    };
    try {
      await submitForm(ports, code, answer);
    } catch (error) {
      if (!(error instanceof FormError)) throw error;
      return c.html(formPage(code, form, answer, error.fields), 400);
    }
    return c.html(thanksPage(form));
  });
  return app;
}
