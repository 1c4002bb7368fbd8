import { html } from 'hono/html';
import type { Role } from '../domain/member.ts';
import { type Html, page } from './page.ts';

/** A page with one message. `content` is what stands below the heading. */
export function messagePage(title: string, content: unknown, language = 'en'): Html {
  return page({ title, language, noIndex: true }, html`<section class="message"><h1>${title}</h1>${content}</section>`);
}

const NEW_LINK = html`<p>Get a link that logs you in. On the machine that runs Crier:</p>
  <pre><code>npm run crier -- login</code></pre>
  <p>It works once, within ten minutes.</p>`;

/** For somebody without a session. */
export function loginNeededPage(): Html {
  return messagePage('Log in to see the dashboard', NEW_LINK);
}

/** For a login link that was used, is too old, or never was. */
export function loginSpentPage(): Html {
  return messagePage(
    'This login link does not work any more',
    html`<p>It was used already, or it is older than ten minutes.</p>${NEW_LINK}`,
  );
}

/** For a program that looks at a login link before the person does; the button is what uses the link up. */
export function loginAskPage(token: string): Html {
  return messagePage(
    'Log in to Crier',
    html`<form method="post" action="/login/${encodeURIComponent(token)}"><button class="primary">Log in</button></form>`,
  );
}

/** For a member whose role isn't enough. */
export function forbiddenPage(role: Role, needed: Role): Html {
  return messagePage(
    'This is not for your role',
    html`<p>You are logged in as ${role}; this needs ${needed}. The owner of the brand can change that.</p><p><a href="/">Back to the dashboard</a></p>`,
  );
}

/** For an address that leads nowhere. */
export function notFoundPage(what = 'There is nothing at this address'): Html {
  return messagePage(what, html`<p>The link may be cut off at the end, or what it led to was removed.</p>`);
}

/** For a request that can't be done, with the reason and what to do. */
export function refusedPage(message: string, cure: string | undefined): Html {
  return messagePage('That did not work', html`<p>${message}${cure ? ` ${cure}` : ''}</p><p><a href="/">Back</a></p>`);
}

/** For a failure of Crier's own; the log has the rest. */
export function failurePage(): Html {
  return messagePage(
    'Something went wrong',
    html`<p>Crier could not show this page. Nothing was lost; try again in a moment. The log of the server says more.</p>`,
  );
}
