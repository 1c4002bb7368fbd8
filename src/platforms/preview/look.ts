import { escapeHtml } from '../../lib/text.ts';
import type { Look } from '../../ports/platform.ts';

/** A post as a plain card. */
export const look: Look = {
  css: `
.preview-post{--preview-ink:#1c1c1e;--preview-dim:#6b6b70;--preview-line:#e3e3e6;--preview-page:#fff;--preview-accent:#3a5fcd;max-width:598px;padding:16px;border:1px solid var(--preview-line);border-radius:12px;background:var(--preview-page);color:var(--preview-ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.preview-post-head{display:flex;gap:10px;align-items:center}
.preview-post-face{display:grid;place-items:center;width:36px;height:36px;border-radius:50%;background:var(--preview-accent);color:#fff;font-weight:700}
.preview-post-name{font-weight:600}
.preview-post-time{color:var(--preview-dim);font-size:13px;margin-left:auto}
.preview-post-text{margin:12px 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.preview-post-text a{color:var(--preview-accent)}
@media (prefers-color-scheme:dark){.preview-post{--preview-ink:#f2f2f4;--preview-dim:#9a9aa0;--preview-line:#37373b;--preview-page:#1c1c1e;--preview-accent:#7f9cf5}}
`.trim(),
  render: ({ text, sender, at }) =>
    `<article class="preview-post">
<div class="preview-post-head"><span class="preview-post-face" aria-hidden="true">${escapeHtml(initial(sender))}</span><span class="preview-post-name">${escapeHtml(sender)}</span><span class="preview-post-time">${when(at)}</span></div>
<p class="preview-post-text">${withLinks(text)}</p>
</article>`,
};

const instant = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
function when(at: Date | null): string {
  return at ? `<time datetime="${at.toISOString()}">${instant.format(at)} UTC</time>` : 'not sent yet';
}

function initial(sender: string): string {
  return /[\p{L}\p{N}]/u.exec(sender)?.[0].toUpperCase() ?? '•';
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/u)
    .map((piece, index) => {
      const safe = escapeHtml(piece);
      return index % 2 === 0
        ? safe
        : `<a href="${safe}" rel="nofollow noopener noreferrer" target="_blank">${safe}</a>`;
    })
    .join('');
}
