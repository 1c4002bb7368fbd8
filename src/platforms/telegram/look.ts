import type { ChannelStyle } from '../../domain/channel.ts';
import { escapeHtml } from '../../lib/text.ts';
import type { Look } from '../../ports/platform.ts';
import { type Entity, type EntityType, parseHtml } from './html.ts';
import { type Preview, previewOf } from './preview.ts';

/** A post as it stands in a Telegram channel, with the box that shows the article's page. */
export function lookIn(style: ChannelStyle): Look {
  return {
    css,
    render: ({ text, sender, at, card }) => {
      const parsed = parseHtml(text);
      const body = `<div class="telegram-text">${parsed.ok ? markUp(parsed.text, parsed.entities) : escapeHtml(text)}</div>`;
      const time = at
        ? `<time class="telegram-time" datetime="${at.toISOString()}">${at.toISOString().slice(11, 16)}</time>`
        : '';
      const preview = previewOf(text, style, card);
      const box = preview === null ? '' : boxOf(preview);
      const inside = preview?.above ? `${box}${body}` : `${body}${box}`;
      return `<div class="telegram-post"><div class="telegram-sender">${escapeHtml(sender)}</div>${inside}${time}</div>`;
    },
  };
}

/** The page as Telegram will show it; its picture is only hinted at, nothing is loaded from outside. */
function boxOf({ card, size }: Preview): string {
  const picture =
    card.imageUrl === null ? '' : `<span class="telegram-picture telegram-${size}" aria-hidden="true"></span>`;
  const site = card.siteName ?? URL.parse(card.url)?.hostname ?? '';
  return `<a class="telegram-preview telegram-with-${size}" href="${escapeHtml(card.url)}" rel="nofollow noopener noreferrer" target="_blank"><span class="telegram-words"><b>${escapeHtml(site)}</b><span>${escapeHtml(card.title)}</span></span>${picture}</a>`;
}

const css = `
.telegram-post { max-width: 30rem; padding: .6rem .8rem; border-radius: .9rem .9rem .9rem .2rem; background: #fff; color: #000;
  font: 15px/1.4 system-ui, sans-serif; box-shadow: 0 1px 2px rgb(0 0 0 / .15); overflow-wrap: anywhere; }
.telegram-sender { color: #168acd; font-weight: 600; }
.telegram-text { white-space: pre-wrap; margin: .15rem 0; }
.telegram-text a, .telegram-tag { color: #168acd; text-decoration: none; }
.telegram-text blockquote { margin: 0; padding-left: .6rem; border-left: 3px solid #168acd; }
.telegram-text pre, .telegram-text code { font-family: ui-monospace, monospace; color: #8a4e1d; }
.telegram-spoiler { background: #999; color: transparent; border-radius: .2rem; }
.telegram-time { display: block; text-align: right; color: #8a969d; font-size: 12px; }
.telegram-preview { display: flex; gap: .5rem; margin: .35rem 0; padding: .4rem .6rem; border-left: 3px solid #168acd; border-radius: .3rem;
  background: #f0f7fb; color: inherit; text-decoration: none; font-size: 14px; }
.telegram-with-large { flex-direction: column; }
.telegram-words { display: flex; flex-direction: column; flex: 1; min-width: 0; }
.telegram-words b { color: #168acd; }
.telegram-picture { flex: none; border-radius: .3rem; background: linear-gradient(135deg, #cfe3ee, #a9c8da); }
.telegram-picture.telegram-small { width: 3.4rem; height: 3.4rem; }
.telegram-picture.telegram-large { width: 100%; aspect-ratio: 1.91; }
`;

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
