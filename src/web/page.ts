import { html } from 'hono/html';
import type { Brand } from '../domain/brand.ts';
import type { Member } from '../domain/member.ts';
import { mayActAs } from '../domain/member.ts';

/** What the `html` template makes: text that is escaped already. */
export type Html = ReturnType<typeof html>;

export interface PageFrame {
  title: string;
  /** BCP 47 primary tag; English when absent. */
  language?: string;
  /** Who is logged in; absent on public pages. */
  viewer?: { member: Member; brand: Brand };
  /** Reload after this many seconds where scripts don't run. */
  reloadSeconds?: number;
  /** Only for people who were given the address. */
  noIndex?: boolean;
}

/** The frame every page stands in. */
export function page(frame: PageFrame, content: unknown): Html {
  const { viewer } = frame;
  return html`<!doctype html>
<html lang="${frame.language ?? 'en'}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${frame.noIndex || viewer ? html`<meta name="robots" content="noindex">` : ''}
    <title>${frame.title}</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/style.css">
    <link rel="stylesheet" href="/looks.css">
    ${
      viewer
        ? html`<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true}'>
    <script src="/htmx.js" defer></script>`
        : ''
    }
    ${frame.reloadSeconds ? html`<noscript><meta http-equiv="refresh" content="${frame.reloadSeconds}"></noscript>` : ''}
  </head>
  <body class="${viewer ? 'inside' : 'outside'}">
    ${viewer ? header(viewer.member, viewer.brand) : ''}
    <main id="main">${content}</main>
  </body>
</html>`;
}

function header(member: Member, brand: Brand): Html {
  return html`<a class="skip" href="#main">To the content</a>
    <header class="top">
      <a class="mark" href="/"><img src="/icon.svg" alt="" width="26" height="26"><span>Crier</span></a>
      <span class="brand">${brand.name}</span>
      <nav class="pages" aria-label="Pages">
        <a href="/#articles">Articles</a>
        <a href="/#sources">Sources</a>
        <a href="/#report">Report</a>
        ${mayActAs(member.role, 'manager') ? html`<a href="/leads">Leads</a>` : ''}
      </nav>
      <form method="post" action="/logout"><span class="who">${member.name.toLowerCase() === member.role ? member.role : `${member.name}, ${member.role}`}</span> <button class="plain">Log out</button></form>
    </header>`;
}
