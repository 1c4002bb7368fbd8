import type { ChannelStyle } from '../../domain/channel.ts';
import { escapeHtml } from '../../lib/text.ts';
import type { Look } from '../../ports/platform.ts';
import { type Embed, embedOf } from './embed.ts';
import { type Inline, type Line, parseMarkdown } from './markdown.ts';

const css = `
.discord-post{display:flex;gap:16px;padding:12px 16px;border-radius:8px;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans",system-ui,sans-serif;overflow-wrap:anywhere}
.discord-avatar{flex:none;width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;display:grid;place-items:center;font-weight:600}
.discord-content{min-width:0;flex:1}
.discord-sender{color:#f2f3f5;font-weight:500}
.discord-badge{margin-left:4px;padding:0 5px;border-radius:3px;background:#5865f2;color:#fff;font-size:10px;font-weight:600;vertical-align:2px}
.discord-time{margin-left:8px;color:#949ba4;font-size:12px}
.discord-line{min-height:1.375em;white-space:pre-wrap}
.discord-heading{font-size:20px;font-weight:700}
.discord-subtext{color:#949ba4;font-size:13px}
.discord-quote{padding-left:12px;border-left:4px solid #4e5058}
.discord-item{padding-left:22px;text-indent:-14px}
.discord-post a{color:#00a8fc;text-decoration:none}
.discord-post code{padding:2px 4px;border-radius:4px;background:#1e1f22;font-size:14px}
.discord-embed{display:flex;gap:16px;max-width:516px;margin-top:4px;padding:12px 16px 14px 20px;border-radius:4px;background:#2b2d31;position:relative;overflow:hidden;font-size:14px}
.discord-edge{position:absolute;left:0;top:0;width:4px;height:100%}
.discord-words{flex:1;min-width:0}
.discord-title{margin-bottom:8px;font-size:16px;font-weight:600;color:#f2f3f5}
.discord-image,.discord-thumbnail{border-radius:4px;background:linear-gradient(135deg,#4e5058,#3a3c42)}
.discord-image{margin-top:12px;aspect-ratio:1.91}
.discord-thumbnail{flex:none;width:80px;height:80px}
.discord-footer{margin-top:8px;color:#b5bac1;font-size:12px}
.discord-spoiler{border-radius:4px;background:#4e5058}
`.trim();

/** A message as Discord's dark theme shows it, as a card where the channel wants one. */
export function lookIn(style: ChannelStyle): Look {
  return { css, render };

  function render({ text, sender, at, card }: Parameters<Look['render']>[0]): string {
    const embed = embedOf(text, style, card);
    const initial = escapeHtml(Array.from(sender.trim())[0] ?? '?');
    const time = at === null ? '' : `<time class="discord-time" datetime="${at.toISOString()}">${shortTime(at)}</time>`;
    return (
      `<article class="discord-post"><div class="discord-avatar" aria-hidden="true">${initial}</div><div class="discord-content">` +
      `<div><span class="discord-sender">${escapeHtml(sender)}</span><span class="discord-badge">APP</span>${time}</div>` +
      `${embed === null ? linesHtml(text) : embedHtml(embed)}</div></article>`
    );
  }
}

/** Its picture is only hinted at, nothing is loaded from outside. */
function embedHtml({ title = '', url, description, color = 0, footer, image, thumbnail }: Embed): string {
  const words =
    title === ''
      ? ''
      : parseMarkdown(title)
          .map((line) => inlineHtml(line.parts))
          .join('');
  const head =
    url === undefined
      ? words
      : `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer nofollow">${words}</a>`;
  const edge = color.toString(16).padStart(6, '0');
  return (
    `<div class="discord-embed"><svg class="discord-edge" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1"><rect width="1" height="1" fill="#${edge}"/></svg><div class="discord-words">` +
    `${head === '' ? '' : `<div class="discord-title">${head}</div>`}${description === undefined ? '' : linesHtml(description)}` +
    `${image ? '<div class="discord-image" aria-hidden="true"></div>' : ''}${footer ? `<div class="discord-footer">${escapeHtml(footer.text)}</div>` : ''}</div>` +
    `${thumbnail ? '<div class="discord-thumbnail" aria-hidden="true"></div>' : ''}</div>`
  );
}

function linesHtml(text: string): string {
  return parseMarkdown(text).map(lineHtml).join('');
}

function lineHtml(line: Line): string {
  const classes = line.kind === 'text' ? 'discord-line' : `discord-line discord-${line.kind}`;
  return `<div class="${classes}">${line.kind === 'item' ? '• ' : ''}${inlineHtml(line.parts)}</div>`;
}

function inlineHtml(parts: readonly Inline[]): string {
  return parts.map(partHtml).join('');
}

function partHtml(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return escapeHtml(part.text);
    case 'code':
      return `<code>${escapeHtml(part.text)}</code>`;
    case 'link':
      return `<a href="${escapeHtml(part.url)}" target="_blank" rel="noopener noreferrer nofollow">${inlineHtml(part.parts)}</a>`;
    case 'bold':
      return `<strong>${inlineHtml(part.parts)}</strong>`;
    case 'italic':
      return `<em>${inlineHtml(part.parts)}</em>`;
    case 'underline':
      return `<u>${inlineHtml(part.parts)}</u>`;
    case 'strike':
      return `<s>${inlineHtml(part.parts)}</s>`;
    case 'spoiler':
      return `<span class="discord-spoiler">${inlineHtml(part.parts)}</span>`;
  }
}

/** `2026-11-23 14:05 UTC`. */
function shortTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
