import { escapeHtml } from '../../lib/text.ts';
import type { Look } from '../../ports/platform.ts';
import { type Entity, type EntityType, parseHtml } from './html.ts';

/** A post as it stands in a Telegram channel. */
export const look: Look = {
  css: `
.telegram-post { max-width: 30rem; padding: .6rem .8rem; border-radius: .9rem .9rem .9rem .2rem; background: #fff; color: #000;
  font: 15px/1.4 system-ui, sans-serif; box-shadow: 0 1px 2px rgb(0 0 0 / .15); overflow-wrap: anywhere; }
.telegram-sender { color: #168acd; font-weight: 600; }
.telegram-text { white-space: pre-wrap; margin: .15rem 0; }
.telegram-text a, .telegram-tag { color: #168acd; text-decoration: none; }
.telegram-text blockquote { margin: 0; padding-left: .6rem; border-left: 3px solid #168acd; }
.telegram-text pre, .telegram-text code { font-family: ui-monospace, monospace; color: #8a4e1d; }
.telegram-spoiler { background: #999; color: transparent; border-radius: .2rem; }
.telegram-time { display: block; text-align: right; color: #8a969d; font-size: 12px; }
`,
  render: ({ text, sender, at }) => {
    const parsed = parseHtml(text);
    const body = parsed.ok ? markUp(parsed.text, parsed.entities) : escapeHtml(text);
    const time = at
      ? `<time class="telegram-time" datetime="${at.toISOString()}">${at.toISOString().slice(11, 16)}</time>`
      : '';
    return `<div class="telegram-post"><div class="telegram-sender">${escapeHtml(sender)}</div><div class="telegram-text">${body}</div>${time}</div>`;
  },
};

const ELEMENTS: Record<Exclude<EntityType, 'link'>, readonly [string, string]> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  underline: ['<u>', '</u>'],
  strikethrough: ['<s>', '</s>'],
  spoiler: ['<span class="telegram-spoiler">', '</span>'],
  'custom-emoji': ['', ''],
  time: ['', ''],
  code: ['<code>', '</code>'],
  pre: ['<pre>', '</pre>'],
  'pre-code': ['<pre>', '</pre>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  'expandable-blockquote': ['<blockquote>', '</blockquote>'],
};

function elementOf(entity: Entity): readonly [string, string] {
  if (entity.type !== 'link') return ELEMENTS[entity.type];
  // Only what a browser may open: the parser lets tg: and ton: through too.
  if (!/^https?:/iu.test(entity.argument ?? '')) return ['<a>', '</a>'];
  return [`<a href="${escapeHtml(entity.argument ?? '')}" rel="nofollow noopener" target="_blank">`, '</a>'];
}

/** Entities come sorted, outer before inner, and never overlap in part. */
function markUp(text: string, entities: readonly Entity[]): string {
  const open: { end: number; close: string }[] = [];
  let html = '';
  let done = 0;
  const writeUpTo = (end: number): void => {
    html += tagged(text.slice(done, end));
    done = end;
  };
  const closeUpTo = (limit: number): void => {
    for (let last = open.at(-1); last && last.end <= limit; last = open.at(-1)) {
      writeUpTo(last.end);
      html += last.close;
      open.pop();
    }
  };
  for (const entity of entities) {
    closeUpTo(entity.offset);
    writeUpTo(entity.offset);
    const [start, close] = elementOf(entity);
    html += start;
    open.push({ end: entity.offset + entity.length, close });
  }
  closeUpTo(text.length);
  writeUpTo(text.length);
  return html;
}

function tagged(text: string): string {
  return text
    .split(/((?<![\p{L}\p{N}_&])#[\p{L}\p{M}\p{N}_]+)/u)
    .map((part, index) =>
      index % 2 === 1 ? `<span class="telegram-tag">${escapeHtml(part)}</span>` : escapeHtml(part),
    )
    .join('');
}
