import { escapeHtml } from '../../lib/text.ts';
import type { Look } from '../../ports/platform.ts';
import { OWN_ACCOUNT } from './address.ts';

/** A post as it stands in X's timeline, a thread as X joins its parts. */
export function lookIn(partsOf: (text: string) => string[]): Look {
  return {
    css,
    render: ({ text, ...post }) => {
      const parts = partsOf(text);
      const posts = parts.map((part, index) => postHtml({ ...post, text: part }, index < parts.length - 1));
      return posts.length === 1 ? posts.join('') : `<div class="x-thread">${posts.join('\n')}</div>`;
    },
  };
}

const css = `
.x-post{--x-ink:#0f1419;--x-dim:#536471;--x-line:#eff3f4;--x-page:#fff;--x-blue:#1d9bf0;--x-thread:#cfd9de;display:grid;grid-template-columns:40px 1fr;gap:0 12px;max-width:598px;padding:12px 16px;border:1px solid var(--x-line);border-radius:16px;background:var(--x-page);color:var(--x-ink);font:15px/1.35 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.x-post-face{display:grid;place-items:center;width:40px;height:40px;border-radius:50%;background:var(--x-ink);color:var(--x-page);font-weight:700;font-size:17px}
.x-post-main{min-width:0}
.x-post-head{display:flex;flex-wrap:wrap;gap:4px;align-items:baseline}
.x-post-name{font-weight:700}
.x-post-dim{color:var(--x-dim)}
.x-post-text{margin:2px 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.x-post-text a,.x-post-tag{color:var(--x-blue);text-decoration:none}
.x-post-text a:hover{text-decoration:underline}
.x-post-acts{display:flex;justify-content:space-between;max-width:425px;margin-top:12px;color:var(--x-dim)}
.x-post-acts svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
@media (prefers-color-scheme:dark){.x-post{--x-ink:#e7e9ea;--x-dim:#71767b;--x-line:#2f3336;--x-page:#000;--x-thread:#333639}}
.x-thread .x-post{border-radius:0;border-bottom:0}
.x-thread .x-post:first-child{border-radius:16px 16px 0 0}
.x-thread .x-post:last-child{border-radius:0 0 16px 16px;border-bottom:1px solid var(--x-line)}
.x-thread .x-post:not(:first-child){border-top:0}
.x-post-goes-on{position:relative}
.x-post-goes-on::before{content:"";position:absolute;left:35px;top:56px;bottom:-8px;width:2px;background:var(--x-thread)}
`.trim();

function postHtml(
  { text, sender, at, address }: { text: string; sender: string; at: Date | null; address: string },
  goesOn: boolean,
): string {
  return `<article class="x-post${goesOn ? ' x-post-goes-on' : ''}">
<div class="x-post-face" aria-hidden="true">${escapeHtml(initial(sender))}</div>
<div class="x-post-main">
<div class="x-post-head"><span class="x-post-name">${escapeHtml(sender)}</span><span class="x-post-dim">${escapeHtml(handle(address, sender))} · ${when(at)}</span></div>
<p class="x-post-text">${live(text)}</p>
<div class="x-post-acts" aria-hidden="true">${ICONS.map((path) => `<svg viewBox="0 0 24 24"><path d="${path}"/></svg>`).join('')}</div>
</div>
</article>`;
}

/** Reply, repost, like, views, bookmark. */
const ICONS = [
  'M4 5h16v11h-8l-5 4v-4H4z',
  'M6 15V7h9M12 4l3 3-3 3M18 9v8H9M12 20l-3-3 3-3',
  'M12 20s-7-4.4-7-9.6A4 4 0 0 1 12 7.6a4 4 0 0 1 7 2.8C19 15.6 12 20 12 20z',
  'M5 20v-7M10 20V5M15 20v-9M20 20v-4',
  'M6 4h12v16l-6-4.5L6 20z',
];

const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
function when(at: Date | null): string {
  return at ? `<time datetime="${at.toISOString()}">${day.format(at)}</time>` : 'now';
}

/** The account's own name; in a rehearsal one made of the sender's. */
function handle(address: string, sender: string): string {
  const known = /^[a-z0-9_]{2,15}$/u.test(address) && address !== OWN_ACCOUNT;
  const made = sender.normalize('NFKD').replace(/[^A-Za-z0-9_]/gu, '');
  return `@${known ? address : made.slice(0, 15).toLowerCase() || 'you'}`;
}

function initial(sender: string): string {
  return /[\p{L}\p{N}]/u.exec(sender)?.[0].toUpperCase() ?? 'X';
}

/** Links and hashtags as X shows them: without scheme, long ones cut. */
function live(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+|(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/u)
    .map((piece, index) => {
      if (index % 2 === 0) return escapeHtml(piece);
      if (piece.startsWith('#')) return `<span class="x-post-tag">${escapeHtml(piece)}</span>`;
      const shown = piece.replace(/^https?:\/\/(?:www\.)?/u, '');
      const short = shown.length > 27 ? `${shown.slice(0, 26)}…` : shown;
      return `<a href="${escapeHtml(piece)}" rel="nofollow noopener noreferrer" target="_blank">${escapeHtml(short)}</a>`;
    })
    .join('');
}
